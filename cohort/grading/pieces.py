"""The cells of a damaged notebook while it is put in order, and what is said about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_locked, is_task

from cohort.grading.names import code_of
from cohort.notebooks import grade_id, is_solution


@dataclass(frozen=True)
class Repair:
    """One thing that was put right.

    Attributes
    ----------
    cell : str
        The grade id, or "" for the notebook.
    what : str
        One plain sentence for the student.
    """

    cell: str
    what: str


@dataclass(eq=False)
class Piece:
    """A submitted cell, or a part that was cut out of one."""

    cell: NotebookNode
    text: str
    name: str = ""  # the grade id of the released cell that it is; "" for the student's own
    by_place: bool = False  # nothing but its place told which cell it is
    changed: bool = False  # it was a locked cell, before the student changed it

    @property
    def runs(self) -> bool:
        """Whether it is code of the student's own, and no changed copy of ours."""
        return self.cell.cell_type == "code" and not self.changed


@dataclass
class Aligned:
    """What is known of a submission so far; cells go by their grade ids."""

    released: dict[str, NotebookNode]  # the cells that nbgrader knows, in order
    given: frozenset[str]  # the texts of all released cells
    pieces: list[Piece]  # the submitted cells that are left, in the order they were submitted in
    homes: dict[str, Piece] = field(default_factory=dict)  # which of them each released cell is, if it is there
    texts: dict[str, str] = field(default_factory=dict)  # of each solution cell
    repairs: list[Repair] = field(default_factory=list)
    ungraded: dict[str, str] = field(default_factory=dict)  # why a cell cannot be told
    doubtful: dict[str, list[str]] = field(default_factory=dict)  # the texts that such a cell may be
    unsure: dict[str, str] = field(default_factory=dict)  # why the value of a Python name cannot be told
    lost: set[str] = field(default_factory=set)  # lines of locked cells that were missing or changed
    trimmed: bool = False  # a locked cell had other white space

    def solutions(self, *kinds: str) -> list[str]:
        """The solution cells of these cell types."""
        return [name for name, cell in self.released.items() if is_solution(cell) and cell.cell_type in kinds]

    def stub(self, name: str) -> str:
        """The text that a cell was released with."""
        return self.released[name].source

    def asked(self, name: str) -> frozenset[str]:
        """The names that a solution cell is to define: those of its stub."""
        return code_of(self.stub(name)).binds

    def all_asked(self) -> frozenset[str]:
        """The names that the solution cells are to define."""
        return frozenset().union(*map(self.asked, self.solutions("code")))

    def remove(self, gone: Iterable[Piece]) -> None:
        """Take pieces away."""
        gone = set(gone)
        self.pieces = [piece for piece in self.pieces if piece not in gone]

    def log(self, name: str, what: str) -> None:
        """Say what was done with a cell."""
        self.repairs.append(Repair(name, what))

    def doubt(self, name: str, reason: str, *texts: str) -> None:
        """Do not grade a cell, which may be one of these texts."""
        self.ungraded.setdefault(name, reason)
        self.doubtful.setdefault(name, []).extend(texts)


def known_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells that nbgrader works with, by grade id, in their order."""
    kinds = (is_grade, is_solution, is_locked, is_task)
    return {grade_id(cell): cell for cell in notebook.cells if any(kind(cell) for kind in kinds)}


def lines_of(text: str) -> list[str]:
    """A text without what editors strip or add: spaces at line ends, empty lines."""
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def same(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but what editors strip or add."""
    return one == other or lines_of(one) == lines_of(other)
