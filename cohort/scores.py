"""Reads scores out of nbgrader's gradebook."""

from __future__ import annotations

from dataclasses import dataclass

from nbgrader.api import Gradebook, MissingEntry, SubmittedNotebook

from cohort.course import load_cohort
from cohort.errors import CourseError
from cohort.grading.course_directory import course_directory


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
    with Gradebook(course_directory(module).db_url, load_cohort().id) as gradebook:
        try:
            found = gradebook.find_assignment(module).submissions
        except MissingEntry:
            raise CourseError(f"{module} is not in the gradebook: run `cohort release {module}`") from None
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


def _answers(notebook: SubmittedNotebook) -> set[str]:
    """The names of the cells that students write in; nbgrader keeps a comment for each."""
    return {comment.name for comment in notebook.comments}
