"""Brings a damaged notebook back into the shape of its assignment, and says what was done and what cannot be told."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from types import MappingProxyType

from nbformat import NotebookNode

from cohort.grading.damaged import new_id, read_damaged
from cohort.grading.names import is_python
from cohort.grading.order import doubt_checks, doubt_parts, put_in_order
from cohort.grading.pieces import Aligned, Piece, Repair
from cohort.grading.realign import realign
from cohort.grading.which import must_be_of
from cohort.notebooks import is_check, is_solution

FORM = Repair("", "the program that saved the notebook changed its form: it was put back, and your text is as it was")
MARKS = Repair("", "the marks by which cells are known were lost or changed: they were put back")
# What these say about a released cell is not the student's to change; the rest is how it looks.
OURS = ("nbgrader", "tags", "deletable", "editable")
NONE = MappingProxyType({})


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


def repair(
    text: str, released: NotebookNode, others: Mapping[str, NotebookNode] = NONE, checks: Mapping[str, str] = NONE
) -> Repaired:
    """A submitted notebook, put back into the shape of the released one.

    Parameters
    ----------
    text : str
        The submitted file.
    released : NotebookNode
        What the student was given; it is not changed.
    others : mapping
        Released notebooks that it may be by mistake, by name.
    checks : mapping
        The whole source of checks, with their hidden parts, by grade id: a check is not graded if it needs
        what cannot be told. This is not put into the notebook.

    Raises
    ------
    Irreparable
        If it is not a notebook, or not one of this assignment.
    """
    submitted, form_changed = read_damaged(text)
    if not form_changed and _is_whole(submitted, released):
        return Repaired(submitted, (), {})
    must_be_of(submitted, released, others)
    aligned = realign(submitted.cells, released)
    order = put_in_order(aligned)
    doubt_parts(aligned)
    doubt_checks(aligned, order, checks)
    cells, marks_changed, ids_changed = _cells(aligned, order, released)
    form = [FORM] if form_changed or ids_changed or aligned.trimmed else []
    repairs = (*form, *([MARKS] if marks_changed else []), *aligned.repairs)
    return Repaired(NotebookNode({**submitted, "cells": cells}), repairs, aligned.ungraded)


def _is_whole(submitted: NotebookNode, released: NotebookNode) -> bool:
    """Whether each cell is the released one, but for answers that are no part of something, nor hold a check."""
    checks = [cell.source.strip() for cell in released.cells if is_check(cell)]
    return len(submitted.cells) == len(released.cells) and all(
        (cell.id, cell.cell_type, cell.metadata) == (given.id, given.cell_type, _metadata(given, cell))
        and (cell.source == given.source or is_solution(given))
        and (cell.cell_type != "code" or cell.source == given.source or is_python(cell.source))
        and not (is_solution(given) and any(check in cell.source for check in checks))
        for cell, given in zip(submitted.cells, released.cells, strict=True)
    )


def _cells(aligned: Aligned, order: list[Piece], released: NotebookNode) -> tuple[list[NotebookNode], bool, bool]:
    """The mended cells, and whether marks and whether ids had to be changed."""
    known = {cell.id for cell in aligned.released.values()}
    ordinary = [cell.metadata.get("nbgrader") for cell in released.cells if cell.id not in known]
    cells, taken, marks_changed, ids_changed = [], set(known), False, False
    for place, piece in enumerate(order):
        was = piece.cell
        if piece.name:
            given = aligned.released[piece.name]
            cell = _like(was, piece.text, given.cell_type)
            cell.id, cell.metadata = given.id, _metadata(given, was)
        else:
            cell = _like(was, piece.text, "raw" if piece.changed and was.cell_type == "code" else was.cell_type)
            if was.metadata.get("nbgrader") not in ordinary:
                cell.metadata = NotebookNode({key: value for key, value in was.metadata.items() if key != "nbgrader"})
            cell.id = new_id(place, taken) if was.id in taken else was.id
            taken.add(cell.id)
        marks_changed |= cell.metadata != was.metadata and not piece.changed
        ids_changed |= cell.id != was.id and not piece.changed
        cells.append(cell)
    return cells, marks_changed, ids_changed


def _metadata(given: NotebookNode, was: NotebookNode) -> NotebookNode:
    kept = {key: value for key, value in was.metadata.items() if key not in OURS}
    return NotebookNode(kept | deepcopy(given.metadata))


def _like(was: NotebookNode, text: str, kind: str) -> NotebookNode:
    """A cell of a type and text; with the outputs that it had if it is the same cell."""
    cell = NotebookNode({**was, "cell_type": kind, "source": text})
    if (kind, text) != (was.cell_type, was.source):
        cell |= {"outputs": [], "execution_count": None}
    for key in ("outputs", "execution_count") if kind != "code" else ("attachments",):
        cell.pop(key, None)
    return cell
