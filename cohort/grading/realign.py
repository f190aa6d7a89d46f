"""Says which submitted cell is which answer: by its mark or id, by the names that it defines, or by its place."""

from __future__ import annotations

from collections import Counter

from nbformat import NotebookNode

from cohort.grading.locked import find_locked
from cohort.grading.names import BUILT_IN, code_of
from cohort.grading.pieces import Aligned, Piece, known_cells, lines_of, same
from cohort.notebooks import grade_id

# Cells after an answer that are tried as parts of it.
MOST_PARTS = 20


def realign(cells: list[NotebookNode], released: NotebookNode) -> Aligned:
    """What is known of submitted cells: which released one each is, after taking apart and joining what belongs so."""
    known = known_cells(released)
    by_id = {cell.get("id"): name for name, cell in known.items()}
    names = [grade_id(cell) if grade_id(cell) in known else by_id.get(cell.id, "") for cell in cells]
    pieces = [Piece(cell, cell.source, name) for cell, name in zip(cells, names, strict=True)]
    aligned = Aligned(known, frozenset(cell.source for cell in released.cells), pieces)
    find_locked(aligned)
    # Those whose stub defines names can be told without a mark too, so they come first.
    for name in sorted(aligned.solutions("code"), key=lambda name: not aligned.asked(name)):
        _find_code(aligned, name)
    for name in aligned.solutions("markdown"):
        _find_written(aligned, name)
    for name in aligned.solutions("code"):
        _look_elsewhere(aligned, name)
    _doubt_merged(aligned)
    return aligned


def _find_code(aligned: Aligned, name: str) -> None:
    marked = [piece for piece in aligned.pieces if piece.name == name]
    missing = aligned.asked(name).difference(*(code_of(piece.text).binds for piece in marked))
    found = [piece for piece in aligned.pieces if piece in marked or _may_define(piece, missing)]
    if not found and not aligned.asked(name):
        found = _at_the_place(aligned, name)
    if not found:
        return
    parts = _without_copies(aligned, name, found)
    first = aligned.pieces.index(parts[0])
    apart = aligned.pieces[first : first + len(parts)] != parts
    if apart or 1 < len(parts) < len(found):
        reason = f"the cell `{name}` stood there more than once, with different text: nobody can tell which counts"
        aligned.doubt(name, reason, *(piece.text for piece in parts))
        for piece in parts[1:]:
            piece.name = ""
        parts = parts[:1]
    else:
        parts += _continuing(aligned, parts)
        _doubt_parts(aligned, name, parts)
    _settle(aligned, name, parts, "\n")


def _may_define(piece: Piece, names: frozenset[str]) -> bool:
    code = code_of(piece.text)
    return not (piece.name or piece.changed) and bool(code.binds & names) and (piece.runs or code.whole)


def _without_copies(aligned: Aligned, name: str, found: list[Piece]) -> list[Piece]:
    """The pieces that differ; the released text does not count beside others."""
    different: list[Piece] = []
    for piece in found:
        if not any(same(piece.text, other.text) for other in different):
            different.append(piece)
    different = [piece for piece in different if not same(piece.text, aligned.stub(name))] or different
    if len(different) < len(found):
        aligned.remove(set(found) - set(different))
        aligned.log(name, f"the cell `{name}` stood there twice: one was kept")
    return different


def _continuing(aligned: Aligned, parts: list[Piece]) -> list[Piece]:
    """The cells after a code answer up to the last that is no Python by itself, if they make it Python."""
    after: list[Piece] = []
    for piece in aligned.pieces[aligned.pieces.index(parts[-1]) + 1 :]:
        if piece.name or not piece.runs or code_of(piece.text).binds & aligned.all_asked() or len(after) == MOST_PARTS:
            break
        after.append(piece)
    broken = [number for number, piece in enumerate(after, start=1) if not code_of(piece.text).whole]
    for count in range(max(broken, default=0), len(after) + 1):
        if code_of("\n".join(piece.text for piece in parts + after[:count])).whole:
            return after[:count]
    return []


def _doubt_parts(aligned: Aligned, name: str, parts: list[Piece]) -> None:
    """Parts that may have stood in another order, or that are not all."""
    codes = [code_of(piece.text) for piece in parts]
    twice = any(count > 1 for count in Counter(each for code in codes for each in code.binds).values())
    early = any(
        first.whole and not first.quiet and first.reads & later.binds
        for number, first in enumerate(codes)
        for later in codes[number + 1 :]
    )
    broken = not code_of("\n".join(piece.text for piece in parts)).whole
    if len(parts) > 1 and (twice or early or broken):
        aligned.doubt(name, f"the cell `{name}` was split, and nobody can tell how its parts belong together")


