"""An assignment as it was released, and nbgrader's preprocessors that work from it without a database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader import preprocessors
from nbgrader.api import Gradebook, MissingEntry

from cohort.errors import CourseError


@dataclass(frozen=True)
class Cell:
    """A released cell that nbgrader puts back where a student changed it."""

    name: str
    cell_type: str
    locked: bool
    source: str
    checksum: str | None


@dataclass(frozen=True)
class GradedCell:
    """A cell that earns points."""

    name: str
    max_score: float


@dataclass(frozen=True)
class SolutionCell:
    """A cell that a student writes in."""

    name: str


@dataclass(frozen=True)
class SourceCells:
    """One notebook of an assignment as the gradebook has it, in the gradebook's order; it can be pickled.

    It answers what nbgrader's OverwriteCells asks of a gradebook about this one notebook.
    """

    kernelspec: str | None
    source_cells: tuple[Cell, ...]
    grade_cells: tuple[GradedCell, ...]
    solution_cells: tuple[SolutionCell, ...]
    task_cells: tuple[GradedCell, ...]

    def find_notebook(self, notebook: str, assignment: str) -> SourceCells:
        """This notebook."""
        return self

    def find_source_cell(self, name: str, notebook: str, assignment: str) -> Cell:
        """The released cell of that name, or nbgrader's MissingEntry."""
        return _named(name, self.source_cells)

    def find_graded_cell(self, name: str, notebook: str, assignment: str) -> GradedCell:
        """The grade or task cell of that name, or nbgrader's MissingEntry."""
        return _named(name, self.grade_cells + self.task_cells)


def _named(name: str, cells: tuple[Any, ...]) -> Any:
    for cell in cells:
        if cell.name == name:
            return cell
    raise MissingEntry(f"No such cell: {name}")


def source_cells(gradebook: Gradebook, assignment: str) -> dict[str, SourceCells]:
    """The released cells of an assignment, by notebook.

    Raises
    ------
    CourseError
        If the assignment was never released to this cohort.
    """
    try:
        notebooks = gradebook.find_assignment(assignment).notebooks
    except MissingEntry:
        notebooks = []
    if not notebooks:
        raise CourseError(f"{assignment} was never released to this cohort: run `cohort release {assignment}`")
    return {
        notebook.name: SourceCells(
            kernelspec=notebook.kernelspec,
            source_cells=tuple(
                Cell(cell.name, cell.cell_type, cell.locked, cell.source, cell.checksum)
                for cell in notebook.source_cells
            ),
            grade_cells=tuple(GradedCell(cell.name, cell.max_score) for cell in notebook.grade_cells),
            solution_cells=tuple(SolutionCell(cell.name) for cell in notebook.solution_cells),
            task_cells=tuple(GradedCell(cell.name, cell.max_score) for cell in notebook.task_cells),
        )
        for notebook in notebooks
    }


class OverwriteCells(preprocessors.OverwriteCells):
    """nbgrader's own, but without a database where ``resources["nbgrader"]["source_cells"]`` has the notebook."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Put locked cells, checksums and points back."""
        about = resources["nbgrader"]
        if "source_cells" not in about:
            return super().preprocess(nb, resources)
        self.notebook_id, self.assignment_id = about["notebook"], about["assignment"]
        self.gradebook = about["source_cells"]
        # Past nbgrader's own preprocess, which would open the database.
        nb, resources = super(preprocessors.OverwriteCells, self).preprocess(nb, resources)
        if self.add_missing_cells:
            nb, resources = self.add_missing_grade_cells(nb, resources)
            nb, resources = self.add_missing_task_cells(nb, resources)
        return nb, resources


class OverwriteKernelspec(preprocessors.OverwriteKernelspec):
    """nbgrader's own, but without a database where ``resources["nbgrader"]["source_cells"]`` has the notebook."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Put the released notebook's kernel back."""
        about = resources["nbgrader"]
        if "source_cells" not in about:
            return super().preprocess(nb, resources)
        kernelspec = json.loads(about["source_cells"].kernelspec or "null")
        if kernelspec:
            nb.metadata["kernelspec"] = kernelspec
        return nb, resources
