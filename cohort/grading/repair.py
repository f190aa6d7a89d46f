"""Brings a damaged notebook back into the shape of its assignment, and says what was done and what cannot be told."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise, takewhile
from pathlib import PurePath
from types import MappingProxyType

import nbformat
from nbformat import NotebookNode
from nbformat.v4.rwbase import rejoin_lines, strip_transient
from nbgrader.utils import is_locked

from cohort.errors import CourseError
from cohort.grading.realign import (
    BUILT_IN,
    Aligned,
    Code,
    Piece,
    Repair,
    code_of,
    known_cells,
    mark_of,
    plain,
    realign,
    same,
)
from cohort.notebooks import is_check

FORM = Repair(
    "", "the program that saved the notebook changed its form: it was brought back, and your text is as it was"
)
MARKS = Repair("", "the marks by which cells are known were lost or changed: they were put back")
AGAIN = "ask the student to submit again"
# What these say about a released cell is not the student's to change; the rest is how it looks.
OURS = ("nbgrader", "tags", "deletable", "editable")
BAD_SHAPE = (nbformat.ValidationError, AttributeError, KeyError, IndexError, TypeError, ValueError, RecursionError)
NO_OTHERS: Mapping[str, NotebookNode] = MappingProxyType({})


class Irreparable(CourseError):
    """The whole notebook cannot be used; the message says why, and the mend, in one line."""


@dataclass(frozen=True)
class Repaired:
    """A notebook in the shape of its assignment.

    Attributes
    ----------
    notebook : NotebookNode
        The released cells in their order, with the student's answers; the student's own cells between them.
    repairs : tuple of Repair
        What was done; empty if the notebook was whole.
    ungraded : dict
        Why a cell cannot be told, by grade id: solution cells, and the checks that need them.
    """

    notebook: NotebookNode
    repairs: tuple[Repair, ...]
    ungraded: dict[str, str]


def repair(text: str, released: NotebookNode, others: Mapping[str, NotebookNode] = NO_OTHERS) -> Repaired:
    """A submitted notebook, put back into the shape of the released one.

    Parameters
    ----------
    text : str
        The submitted file.
    released : NotebookNode
        What the student was given; it is not changed.
    others : mapping
        Released notebooks that it may be by mistake, by name.

    Raises
    ------
    Irreparable
        If it is not a notebook, or not one of this assignment.
    """
    submitted, form_changed = _read(text)
    _must_be_of(submitted, released, others)
    aligned = realign(submitted.cells, released)
    logged = {each.cell for each in aligned.repairs}
    for name in (each for each in aligned.released if each not in aligned.homes and each not in logged):
        aligned.log(name, f"the cell `{name}` was missing: it was put back, and it is not graded")
    order = _in_order(aligned)
    _doubt_orphans(aligned, order, released)
    cells, marks_changed, ids_changed = _cells(aligned, order, released)
    _pass_doubt_on(aligned, order)
    notebook = NotebookNode({**submitted, "cells": cells})
    form = [FORM] if form_changed or ids_changed or _trimmed(aligned) else []
    repairs = (*form, *([MARKS] if marks_changed else []), *aligned.repairs)
    return Repaired(notebook, repairs, aligned.ungraded)


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
        If two files are the same notebook with different answers.
    """
    found: dict[str, list[str]] = {}
    for file, text in texts.items():
        stem = PurePath(file).stem if file.endswith(".ipynb") else file
        try:
            cells = _read(text)[0].cells
            scores = {name: len(_evidence(cells, notebook)) for name, notebook in released.items()}
        except Irreparable:
            # Under its right name it will be refused with its own reason.
            scores = {stem: 1} if stem in released else {}
        best = max(scores.values(), default=0)
        likely = [name for name, score in scores.items() if score == best > 0]
        if stem in likely:
            likely = [stem]
        if len(likely) > 1:
            raise Irreparable(f"{file} may be {' or '.join(likely)}: {AGAIN}, under the name it was released with")
        for name in likely:
            found.setdefault(name, []).append(file)
    chosen = {}
    for name, files in found.items():
        first, *more = sorted(files, key=lambda file: (PurePath(file).stem != name and file != name, file))
        for other in more:
            if _answers(texts[first], released[name]) != _answers(texts[other], released[name]):
                raise Irreparable(f"{first} and {other} are both the notebook {name}, with different answers: {AGAIN}")
        chosen[first] = name
    return chosen


