"""Reads a notebook that some program saved, as valid nbformat 4.5."""

from __future__ import annotations

import json
import re
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4.rwbase import rejoin_lines, strip_transient

from cohort.errors import CourseError

AGAIN = "ask the student to submit again"
# Nobody hands in so many; to compare them with what was given would take minutes.
MOST_CELLS = 1000
ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


class Irreparable(CourseError):
    """The whole notebook cannot be used; the message says why, and the mend, in one line."""


def read_damaged(text: str) -> tuple[NotebookNode, bool]:
    """The notebook in a text, and whether something of its form had to be changed.

    Raises
    ------
    Irreparable
        If it is no notebook of nbformat 4.
    """
    try:
        raw = json.loads(text.removeprefix("\ufeff"))
        json.dumps(raw, ensure_ascii=False).encode()  # halves of characters are JSON, but no file can hold them
    except (ValueError, RecursionError) as error:
        raise Irreparable(f"it is not a notebook (not JSON): {AGAIN}") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("cells"), list):
        raise Irreparable(f"it is not a notebook (it has no list of cells): {AGAIN}")
    if raw.get("nbformat") != 4:
        raise Irreparable(f"it is not a notebook of format 4: {AGAIN}, saved as format 4")
    if len(raw["cells"]) > MOST_CELLS:
        raise Irreparable(f"it has more than {MOST_CELLS} cells: {AGAIN}, with what was asked")
    cells, taken = [_cell(cell) for cell in raw["cells"]], set()
    for place, cell in enumerate(cells):
        if not isinstance(cell["id"], str) or not ID.fullmatch(cell["id"]) or cell["id"] in taken:
            cell["id"] = new_id(place, taken)
        taken.add(cell["id"])
    metadata = raw.get("metadata") if isinstance(raw.get("metadata"), dict) else {}
    try:
        notebook = nbformat.from_dict({"metadata": metadata, "nbformat": 4, "nbformat_minor": 5, "cells": cells})
        _drop_invalid(notebook)
        # Programs write a text as a list of lines or as one string.
        as_it_was = raw | {"cells": [cell | {"source": "".join(cell["source"])} for cell in raw["cells"]]}
        changed = text.startswith("\ufeff") or notebook != as_it_was
        return strip_transient(rejoin_lines(notebook)), changed
    except RecursionError as error:
        raise Irreparable(f"it is not a valid notebook (nested too deep): {AGAIN}") from error


def new_id(place: int, taken: set[str]) -> str:
    """An id for a cell at a place that is none of those taken."""
    return next(new for new in (f"own-{place}{'-' * more}" for more in range(50)) if new not in taken)


def _cell(raw: Any) -> dict[str, Any]:
    """A cell with what belongs into one."""
    if not isinstance(raw, dict):
        raise Irreparable(f"a cell of it is not a cell: {AGAIN}")
    lines = [raw["source"]] if isinstance(raw.get("source"), str) else raw.get("source")
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise Irreparable(f"a cell of it has no text: {AGAIN}")
    metadata = raw.get("metadata") if isinstance(raw.get("metadata"), dict) else {}
    mark = metadata.get("nbgrader")
    if not isinstance(mark, dict) or not isinstance(mark.get("grade_id"), str):
        metadata = {key: value for key, value in metadata.items() if key != "nbgrader"}
    kind = raw.get("cell_type") if raw.get("cell_type") in ("code", "markdown") else "raw"
    source = "".join(lines).replace("\r\n", "\n").replace("\r", "\n")
    cell = {"cell_type": kind, "id": raw.get("id"), "metadata": metadata, "source": source}
    if kind == "code":
        cell |= {"outputs": raw.get("outputs"), "execution_count": raw.get("execution_count")}
    elif "attachments" in raw:
        cell["attachments"] = raw["attachments"]
    return cell


def _drop_invalid(notebook: NotebookNode) -> None:
    """Leave out what is not valid: outputs, and notes of programs; in place."""
    if _is_valid(notebook):
        return
    for cell in notebook.cells:
        if not _is_valid(NotebookNode({**notebook, "metadata": {}, "cells": [cell]})):
            cell.metadata = NotebookNode({key: value for key, value in cell.metadata.items() if key == "nbgrader"})
            cell.pop("attachments", None)
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
    if not _is_valid(notebook):
        notebook.metadata = NotebookNode()


def _is_valid(notebook: NotebookNode) -> bool:
    return nbformat.validator.isvalid(notebook, version=4, version_minor=5)
