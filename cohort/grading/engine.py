"""Grades submissions, one after another, with nbgrader's own autograder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde

from cohort import tree
from cohort.course import cohort_folder, load_cohort
from cohort.done import Done, fingerprint, fingerprint_files
from cohort.errors import CourseError, full_disk
from cohort.grading.course_directory import course_directory, nbgrader_config, nbgrader_log
from cohort.notebooks import read_notebook


@dataclass(frozen=True)
class Outcome:
    """What became of one submission: ``graded``, ``unchanged``, or ``not graded`` with the reason."""

    student: str
    state: str
    reason: str = ""


def submissions(module: str) -> list[str]:
    """The students of whom there is a submission, in alphabetical order."""
    return sorted(path.parent.name for path in (cohort_folder() / "submitted").glob(f"*/{module}") if path.is_dir())


def autograde(module: str, students: list[str] | None = None, force: bool = False) -> Iterator[Outcome]:
    """Grade submissions and yield an outcome after each; those graded before are passed by.

    A submission is graded again when it, the source notebook or nbgrader's configuration
    changed since, or with `force`. One that cannot be graded does not stop the others.
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
    _assignment_is_known(module)
    return _autograde(module, students or waiting, force)


def _autograde(module: str, students: list[str], force: bool) -> Iterator[Outcome]:
    done = Done(cohort_folder() / "_build" / "graded" / f"{module}.json")
    for student in students:
        key = _key(module, student)
        graded = cohort_folder() / "autograded" / student / module / f"{module}.ipynb"
        if not force and graded.exists() and done.has(student, key):
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
        config = nbgrader_config()
        with nbgrader_log() as log:
            directory = course_directory(module, student, config)
            Autograde(coursedir=directory, config=config, force=True, log=log).start()
    except CourseError as error:
        return Outcome(student, "not graded", str(error))
    except OSError as error:
        raise full_disk(error) or error from error
    return Outcome(student, "graded")


def _key(module: str, student: str) -> str:
    submitted = cohort_folder() / "submitted" / student / module
    files = [path for path in submitted.rglob("*") if path.is_file()]
    return fingerprint(
        fingerprint_files(files, submitted),
        _source(module).read_bytes(),
        (tree.root() / "nbgrader_config.py").read_bytes(),
    )


def _source(module: str) -> Path:
    return cohort_folder() / "source" / module / f"{module}.ipynb"


def _assignment_is_known(module: str) -> None:
    config = nbgrader_config()
    with Gradebook(course_directory(module, config=config).db_url, load_cohort().id) as gradebook:
        try:
            gradebook.find_assignment(module)
        except MissingEntry:
            raise CourseError(f"{module} was never released to this cohort: run `cohort release {module}`") from None
