"""Grades submissions, one after another, with nbgrader's own autograder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde

from cohort import tree
from cohort.course import cohort_folder
from cohort.done import Done, fingerprint, fingerprint_files
from cohort.errors import CourseError, full_disk
from cohort.grading.course_directory import (
    course_directory,
    ctrl_c_stops,
    nbgrader_config,
    nbgrader_log,
    open_gradebook,
)
from cohort.notebooks import KERNEL_NOT_STARTED, read_notebook
from cohort.scores import scored


@dataclass(frozen=True)
class Outcome:
    """What became of one submission, in words, with the reason where it went wrong.

    Grading says ``graded``, ``unchanged`` or ``not graded``; feedback says ``written``,
    ``unchanged`` or ``no feedback``.
    """

    student: str
    state: str
    reason: str = ""


def submissions(module: str) -> list[str]:
    """The students of whom there is a submission, in alphabetical order."""
    return sorted(path.parent.name for path in (cohort_folder() / "submitted").glob(f"*/{module}") if path.is_dir())


def autograde(module: str, students: list[str] | None = None, force: bool = False) -> Iterator[Outcome]:
    """Grade submissions and yield an outcome after each; those graded before are passed by.

    A submission is graded again when it, the source, nbgrader's configuration or the gradebook
    changed since, or with `force`. One that cannot be graded does not stop the others, and loses
    an earlier automatic score: it needs a manual grade.
    Stopping in the middle loses nothing: what was yielded is in the gradebook, and the next
    call begins where this one stopped.

    Parameters
    ----------
    module : str
        The assignment.
    students : list of str, optional
        Grade these only.
    force : bool
        Grade again, whatever has changed.

    Raises
    ------
    CourseError
        If the assignment was never released, a student has no submission, or the disk is full.
    """
    waiting = submissions(module)
    for student in students or []:
        if student not in waiting:
            raise CourseError(f"there is no submission of {module} by {student!r}: collect it, or mend the name")
    return _autograde(module, students or waiting, scored(module), force)


def _autograde(module: str, students: list[str], known: set[str], force: bool) -> Iterator[Outcome]:
    done = Done(cohort_folder() / "_build" / "graded" / f"{module}.json")
    common = _common_key(module)
    for student in students:
        key = _key(module, student, common)
        notebook = cohort_folder() / "autograded" / student / module / f"{module}.ipynb"
        if not force and student in known and notebook.exists() and done.has(student, key):
            yield Outcome(student, "unchanged")
            continue
        outcome = _autograde_one(module, student)
        if outcome.state == "graded":
            done.add(student, key)
        yield outcome


def _autograde_one(module: str, student: str) -> Outcome:
    submitted = cohort_folder() / "submitted" / student / module / f"{module}.ipynb"
    try:
        read_notebook(submitted, "ask the student to submit again")
        try:
            _run_nbgrader(module, student)
        except CourseError as error:
            if KERNEL_NOT_STARTED not in str(error):
                raise
            _run_nbgrader(module, student)
    except CourseError as error:
        _needs_a_person(module, student)
        return Outcome(student, "not graded", str(error))
    except OSError as error:
        raise full_disk(error) or error from error
    return Outcome(student, "graded")


def _run_nbgrader(module: str, student: str) -> None:
    config = nbgrader_config()
    with nbgrader_log() as log, ctrl_c_stops():
        directory = course_directory(module, student, config)
        Autograde(coursedir=directory, config=config, force=True, log=log).start()


def _needs_a_person(module: str, student: str) -> None:
    """Take back the automatic scores of an earlier submission, so that they do not pass for this one's."""
    with open_gradebook() as gradebook:
        try:
            notebook = gradebook.find_submission_notebook(module, module, student)
        except MissingEntry:
            return
        for grade in notebook.grades:
            grade.auto_score = None
            grade.needs_manual_grade = grade.manual_score is None
        gradebook.db.commit()


def _common_key(module: str) -> str:
    """What every submission's score depends on."""
    source = cohort_folder() / "source" / module
    files = [path for path in source.rglob("*") if path.is_file()]
    config = tree.root() / "nbgrader_config.py"
    return fingerprint(fingerprint_files(files, source), config.read_bytes(), course_directory(module).db_url)


def _key(module: str, student: str, common: str) -> str:
    submitted = cohort_folder() / "submitted" / student / module
    files = [path for path in submitted.rglob("*") if path.is_file()]
    return fingerprint(fingerprint_files(files, submitted), common)