def _settle(aligned: Aligned, name: str, parts: list[Piece], seam: str) -> None:
    """Make one cell of the parts of an answer, in the place of the first."""
    home, *others = parts
    home.name = name
    aligned.homes[name], aligned.texts[name] = home, seam.join(piece.text for piece in parts)
    if others:
        aligned.remove(others)
        aligned.log(name, f"the cell `{name}` was split: its parts were joined")
    was, kind = home.cell.cell_type, aligned.released[name].cell_type
    if was != kind:
        aligned.log(name, f"the cell `{name}` was turned into a {was} cell: it was turned back into a {kind} cell")


def _find_written(aligned: Aligned, name: str) -> None:
    found = [piece for piece in aligned.pieces if piece.name == name] or _at_the_place(aligned, name)
    if found:
        _settle(aligned, name, _without_copies(aligned, name, found), "\n\n")
        return
    aligned.texts[name] = aligned.stub(name)
    aligned.log(name, f"the cell `{name}` was missing: it was put back without an answer")
    aligned.doubt(name, f"the cell `{name}` was missing: its answer may stand in another cell")


def _at_the_place(aligned: Aligned, name: str) -> list[Piece]:
    """The student's own cell that stands alone between the neighbours of an answer."""
    order = [None, *aligned.released, None]
    before, after = order[order.index(name) - 1], order[order.index(name) + 1]
    if not {before, after} <= {None, *aligned.homes}:
        return []
    first = aligned.pieces.index(aligned.homes[before]) + 1 if before else 0
    last = aligned.pieces.index(aligned.homes[after]) if after else len(aligned.pieces)
    between = [piece for piece in aligned.pieces[first:last] if piece.text.strip() and piece.text not in aligned.given]
    is_code = aligned.released[name].cell_type == "code"
    if len(between) != 1 or between[0].name or between[0].changed or between[0].runs != is_code:
        return []
    between[0].by_place = True
    aligned.log(name, f"the cell `{name}` had lost its mark: the only cell at its place was taken for it")
    return between


def _look_elsewhere(aligned: Aligned, name: str) -> None:
    """Whether what a code answer should define, and does not, stands in another cell."""
    gone = aligned.asked(name).difference(code_of(aligned.texts.get(name, "")).binds)
    missing = name not in aligned.homes
    if not missing and not gone:
        return
    homes = [other for other in aligned.solutions("code") if other != name and other in aligned.homes]
    holders = [other for other in homes if _may_hold(aligned.texts[other], gone, True)]
    written = aligned.solutions("markdown")
    others = [
        piece
        for piece in aligned.pieces
        if ((not piece.name or piece.name in written) and _may_hold(piece.text, gone, piece.runs))
        or (not piece.name and not aligned.asked(name))
    ]
    said, text = "missing: it was put back without an answer", aligned.stub(name)
    if len(holders) == 1 and not others and _only_defines(aligned, holders[0]):
        said, text = f"merged into `{holders[0]}`: its answer is there, and it came back empty", ""
    elif holders or others or not gone:
        reason = f"the answer of the cell `{name}` may stand in another cell"
        aligned.doubt(name, reason, *(piece.text for piece in others))
        for other in [*holders, *(piece.name for piece in others if piece.name)]:
            aligned.doubt(other, f"the cells `{name}` and `{other}` may have been merged")
    if missing:
        aligned.texts[name] = text
        aligned.log(name, f"the cell `{name}` was {said}")


def _may_hold(text: str, names: frozenset[str], as_code: bool) -> bool:
    code = code_of(text)
    return bool(code.binds & names) or (as_code and not code.whole and bool(code.reads & names))


def _doubt_merged(aligned: Aligned) -> None:
    """Code answers that may hold another answer or a part of a check, which could fail and take them along."""
    missing = aligned.ungraded.keys() & aligned.texts.keys() - aligned.homes.keys()
    for name in aligned.solutions("code"):
        text = aligned.texts[name]
        may_hold_more = missing or aligned.lost.intersection(lines_of(text))
        if may_hold_more and not same(text, aligned.stub(name)) and not _only_defines(aligned, name):
            aligned.doubt(name, f"the cell `{name}` may have been merged with one that is missing")


def _only_defines(aligned: Aligned, name: str) -> bool:
    """Whether a code answer only defines, and finds what it needs for this in itself and the locked cells before it."""
    code, before = code_of(aligned.texts[name]), list(aligned.released)[: list(aligned.released).index(name)]
    given = [code_of(aligned.stub(each)).binds for each in before if each not in aligned.texts]
    return code.quiet and code.needs <= BUILT_IN.union(code.binds, *given)
