"""Puts the cells of a damaged notebook in their order, and says what cannot be told any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from cohort.grading.names import BUILT_IN, Code, code_of, is_python, needed_by, starts_inside
from cohort.grading.pieces import Aligned, Piece, lines_of
from cohort.notebooks import is_check


def put_in_order(aligned: Aligned) -> list[Piece]:
    """All cells: the released ones as released, the student's own where they stood between them.

    The fewest cells that can have been moved are taken to be moved. They and the missing ones come after
    the student's own cells between the same neighbours; what those may change is then unsure.
    """
    order = list(aligned.released)
    places = {name: aligned.pieces.index(piece) for name, piece in aligned.homes.items()}
    stayed = _surely_stayed(sorted(places, key=places.__getitem__), order)
    for name in [each for each in order if each in places and each not in stayed]:
        aligned.log(name, f"the cell `{name}` was moved: it is back at its place")
    whole: list[Piece] = []
    for before, after in pairwise([None, *(name for name in order if name in stayed), None]):
        start = places[before] if before else -1
        end = places[after] if after else len(aligned.pieces)
        between = order[order.index(before) + 1 if before else 0 : order.index(after) if after else len(order)]
        whole += [_released(aligned, before)] if before else []
        whole += [piece for piece in aligned.pieces[start + 1 : end] if not piece.name]
        whole += [_released(aligned, name) for name in between]
        for name in between:
            there = places.get(name, end)
            _doubt_crossed(aligned, name, aligned.pieces[min(there, start + 1) : max(there, end)])
    return whole


def _released(aligned: Aligned, name: str) -> Piece:
    piece = aligned.homes.get(name) or Piece(aligned.released[name], "", name)
    piece.text = aligned.texts.get(name, aligned.stub(name))
    return piece


def _surely_stayed(names: list[str], order: list[str]) -> set[str]:
    """The names that are in each of the longest rows of names that stand in their order."""
    places = [order.index(name) for name in names]
    up = _rises(places)
    down = _rises([-place for place in reversed(places)])[::-1]
    longest = [number for number, _ in enumerate(names) if up[number] + down[number] - 1 == max(up)]
    alone = Counter(up[number] for number in longest)
    return {names[number] for number in longest if alone[up[number]] == 1}


def _rises(numbers: list[int]) -> list[int]:
    """How long the longest rising row is that ends at each number."""
    rises: list[int] = []
    for number in numbers:
        before = zip(numbers, rises, strict=False)
        rises.append(1 + max((rise for other, rise in before if other < number), default=0))
    return rises


def _doubt_crossed(aligned: Aligned, name: str, pieces: list[Piece]) -> None:
    """The student's own code, of which nobody knows whether it stood before or after a code cell."""
    if aligned.released[name].cell_type == "code" and (name in aligned.homes or name not in aligned.texts):
        reason = f"the cell `{name}` was not at its place, and it may matter where it stood among your own cells"
        for piece in pieces:
            if piece.runs and not piece.name and piece.text not in aligned.given:
                aligned.unsure |= dict.fromkeys(code_of(piece.text).touches, reason)


def doubt_parts(aligned: Aligned) -> None:
    """Doubt code answers of which another cell may be a part."""
    answers = {name: aligned.texts[name] for name in aligned.solutions("code") if name in aligned.homes}
    others = [(piece.name, piece.text) for piece in aligned.pieces if not piece.name or piece.by_place]
    others += [(name, text) for name, text in answers.items() if not is_python(text)]
    others = [(other, part) for other, part in others if part.strip() and part not in aligned.given]
    for name, text in answers.items():
        for other, part in others:
            # In a notebook that was otherwise whole, two answers may be wrong by themselves.
            if other != name and _may_belong(part, text, strict=not (other in answers and not aligned.repairs)):
                aligned.doubt(name, f"another cell may be a part of the cell `{name}`: nobody can tell", part)


def _may_belong(part: str, text: str, strict: bool) -> bool:
    """Whether a part may be of an answer: it starts inside of something, together they are Python, or neither is."""
    whole, broken = is_python(part), not is_python(text)
    if not broken and (whole or set(_bare(part)) <= set(_bare(text))):
        return False
    together = is_python(f"{text}\n{part}") or is_python(f"{part}\n{text}")
    return together or starts_inside(part) or (strict and broken and not whole)


def _bare(text: str) -> list[str]:
    return [line.strip() for line in lines_of(text)]


def doubt_checks(aligned: Aligned, order: list[Piece], checks: Mapping[str, str]) -> None:
    """Do not grade checks that need what cannot be told; `checks` has their whole source, with the hidden parts."""
    unsure, possible = dict(aligned.unsure), []
    for name in [each for each in aligned.doubtful if each in aligned.texts]:
        texts = [aligned.stub(name), aligned.texts[name], *aligned.doubtful[name]]
        possible += [code_of(text) for text in texts]
        reason = f"it needs the cell `{name}`, which is not graded: {aligned.ungraded[name]}"
        unsure |= {touched: reason for text in texts for touched in code_of(text).touches}
    students = [piece for piece in order if not piece.name or piece.name in aligned.texts]
    possible += [code_of(piece.text) for piece in students if not _runs(aligned, piece)]
    late = set().union(*(code_of(piece.text).binds for piece in students)) - BUILT_IN
    before: list[Code] = []
    for piece in order:
        if not _runs(aligned, piece):
            continue
        code = code_of(piece.text)
        before.append(code)
        # Of the student's own cells, those that are no Python define nothing; such an answer fails, as it should.
        late -= code.binds if piece.name or code.whole else set()
        if piece.name and is_check(aligned.released[piece.name]):
            needed = needed_by(code_of(checks.get(piece.name, piece.text)).reads, [*before, *possible])
            reasons = {name: f"it needs `{name}`, which no cell before it defines" for name in late} | unsure
            for name in sorted(needed & reasons.keys())[:1]:
                aligned.ungraded.setdefault(piece.name, reasons[name])


def _runs(aligned: Aligned, piece: Piece) -> bool:
    return aligned.released[piece.name].cell_type == "code" if piece.name else piece.runs
