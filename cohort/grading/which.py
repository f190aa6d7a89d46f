"""Which notebook of an assignment a submitted file is, by what its cells show."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from nbformat import NotebookNode

from cohort.grading.damaged import AGAIN, Irreparable, read_damaged
from cohort.grading.names import code_of
from cohort.grading.pieces import known_cells, lines_of
from cohort.notebooks import grade_id, is_check, is_solution


def which(texts: Mapping[str, str], released: Mapping[str, NotebookNode]) -> dict[str, str]:
    """Which notebook of an assignment each submitted file is; files that are none of them are left out.

    Parameters
    ----------
    texts : mapping
        The text of each submitted notebook, by file name.
    released : mapping
        The released notebooks, by name.

    Raises
    ------
    Irreparable
        If two files are the same notebook with different cells, or one may be two notebooks.
    """
    found: dict[str, list[str]] = {}
    for file, text in texts.items():
        for name in _likely(file, text, released):
            found.setdefault(name, []).append(file)
    chosen = {}
    for name, files in found.items():
        first, *more = sorted(files, key=lambda file: (_stem(file) != name, file))
        for other in more:
            if _sources(texts[first]) != _sources(texts[other]):
                raise Irreparable(f"{first} and {other} are both the notebook {name}, with different answers: {AGAIN}")
        chosen[first] = name
    return chosen


def must_be_of(submitted: NotebookNode, released: NotebookNode, others: Mapping[str, NotebookNode]) -> None:
    """Raise Irreparable if a submission shows nothing of a released notebook, or more of another one."""
    mine = len(_evidence(submitted, released))
    for name, other in others.items():
        if len(_evidence(submitted, other)) > mine:
            raise Irreparable(f"it is the notebook of {name}, not of this assignment: {AGAIN}")
    if not mine:
        raise Irreparable(f"it has no answer and no check of this assignment: {AGAIN}")


def _stem(file: str) -> str:
    return PurePath(file).stem if file.endswith(".ipynb") else file


def _likely(file: str, text: str, released: Mapping[str, NotebookNode]) -> list[str]:
    """The released notebook that a file is, or none."""
    stem = _stem(file)
    try:
        submitted, _ = read_damaged(text)
    except Irreparable:
        # Under its right name it will be refused with its own reason.
        return [stem] if stem in released else []
    scores = {name: len(_evidence(submitted, notebook)) for name, notebook in released.items()}
    best = max(scores.values(), default=0)
    likely = [name for name, score in scores.items() if score == best > 0]
    if len(likely) > 1 and stem not in likely:
        raise Irreparable(f"{file} may be {' or '.join(likely)}: {AGAIN}, under the name it was released with")
    return [stem] if stem in likely else likely


def _sources(text: str) -> list[list[str]] | str:
    """The texts of a notebook's cells; the file's own text if it is no notebook."""
    try:
        return [lines for lines in (lines_of(cell.source) for cell in read_damaged(text)[0].cells) if lines]
    except Irreparable:
        return text


def _evidence(submitted: NotebookNode, released: NotebookNode) -> set[str]:
    """The graded and solution cells of a released notebook that a submission shows: by mark, text or defined names."""
    texts = [lines_of(cell.source) for cell in submitted.cells]
    marks = {grade_id(cell) for cell in submitted.cells}
    defined = frozenset().union(*(code_of(cell.source).binds for cell in submitted.cells))
    found = set()
    for name, cell in known_cells(released).items():
        asked = code_of(cell.source).binds if is_solution(cell) and cell.cell_type == "code" else frozenset()
        shown = asked & defined or (is_check(cell) and lines_of(cell.source) in texts)
        if (is_check(cell) or is_solution(cell)) and (name in marks or shown):
            found.add(name)
    return found
