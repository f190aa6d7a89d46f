"""Makes the student's version of an assignment, and proves that no solution or hidden check is in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment

from cohort import tree
from cohort.course import cohort_folder, load_cohort, load_course
from cohort.errors import CourseError, full_disk
from cohort.files import whole_folder
from cohort.grading.course_directory import course_directory, nbgrader_config, nbgrader_log
from cohort.notebooks import is_solution, parameters, read_notebook, set_parameters, write_notebook

SECRETS = (
    ("solution", re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)),
    ("hidden check", re.compile(r"### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS", re.DOTALL)),
    ("mark scheme", re.compile(r"=== BEGIN MARK SCHEME ===\n(.*?)=== END MARK SCHEME ===", re.DOTALL)),
)
MARKER = re.compile(r"\b(BEGIN|END)\W+(SOLUTION|HIDDEN|MARK)\w*", re.IGNORECASE)
# Shorter lines ("else:", "return x") say nothing by themselves.
TELLING = 12


def release(module: str) -> Path:
    """Write ``release/<module>/`` of the current cohort from the source, with nbgrader.

    The cohort's place and seed are set in the cell tagged ``parameters`` first. The
    assignment is entered in the gradebook, as nbgrader does, also if the release is refused later.

    Returns
    -------
    Path
        The released notebook. On any error the earlier release stays as it was.

    Raises
    ------
    CourseError
        If the module is unknown, the source is damaged, nbgrader refuses it, or a secret leaked.
    """
    load_course().module(module)
    source = _cohort_source(module)
    config = nbgrader_config()
    target = cohort_folder() / "release" / module
    try:
        with whole_folder(target) as beside, nbgrader_log() as log:
            directory = course_directory(module, config=config)
            directory.release_directory = str(beside)
            GenerateAssignment(coursedir=directory, config=config, force=True, log=log).start()
            made = beside / module / f"{module}.ipynb"
            found = list(leaks(read_notebook(source), read_notebook(made)))
            if found:
                raise CourseError(f"{source}: {found[0]}: nothing was released; mend the markers of that cell")
            for path in (beside / module).rglob("*"):
                if path.is_file() and path != made and MARKER.search(path.read_text(errors="replace")):
                    raise CourseError(f"{source.parent / path.name} has markers of nbgrader's: nothing was released")
            for path in sorted((beside / module).iterdir()):
                shutil.move(path, beside / path.name)
            (beside / module).rmdir()
        _only_mine(cohort_folder() / "gradebook.db")
    except OSError as error:
        raise full_disk(error) or error from error
    return target / f"{module}.ipynb"


def _only_mine(gradebook: Path) -> None:
    """Let no other account of the machine read an SQLite gradebook."""
    if gradebook.exists():
        gradebook.chmod(0o600)


def leaks(source: NotebookNode, released: NotebookNode) -> Iterator[str]:
    """What of the source's secrets the release still shows, one sentence each.

    Secrets are the lines of solutions, hidden checks and mark schemes that do not also stand
    in what students may see of the source; outputs and nbgrader's own markers count too.
    """
    shown = "\n".join(cell.source for cell in released.cells)
    split = [_split(cell) for cell in source.cells]
    open_text = "\n".join(text for text, _ in split)
    for cell, (_, secrets) in zip(source.cells, split, strict=True):
        for what, secret in secrets:
            for line in map(str.strip, secret.splitlines()):
                if len(line) >= TELLING and line in shown and line not in open_text:
                    yield f"the {what} of cell {cell.id} shows in the release: {line!r}"
    for cell in released.cells:
        if marker := MARKER.search(cell.source):
            yield f"cell {cell.id} still has a marker of nbgrader's, or a misspelt one: {marker[0]!r}"
        if cell.get("outputs"):
            yield f"cell {cell.id} has outputs"


def _split(cell: NotebookNode) -> tuple[str, list[tuple[str, str]]]:
    """What students may see of a source cell, and its secrets with their kind."""
    text = cell.source
    secrets = []
    for what, pattern in SECRETS:
        secrets += [(what, secret) for secret in pattern.findall(text)]
        text = pattern.sub("", text)
    if is_solution(cell) and not any(what == "solution" for what, _ in secrets):
        return "", [*secrets, ("solution", text)]  # without markers the whole cell is the solution
    return text, secrets


def _cohort_source(module: str) -> Path:
    """The source notebook with the cohort's place and seed, in the cohort's own folder."""
    cohort = load_cohort()
    original = tree.source(module)
    notebook = read_notebook(original)
    wanted = {"place": cohort.place, "seed": cohort.seed}
    source = cohort_folder() / "source" / module / f"{module}.ipynb"
    if source == original:
        if parameters(notebook, original) | wanted != parameters(notebook, original):
            raise CourseError(
                f"{original}: its parameters are not those of cohort.yml (place {cohort.place}, seed {cohort.seed}): "
                "mend one or the other"
            )
    else:
        set_parameters(notebook, wanted, original)
        shutil.copytree(original.parent, source.parent, dirs_exist_ok=True)
        write_notebook(notebook, source)
    return source
