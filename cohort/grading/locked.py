"""Puts the locked cells of a damaged notebook back, whatever they were merged with, split into, or changed to."""

from __future__ import annotations

from nbgrader.utils import is_locked

from cohort.grading.names import BUILT_IN, code_of
from cohort.grading.pieces import Aligned, Piece, lines_of, same
from cohort.notebooks import is_check

# A shorter text of a locked cell may stand in an answer by chance.
CUT_FROM = 12


def find_locked(aligned: Aligned) -> None:
    """Say which piece each locked cell is, and take it out of others; a changed one stays as the student's own."""
    locked = [name for name, cell in aligned.released.items() if is_locked(cell) and cell.source.strip()]
    for name in locked:
        text = aligned.stub(name)
        uses_answers = is_check(aligned.released[name]) or bool(code_of(text).reads & aligned.all_asked())
        # A copy that runs an answer may fail, and take what it was merged with along.
        while _cut_out(aligned, name, uses_answers or not any(same(piece.text, text) for piece in aligned.pieces)):
            pass
    by_text = {tuple(lines_of(aligned.stub(name))): name for name in reversed(locked)}
    for piece in aligned.pieces:
        if not (piece.name and same(piece.text, aligned.stub(piece.name))):
            piece.name = by_text.get(tuple(lines_of(piece.text)), piece.name)
    for name, cell in aligned.released.items():
        if is_locked(cell):
            _find(aligned, name)


def _cut_out(aligned: Aligned, name: str, of_any: bool) -> bool:
    """Make one piece of the lines of a locked cell, if they stand together in a larger cell or in several.

    Only answers are cut if not `of_any`: students may repeat our lines in cells of their own.
    """
    wanted = lines_of(aligned.stub(name))
    rows = [
        (place, number, line.rstrip())
        for place, piece in enumerate(aligned.pieces)
        for number, line in enumerate(piece.text.split("\n"))
        if line.strip()
    ]
    lines = [line for _, _, line in rows]
    for start in range(len(rows) - len(wanted) + 1):
        if lines[start : start + len(wanted)] != wanted:
            continue
        (first, top, _), (last, bottom, _) = rows[start], rows[start + len(wanted) - 1]
        parts = aligned.pieces[first : last + 1]
        head = "\n".join(parts[0].text.split("\n")[:top]).strip("\n")
        tail = "\n".join(parts[-1].text.split("\n")[bottom + 1 :]).strip("\n")
        by_itself = len(parts) == 1 and not head and not tail
        by_chance = sum(map(len, wanted)) < CUT_FROM and not any(piece.name == name for piece in parts)
        if by_itself or by_chance or not (of_any or all(_is_answer(aligned, part) for part in parts)):
            continue
        # Of two rests of one cell nobody knows to which its mark belongs.
        unclear = {name} | ({parts[0].name} if len(parts) == 1 and head and tail else set())
        rests = [
            Piece(part.cell, text, "" if part.name in unclear else part.name) if text else None
            for part, text in ((parts[0], head), (parts[-1], tail))
        ]
        cut = Piece(aligned.released[name], aligned.stub(name), name)
        aligned.pieces[first : last + 1] = filter(None, [rests[0], cut, rests[1]])
        merged = "was merged with a cell beside it: they were taken apart"
        aligned.log(name, f"the cell `{name}` {merged if any(rests) else 'was split: its parts were joined'}")
        return True
    return False


def _is_answer(aligned: Aligned, piece: Piece) -> bool:
    if piece.name:
        return piece.name in aligned.solutions("code", "markdown")
    return bool(code_of(piece.text).binds & aligned.all_asked())


def _find(aligned: Aligned, name: str) -> None:
    cell = aligned.released[name]
    named = [piece for piece in aligned.pieces if piece.name == name]
    whole = [piece for piece in named if same(piece.text, cell.source)]
    changed = [piece for piece in named if piece not in whole and (piece.text.strip() or not whole)]
    for piece in set(named) - set(whole):
        piece.name = ""
    versions = [piece for piece in changed if _is_version(piece.text, cell.source)]
    for piece in changed:
        piece.changed = True
        beside = "" if piece in versions else ", and your text stands beside it"
        aligned.log(name, f"the cell `{name}` is not as it was released: it was put back{beside}")
    aligned.lost |= set() if whole else set(lines_of(cell.source))
    if len(whole) > 1:
        aligned.remove(whole[1:])
        aligned.log(name, f"the cell `{name}` stood there twice: one was kept")
    if not named:
        aligned.log(name, f"the cell `{name}` was missing: it was put back")
        return
    if not whole:
        whole = [Piece(changed[0].cell, cell.source, name)]
        aligned.pieces.insert(aligned.pieces.index(changed[0]), whole[0])
    aligned.remove(versions)
    home = aligned.homes[name] = whole[0]
    aligned.trimmed |= home.text != cell.source
    if home.cell.cell_type != cell.cell_type:
        aligned.log(name, f"the cell `{name}` was turned into a {home.cell.cell_type} cell: it was turned back")


def _is_version(text: str, released: str) -> bool:
    """Whether a changed cell holds nothing of a student's own, like that of an earlier release."""
    own, ours = code_of(text), code_of(released)
    return own.whole and ours.whole and own.binds <= ours.binds and own.reads <= ours.reads | BUILT_IN
