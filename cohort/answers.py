"""The banks of typical answers, ``answers/<module>/``, that test the tests.

A bank has the folders right, wrong, blank and hostile, and a file for each answer::

    # shows: The peak is left in radians and not turned into a day of the year.
    # loses: [check_harmonic_fit]
    # %% harmonic_fit
    def harmonic_fit(df): ...

The comment on top is YAML; each ``# %%`` line names the solution cell whose content follows.
``teaches`` is what a student is told whose answer behaves like a wrong one.
Cells that a file does not name hold the reference solution or, with ``rest: blank``, stay
as they were released.
"""

from __future__ import annotations

import re
from copy import deepcopy
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import yaml
from nbformat import NotebookNode
from pydantic import Field, ValidationError

from cohort import tree
from cohort.course import Record, Text
from cohort.errors import CourseError, must_exist
from cohort.markers import MARK_SCHEME, MARKS, SOLUTION, in_sight
from cohort.notebooks import grade_id, is_check, is_solution, read_notebook

SOLUTION_MARK = re.compile(rf"^.*({'|'.join(map(re.escape, MARKS[SOLUTION]))}).*\n?", re.MULTILINE)
CELL = re.compile(r"^# %%[ ]*(?P<markdown>\[markdown\])?[ ]*(?P<id>\S+)[ ]*$", re.MULTILINE)


class Kind(StrEnum):
    """What an answer is there to show; also its folder in the bank."""

    RIGHT = "right"
    WRONG = "wrong"
    BLANK = "blank"
    HOSTILE = "hostile"


class Answer(Record):
    """One student's possible answer to an assignment."""

    name: Text
    kind: Kind
    shows: Text
    loses: Annotated[list[Text], Field(default_factory=list)]
    teaches: str = ""
    rest: Literal["solution", "blank"] = "solution"
    cells: dict[str, str]


class _Header(Record):
    shows: Text
    loses: Annotated[list[Text], Field(default_factory=list)]
    teaches: str = ""
    rest: Literal["solution", "blank"] = "solution"


def read_bank(module: str) -> list[Answer]:
    """The answers of a module's bank, by kind and name.

    Raises
    ------
    CourseError
        If there is no bank, or a file in it is malformed or names a cell or check that the
        assignment does not have.
    """
    folder = must_exist(tree.root() / "answers" / module, "write answers for the module, see CONTRIBUTING.md")
    source = read_notebook(tree.source(module))
    solutions = {grade_id(cell) for cell in source.cells if is_solution(cell)}
    checks = {grade_id(cell) for cell in source.cells if is_check(cell)}
    bank = []
    for kind in Kind:
        for path in sorted((folder / kind).glob("*.py")):
            answer = _read_answer(path, kind)
            for names, known, what in ((answer.cells, solutions, "solution cell"), (answer.loses, checks, "check")):
                for name in names:
                    if name not in known:
                        raise CourseError(f"{path}: the assignment has no {what} {name!r}: mend the name")
            if kind in (Kind.WRONG, Kind.HOSTILE) and not answer.loses:
                raise CourseError(f"{path}: say in `loses` which checks this answer must fail")
            bank.append(answer)
    return bank


def reference(module: str) -> dict[str, str]:
    """The reference solution of each solution cell, without nbgrader's markers, by grade id."""
    source = read_notebook(tree.source(module))
    return {
        grade_id(cell): SOLUTION_MARK.sub("", in_sight(cell.source, MARK_SCHEME)).strip()
        for cell in source.cells
        if is_solution(cell)
    }


def answered(released: NotebookNode, answer: Answer, solutions: dict[str, str]) -> NotebookNode:
    """A released notebook with an answer written into its solution cells.

    Parameters
    ----------
    released : NotebookNode
        The student's version; it is not changed.
    answer : Answer
        What to write.
    solutions : dict
        The reference solutions, as `reference` gives them.
    """
    notebook = deepcopy(released)
    for cell in notebook.cells:
        if is_solution(cell):
            name = grade_id(cell)
            if name in answer.cells:
                cell.source = answer.cells[name]
            elif answer.rest == "solution":
                cell.source = solutions[name]
    return notebook


def _read_answer(path: Path, kind: Kind) -> Answer:
    text = path.read_text(encoding="utf-8")
    first = CELL.search(text)
    head = text[: first.start()] if first else text
    try:
        header = _Header.model_validate(yaml.safe_load("\n".join(line[2:] for line in head.splitlines())))
    except (yaml.YAMLError, ValidationError) as error:
        reason = str(error).replace("\n", "; ")
        raise CourseError(
            f"{path}: the comment on top is not `shows`, `loses`, `teaches`, `rest` in YAML: {reason}"
        ) from error
    starts = list(CELL.finditer(text))
    ends = [start.start() for start in starts[1:]] + [len(text)] * bool(starts)
    cells = {}
    for start, end in zip(starts, ends, strict=True):
        body = text[start.end() : end].strip("\n")
        if start["markdown"]:
            body = "\n".join(line.removeprefix("#").removeprefix(" ") for line in body.splitlines())
        cells[start["id"]] = body
    return Answer(name=path.stem, kind=kind, cells=cells, **header.model_dump())