def _answers(text: str, released: NotebookNode) -> dict[str, str] | str:
    """The answers of a notebook that can be told; the text itself if they cannot."""
    try:
        repaired = repair(text, released)
    except Irreparable:
        return text
    if repaired.ungraded:
        return text
    cells = ((mark_of(cell), cell) for cell in repaired.notebook.cells)
    return {name if name else f"{place}": plain(cell.source) for place, (name, cell) in enumerate(cells)}


def _read(text: str) -> tuple[NotebookNode, bool]:
    """The notebook as valid nbformat 4.5, and whether something of its form had to be changed for it."""
    try:
        raw = json.loads(text.removeprefix("\ufeff"))
        # Halves of characters are JSON, but no file can hold them.
        whole = json.dumps(raw, ensure_ascii=False)
        clean = whole.encode("utf-8", "replace").decode("utf-8")
        raw = json.loads(clean)
    except (ValueError, RecursionError) as error:
        raise Irreparable(f"it is not a notebook (not JSON): {AGAIN}") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("cells", raw.get("worksheets")), list):
        raise Irreparable(f"it is not a notebook (it has no list of cells): {AGAIN}")
    changed = text.startswith("\ufeff") or clean != whole
    try:
        if "cells" not in raw:
            raw, changed = nbformat.reads(json.dumps(raw), as_version=4), True
        elif raw.get("nbformat") != 4 or raw.get("nbformat_minor") != 5:
            if isinstance(raw.get("nbformat"), int) and raw["nbformat"] > 4:
                raise Irreparable(f"it is a notebook of a newer format than 4: {AGAIN}, saved as format 4")
            changed = True
        read = [_read_cell(cell) for cell in raw["cells"]]
        cells = [cell for cell, _ in read]
        changed = _number(cells) or changed or any(of_cell for _, of_cell in read)
        metadata = raw.get("metadata")
        notebook = nbformat.from_dict({"metadata": metadata, "nbformat": 4, "nbformat_minor": 5, "cells": cells})
        if not nbformat.validator.isvalid(notebook, version=4, version_minor=5):
            notebook, changed = _only_valid(notebook), True
        notebook.cells = deepcopy(strip_transient(rejoin_lines(notebook)).cells)
    except BAD_SHAPE as error:
        raise Irreparable(f"it is not a valid notebook ({type(error).__name__}): {AGAIN}") from error
    return notebook, changed


def _read_cell(raw: dict) -> tuple[dict, bool]:
    """A cell with what belongs into one, and whether it was otherwise."""
    if not isinstance(raw, dict):
        raise Irreparable(f"a cell of it is not a cell: {AGAIN}")
    source = raw.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise Irreparable(f"a cell of it has no text: {AGAIN}")
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    kind = raw.get("cell_type")
    kind = kind if kind in ("code", "markdown", "raw") else "raw"
    metadata = raw.get("metadata")
    cell = {"cell_type": kind, "id": raw.get("id"), "source": text}
    cell["metadata"] = metadata if isinstance(metadata, dict) else {}
    if kind == "code":
        cell |= {"outputs": raw.get("outputs"), "execution_count": raw.get("execution_count")}
    elif "attachments" in raw:
        cell["attachments"] = raw["attachments"]
    return cell, text != source or raw.keys() != cell.keys() or any(
        raw[key] != cell[key] for key in cell if key != "source"
    )


def _number(cells: list[dict]) -> bool:
    """Give each cell an id of its own, in place; whether one had none."""
    taken = {cell["id"] for cell in cells if isinstance(cell["id"], str)}
    seen: set[str] = set()
    changed = False
    for place, cell in enumerate(cells):
        name = cell["id"]
        if not isinstance(name, str) or name in seen or not _is_id(name):
            cell["id"] = next(new for new in (f"own-{place}{'-' * more}" for more in range(64)) if new not in taken)
            taken.add(cell["id"])
            changed = True
        seen.add(cell["id"])
    return changed


