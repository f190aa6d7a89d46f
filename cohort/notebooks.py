"""Reads and writes notebooks, with an error that names the file and the mend."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from cohort.errors import CourseError, must_exist
from cohort.files import whole_file

# How jupyter_client says that a kernel did not start. Two that start at the same moment may choose
# the same port, which is no fault of the notebook: try once more.
KERNEL_NOT_STARTED = "Kernel died before replying to kernel_info"


def read_notebook(path: Path, mend: str = "restore it from git") -> NotebookNode:
    """The notebook in a file, as nbformat 4.

    Raises
    ------
    CourseError
        If the file is missing, is not JSON, or is not a valid notebook.
    """
    must_exist(path, mend)
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except UnicodeDecodeError as error:
        raise CourseError(f"{path} is not UTF-8 text: {mend}") from error
    except nbformat.reader.NotJSONError as error:
        raise CourseError(f"{path} is not a notebook (not JSON): {mend}") from error
    except IsADirectoryError as error:
        raise CourseError(f"{path} is a folder, not a notebook: {mend}") from error
    except (nbformat.ValidationError, AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise CourseError(f"{path} is not a valid notebook ({reason}): {mend}") from error
    return notebook


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook whole, as nbformat's own writer lays it out."""
    with whole_file(path) as beside:
        nbformat.write(notebook, beside)


def grade_id(cell: NotebookNode) -> str | None:
    """The cell's nbgrader id, or None for a cell that nbgrader does not know."""
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def is_solution(cell: NotebookNode) -> bool:
    """Whether students answer in this cell."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def is_check(cell: NotebookNode) -> bool:
    """Whether the cell is a check: graded, and not the student's own."""
    about = cell.metadata.get("nbgrader", {})
    return bool(about.get("grade")) and not about.get("solution")


def code_cells(notebook: NotebookNode, skip: str = "skip-execution") -> list[str]:
    """The sources of the cells that nbclient runs, in order."""
    return [
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.source.strip() and skip not in cell.metadata.get("tags", [])
    ]


def parameters(notebook: NotebookNode, where: Path) -> dict[str, object]:
    """The names and values that the cell tagged ``parameters`` sets.

    Raises
    ------
    CourseError
        If there is no such cell, or it is more than assignments of plain values.
    """
    return {name: ast.literal_eval(value) for name, value in _assignments(_parameters_cell(notebook, where), where)}


def set_parameters(notebook: NotebookNode, values: dict[str, object], where: Path) -> None:
    """Set names in the cell tagged ``parameters``, in place; the rest of the cell stays.

    Raises
    ------
    CourseError
        If there is no such cell, or it does not assign one of the names.
    """
    cell = _parameters_cell(notebook, where)
    found = dict(_assignments(cell, where))
    missing = sorted(set(values) - set(found))
    if missing:
        raise CourseError(f"{where}: the parameters cell does not set {', '.join(missing)}: add it")
    lines = cell.source.splitlines()
    for name, new in values.items():
        value = found[name]
        line = lines[value.lineno - 1]
        # An AST counts columns in UTF-8 bytes.
        before, after = line.encode()[: value.col_offset].decode(), line.encode()[value.end_col_offset :].decode()
        lines[value.lineno - 1] = before + json.dumps(new) + after
    cell.source = "\n".join(lines)


def _parameters_cell(notebook: NotebookNode, where: Path) -> NotebookNode:
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            return cell
    raise CourseError(f"{where}: no cell is tagged `parameters`: tag the one that sets place and seed")


def _assignments(cell: NotebookNode, where: Path) -> list[tuple[str, ast.Constant]]:
    try:
        statements = ast.parse(cell.source).body
    except SyntaxError as error:
        raise CourseError(f"{where}: the parameters cell is not plain Python: {error.msg}") from error
    pairs = []
    for statement in statements:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant() as value):
                pairs.append((name, value))
            case _:
                raise CourseError(f'{where}: the parameters cell may only hold lines such as `place = "NG"`')
    return pairs
