"""Remembers what each submission was graded with, so that it is graded again only where that changed."""

from __future__ import annotations

from dataclasses import dataclass

from cohort.course import cohort_folder
from cohort.done import Done, fingerprint
from cohort.grading.folders import Folders
from cohort.grading.released import Cell, SourceCells
from cohort.grading.unit import Assignment


@dataclass(frozen=True)
class Mark:
    """What a submission is graded with: fingerprints of all of it, and of all but the checks."""

    whole: str
    but_for_checks: str


class Marks:
    """The marks of an assignment's submissions, as it is released at this moment.

    Parameters
    ----------
    assignment : Assignment
        As the gradebook has it.
    folders : Folders
        Its folders.
    """

    def __init__(self, assignment: Assignment, folders: Folders) -> None:
        place = cohort_folder() / "_build" / "graded"
        self._folders = folders
        self._whole = Done(place / f"{assignment.name}.jsonl")
        self._but_for_checks = Done(place / f"{assignment.name}.but-for-checks.jsonl")
        # The cells that are put back come from the gradebook: a release changes them, and may leave the source as
        # it was.
        rest, checks = [str(assignment.judged)], []
        for name, notebook in sorted(assignment.notebooks.items()):
            rest += [name, str(notebook.kernelspec), str(rest_of(notebook))]
            checks.append(repr(checks_of(notebook)))
        checks.append(repr(assignment.misconceptions))
        self._common = fingerprint(folders.common_key(), *rest, *checks)
        self._rest = fingerprint(folders.common_key(notebooks=False), *rest)

    def now(self, student: str) -> Mark | None:
        """The mark of a submission as it is at this moment; None if it cannot be read."""
        try:
            submission = self._folders.key(student, "")
        except (OSError, ValueError, RecursionError):
            return None
        return Mark(fingerprint(submission, self._common), fingerprint(submission, self._rest))

    def graded(self, student: str, mark: Mark | None) -> bool:
        """Whether the student's submission was graded with just this."""
        return mark is not None and self._whole.has(student, mark.whole)

    def graded_but_for_checks(self, student: str, mark: Mark | None) -> bool:
        """Whether the student's submission was graded with just this, whatever the checks were."""
        return mark is not None and self._but_for_checks.has(student, mark.but_for_checks)

    def add(self, student: str, mark: Mark | None) -> None:
        """Remember that a submission is graded."""
        if mark is not None:
            self._but_for_checks.add(student, mark.but_for_checks)
            self._whole.add(student, mark.whole)


def checks_of(notebook: SourceCells) -> dict[str, tuple[Cell, float]]:
    """The locked checks of a released notebook with their points, by grade id; the database gives them in no order."""
    answers = {cell.name for cell in notebook.solution_cells}
    points = {cell.name: cell.max_score for cell in notebook.grade_cells if cell.name not in answers}
    return {
        cell.name: (cell, points[cell.name])
        for cell in sorted(notebook.source_cells, key=lambda cell: cell.name)
        if cell.name in points and cell.locked and cell.cell_type == "code"
    }


def rest_of(notebook: SourceCells) -> dict[str, list[str]]:
    """The cells of a released notebook as text, by grade id; of a check, only that there is one."""
    checks = checks_of(notebook)
    rest: dict[str, list[str]] = {name: [] for name in checks}
    for kind in (notebook.source_cells, notebook.grade_cells, notebook.solution_cells, notebook.task_cells):
        for cell in kind:
            if cell.name not in checks:
                rest.setdefault(cell.name, []).append(repr(cell))
    return dict(sorted(rest.items()))