def _is_id(name: str) -> bool:
    return 1 <= len(name) <= 64 and name.isascii() and name.replace("-", "").replace("_", "").isalnum()


def _only_valid(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what is not valid in it: outputs, and notes of programs."""
    for cell in notebook.cells:
        alone = {**notebook, "metadata": {}, "cells": [cell]}
        if nbformat.validator.isvalid(nbformat.from_dict(alone), version=4, version_minor=5):
            continue
        cell.metadata = NotebookNode({key: value for key, value in cell.metadata.items() if key == "nbgrader"})
        cell.pop("attachments", None)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    if not nbformat.validator.isvalid(notebook, version=4, version_minor=5):
        notebook.metadata = NotebookNode()
    nbformat.validate(notebook, version=4, version_minor=5)
    return notebook


def _must_be_of(submitted: NotebookNode, released: NotebookNode, others: Mapping[str, NotebookNode]) -> None:
    mine = _evidence(submitted.cells, released)
    here = known_cells(released)
    for name, other in others.items():
        theirs = _evidence(submitted.cells, other)
        if len(theirs - here.keys()) > len(mine - known_cells(other).keys()):
            raise Irreparable(f"it is the notebook of {name}, not of this assignment: {AGAIN}")
    if not mine:
        raise Irreparable(f"it has no answer and no check of this assignment: {AGAIN}")


def _evidence(cells: list[NotebookNode], released: NotebookNode) -> set[str]:
    """The graded and solution cells of a released notebook that a submission shows: by mark, text or defined names."""
    texts = {plain(cell.source) for cell in cells}
    marks = {mark_of(cell) for cell in cells}
    defined = frozenset().union(*(code_of(cell.source).binds for cell in cells))
    found = set()
    for name, cell in known_cells(released).items():
        about = cell.metadata.nbgrader
        if not (about.get("grade") or about.get("solution")):
            continue
        asked = code_of(cell.source).binds if about.get("solution") and cell.cell_type == "code" else frozenset()
        if name in marks or asked & defined or (not about.get("solution") and plain(cell.source) in texts):
            found.add(name)
    return found


@dataclass(frozen=True)
class _Placed:
    """A cell of the mended notebook: a released one by its name, or one of the student's own."""

    name: str
    piece: Piece | None
    text: str
    runs: bool

    @property
    def code(self) -> Code:
        return code_of(self.text) if self.runs else code_of("")


def _in_order(aligned: Aligned) -> list[_Placed]:
    """All cells in their order: the released ones as released, the student's own where they stood between them."""
    order = list(aligned.released)
    submitted = {name: aligned.pieces.index(piece) for name, piece in aligned.homes.items()}
    stayed = _longest_rise(sorted(submitted, key=submitted.__getitem__), order)
    for name in sorted(submitted, key=submitted.__getitem__):
        if name not in stayed:
            aligned.log(name, f"the cell `{name}` was moved: it is back at its place")
    placed: list[_Placed] = []
    fixed = [None, *(name for name in order if name in stayed), None]
    for before, after in pairwise(fixed):
        start = submitted[before] if before else -1
        end = submitted[after] if after else len(aligned.pieces)
        own = [_own(piece) for piece in aligned.pieces[start + 1 : end] if not piece.name]
        between = order[order.index(before) + 1 if before else 0 : order.index(after) if after else len(order)]
        # What was moved here from above stood before the student's own cells, the rest after them.
        first = list(takewhile(lambda name: submitted.get(name, len(aligned.pieces)) < start, between))  # noqa: B023
        if before:
            placed.append(_of(aligned, before))
        placed += [_of(aligned, name) for name in first] + own
        placed += [_of(aligned, name) for name in between[len(first) :]]
        for name in between:
            there = submitted.get(name, end)
            crossed = aligned.pieces[min(there, start + 1) : max(there, end)]
            _doubt_crossed(aligned, name, [_own(piece) for piece in crossed if not piece.name])
    _doubt_inverted(aligned, submitted, stayed)
    return placed


def _own(piece: Piece) -> _Placed:
    return _Placed("", piece, piece.source, piece.is_code)


def _of(aligned: Aligned, name: str) -> _Placed:
    text = aligned.texts.get(name, aligned.stub(name))
    return _Placed(name, aligned.homes.get(name), text, aligned.released[name].cell_type == "code")


def _longest_rise(names: list[str], order: list[str]) -> set[str]:
    """The most of the names that stand in the order they should."""
    ends: list[int] = []
    chains: list[list[str]] = []
    for name in names:
        place = order.index(name)
        length = bisect_left(ends, place)
        chain = [*(chains[length - 1] if length else []), name]
        ends[length : length + 1] = [place]
        chains[length : length + 1] = [chain]
    return set(chains[-1]) if chains else set()


def _effects(code: Code) -> frozenset[str]:
    """The names whose values may be other after the cell ran."""
    return code.binds if code.quiet or not code.whole else code.binds | (code.reads - BUILT_IN)


def _doubt_crossed(aligned: Aligned, name: str, own: list[_Placed]) -> None:
    """A cell that was missing or moved: whether it matters on which side of the student's own cells it stood."""
    cell = aligned.released[name]
    missing = name not in aligned.homes
    if cell.cell_type != "code" or (name in aligned.texts and missing):
        return
    me = _of(aligned, name).code
    codes = [_of(aligned, each).code for each in aligned.released] + [each.code for each in own]
    needed = _needed(me.reads, codes)
    for other in own:
        matters = bool(_effects(other.code) & needed) if is_check(cell) else not me.commutes(other.code)
        if matters:
            reason = f"the cell `{name}` was not at its place, and it matters where it stands among your own cells"
            aligned.doubt(name, reason, other.text)


def _doubt_inverted(aligned: Aligned, submitted: dict[str, int], stayed: set[str]) -> None:
    """Solution cells that change places, although one needs what the other does."""
    names = [name for name in aligned.solutions("code") if name in submitted]
    for number, first in enumerate(names):
        for second in names[number + 1 :]:
            if submitted[first] > submitted[second]:
                one, other = (code_of(aligned.texts[each]) for each in (first, second))
                if not one.commutes(other):
                    reason = f"the cells `{first}` and `{second}` were moved, and one needs what the other does"
                    aligned.doubt(first, reason)
                    aligned.doubt(second, reason)


def _needed(names: Iterable[str], codes: list[Code]) -> set[str]:
    """Names, and all names that what defines them looks up in turn."""
    needed, ahead = set(), set(names)
    while ahead:
        needed |= ahead
        ahead = {name for code in codes if code.binds & ahead for name in code.reads} - needed
    return needed


def _doubt_orphans(aligned: Aligned, placed: list[_Placed], released: NotebookNode) -> None:
    """Own cells that are no Python by themselves: a solution cell that they would complete cannot be told."""
    given = {plain(cell.source) for cell in released.cells}
    for own in placed:
        if own.name or not own.text.strip() or plain(own.text) in given or code_of(own.text).whole:
            continue
        lines = {line.strip() for line in own.text.splitlines()}
        for name in aligned.solutions("code"):
            text = aligned.texts[name]
            if lines <= {line.strip() for line in text.splitlines()}:
                continue  # tried out alone, from what stands in the answer too
            broken = not code_of(text).whole and own.runs
            if broken or code_of(f"{text}\n{own.text}").whole:
                reason = f"a cell of the notebook may be a part of the cell `{name}`: nobody can tell"
                aligned.doubt(name, reason, text, own.text)


def _pass_doubt_on(aligned: Aligned, placed: list[_Placed]) -> None:
    """Checks that need what cannot be told, or what is defined only after them, are not graded either."""
    written = [code_of(each.text) for each in placed if not each.name and not each.runs]
    written = [code for code in written if code.whole]
    doubtful = [code_of(text) for texts in aligned.doubtful.values() for text in texts]
    bound = frozenset().union(*(each.code.binds for each in placed))
    unsure = {
        name: f"it needs `{name}`, which stands in a text cell" for code in written for name in code.binds - bound
    }
    for cell, texts in aligned.doubtful.items():
        if is_check(aligned.released[cell]):
            continue
        about = [code_of(text) for text in (aligned.stub(cell), aligned.texts.get(cell, ""), *texts)]
        reason = f"it needs the cell `{cell}`, which is not graded: {aligned.ungraded[cell]}"
        unsure |= dict.fromkeys(frozenset().union(*map(_effects, about)), reason)
    for place, check in enumerate(placed):
        if not check.name or not is_check(aligned.released[check.name]) or not check.runs:
            continue
        before = [each.code for each in placed[:place]]
        needed = _needed(check.code.reads, [*before, *doubtful, *written])
        there = BUILT_IN.union(check.code.binds, *(code.binds for code in before))
        late = {
            name: f"it needs `{name}`, which is defined only after it"
            for each in placed[place + 1 :]
            # A solution cell that is as it was handed in stands where the student wanted it.
            if not each.name or (each.name in aligned.texts and aligned.repairs)
            for name in each.code.binds & needed - there
        }
        reasons = late | unsure
        for name in sorted(needed & reasons.keys())[:1]:
            aligned.ungraded.setdefault(check.name, reasons[name])


def _trimmed(aligned: Aligned) -> bool:
    """Whether a locked cell came back in which only spaces at line ends had changed."""
    homes = ((aligned.homes.get(name), cell) for name, cell in aligned.released.items() if is_locked(cell))
    return any(
        home is not None and home.source != cell.source and same(home.source, cell.source) for home, cell in homes
    )


def _cells(aligned: Aligned, placed: list[_Placed], released: NotebookNode) -> tuple[list[NotebookNode], bool, bool]:
    """The mended cells, and whether marks and whether ids had to be changed."""
    ordinary = [cell.metadata["nbgrader"] for cell in released.cells if "nbgrader" in cell.metadata]
    ordinary = [about for about in ordinary if about.get("grade_id") not in aligned.released]
    taken = {cell.id for cell in aligned.released.values()}
    cells, marks_changed, ids_changed = [], False, False
    for number, each in enumerate(placed):
        was = each.piece.cell if each.piece else None
        if each.name:
            cell = _released_cell(aligned.released[each.name], was, each.text)
            if was is not None:
                marks_changed |= cell.metadata != was.metadata
                ids_changed |= cell.id != was.id
        else:
            cell = _like(was, each.text, was.cell_type)
            if "nbgrader" in cell.metadata and cell.metadata["nbgrader"] not in ordinary:
                cell.metadata = NotebookNode({key: value for key, value in cell.metadata.items() if key != "nbgrader"})
                marks_changed = True
            if cell.id in taken:
                cell.id = next(new for new in (f"own-{number}{'-' * more}" for more in range(64)) if new not in taken)
                ids_changed = True
            taken.add(cell.id)
        cells.append(cell)
    return cells, marks_changed, ids_changed


def _released_cell(released: NotebookNode, was: NotebookNode | None, text: str) -> NotebookNode:
    cell = _like(was if was is not None else released, text, released.cell_type)
    kept = {} if was is None else {key: value for key, value in was.metadata.items() if key not in OURS}
    return NotebookNode({**cell, "id": released.id, "metadata": NotebookNode(kept | deepcopy(released.metadata))})


def _like(was: NotebookNode, text: str, kind: str) -> NotebookNode:
    """A cell of a type and text; with the outputs that it had if it is the same cell."""
    same_kind = was.cell_type == kind
    cell = NotebookNode({"cell_type": kind, "id": was.id, "metadata": was.metadata, "source": text})
    if kind == "code":
        same_text = same_kind and was.source == text
        cell.outputs = was.outputs if same_text else []
        cell.execution_count = was.execution_count if same_text else None
    elif same_kind and "attachments" in was:
        cell.attachments = was.attachments
    return cell
