"""Writes feedback for students with nbgrader, again only where a grade or comment changed."""

from __future__ import annotations

from collections.abc import Iterator

from nbgrader.converters import GenerateFeedback

from cohort.course import cohort_folder
from cohort.done import Done, fingerprint
from cohort.errors import CourseError, full_disk
from cohort.grading.course_directory import course_directory, nbgrader_config, nbgrader_log, open_gradebook
from cohort.grading.engine import Outcome


def feedback(module: str, students: list[str] | None = None, force: bool = False) -> Iterator[Outcome]:
    """Write ``feedback/<student>/<module>/`` and yield an outcome after each student.

    Parameters
    ----------
    module : str
        The assignment.
    students : list of str, optional
        These only; without it, everyone whose submission was autograded.
    force : bool
        Write again, whatever has changed.

    Raises
    ------
    CourseError
        If nothing was autograded yet, a student has no autograded submission, or the disk is full.
    """
    autograded = sorted(
        path.parent.parent.name for path in (cohort_folder() / "autograded").glob(f"*/{module}/*.ipynb")
    )
    if not autograded:
        raise CourseError(f"no submission of {module} is autograded yet: run `cohort grade {module}` first")
    for student in students or []:
        if student not in autograded:
            raise CourseError(f"no submission of {module} by {student!r} is autograded: grade it, or mend the name")
    return _feedback(module, students or autograded, force)


def _feedback(module: str, students: list[str], force: bool) -> Iterator[Outcome]:
    done = Done(cohort_folder() / "_build" / "feedback" / f"{module}.json")
    for student in students:
        key = _key(module, student)
        written = cohort_folder() / "feedback" / student / module / f"{module}.html"
        if not force and written.exists() and done.has(student, key):
            yield Outcome(student, "unchanged")
            continue
        try:
            config = nbgrader_config()
            with nbgrader_log() as log:
                directory = course_directory(module, student, config)
                GenerateFeedback(coursedir=directory, config=config, force=True, log=log).start()
        except CourseError as error:
            yield Outcome(student, "no feedback", str(error))
        except OSError as error:
            raise full_disk(error) or error from error
        else:
            done.add(student, key)
            yield Outcome(student, "written")


def _key(module: str, student: str) -> str:
    """What the feedback depends on: the autograded notebook, the scores and the comments."""
    path = cohort_folder() / "autograded" / student / module / f"{module}.ipynb"
    parts = [path.read_bytes()]
    with open_gradebook() as gradebook:
        notebook = gradebook.find_submission_notebook(module, module, student)
        for grade in sorted(notebook.grades, key=lambda grade: grade.name):
            parts.append(f"{grade.name} {grade.auto_score} {grade.manual_score} {grade.extra_credit}".encode())
        for comment in sorted(notebook.comments, key=lambda comment: comment.name):
            parts.append(f"{comment.name} {comment.comment}".encode())
    return fingerprint(*parts)
