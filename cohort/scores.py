"""Reads scores out of nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from nbgrader.api import Assignment, Gradebook, MissingEntry, SubmittedNotebook

from cohort.course import load_cohort
from cohort.errors import CourseError
from cohort.grading.course_directory import open_gradebook

if TYPE_CHECKING:
    from cohort.grading.engine import Outcome


@dataclass(frozen=True)
class Score:
    """One student's score on an assignment.

    `checks` holds points and maximum of each check by its grade id; answers that a person
    grades are not among them.
    """

    student: str
    points: float
    maximum: float
    needs_manual_grade: bool
    checks: dict[str, tuple[float, float]]

    @property
    def lost(self) -> list[str]:
        """The checks that did not give all their points."""
        return [name for name, (points, maximum) in self.checks.items() if points < maximum]


def scores(module: str) -> dict[str, Score]:
    """The scores of everyone whose submission is in the gradebook, by student.

    Raises
    ------
    CourseError
        If the assignment is not in the gradebook.
    """
    with open_gradebook() as gradebook:
        found = _assignment(gradebook, module).submissions
        return {
            submission.student.id: Score(
                student=submission.student.id,
                points=submission.score,
                maximum=submission.max_score,
                needs_manual_grade=submission.needs_manual_grade,
                checks={
                    grade.name: (grade.score, grade.max_score)
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                    if grade.name not in _answers(notebook)
                },
            )
            for submission in found
        }


def scored(module: str) -> set[str]:
    """The students of whom at least one check has an automatic score.

    Raises
    ------
    CourseError
        If the assignment is not in the gradebook.
    """
    with open_gradebook() as gradebook:
        return {
            submission.student.id
            for submission in _assignment(gradebook, module).submissions
            for notebook in submission.notebooks
            if any(grade.auto_score is not None for grade in notebook.grades)
        }


def report(module: str, outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """What a run of the grader did, for programs: plain values, by student.

    Raises
    ------
    CourseError
        If the assignment is not in the gradebook.
    """
    found = scores(module)
    submissions = []
    for outcome in outcomes:
        score = found.get(outcome.student) if outcome.state != "not graded" else None
        submissions.append(asdict(outcome) | {"score": asdict(score) if score else None})
    return {"assignment": module, "cohort": load_cohort().id, "submissions": submissions}


def _assignment(gradebook: Gradebook, module: str) -> Assignment:
    try:
        return gradebook.find_assignment(module)
    except MissingEntry:
        raise CourseError(f"{module} was never released to this cohort: run `cohort release {module}`") from None


def _answers(notebook: SubmittedNotebook) -> set[str]:
    """The names of the cells that students write in; nbgrader keeps a comment for each."""
    return {comment.name for comment in notebook.comments}
