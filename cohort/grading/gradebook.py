"""Writes grades into nbgrader's gradebook: one engine a run, one transaction a submission."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import SimpleNamespace, TracebackType
from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader import api, preprocessors
from nbgrader.api import Gradebook, InvalidEntry, MissingEntry, SubmittedAssignment
from nbgrader.converters import Autograde
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import load_only
from traitlets import Bool
from traitlets.config import Config

from cohort.errors import CourseError
from cohort.grading.copied import copy_gradebook, rows
from cohort.grading.course_directory import LOG, course_directory, unreadable
from cohort.grading.judged import left_open
from cohort.grading.released import OverwriteCells, OverwriteKernelspec, SourceCells, source_cells
from cohort.notebooks import grade_id, is_check

__all__ = [
    "OverwriteCells",
    "OverwriteKernelspec",
    "SaveAutoGrades",
    "SourceCells",
    "Writer",
    "copy_gradebook",
    "rows",
    "source_cells",
]


class _Rows:
    """A submission's rows, read in three queries, where nbgrader's preprocessors look for them one by one."""

    # What they write is flushed once, before the transaction's one commit.
    db = SimpleNamespace(commit=lambda: None)

    def __init__(self, gradebook: Gradebook, submission: SubmittedAssignment) -> None:
        self.submission = submission
        self.notebooks = {notebook.notebook.name: notebook for notebook in submission.notebooks}
        self._grades = _by_cell(gradebook, submission, api.Grade, ("auto_score", "manual_score", "needs_manual_grade"))
        self._comments = _by_cell(gradebook, submission, api.Comment, ("auto_comment",))

    def find_grade(self, cell: str, notebook: str, assignment: str, student: str) -> api.Grade:
        if (notebook, cell) not in self._grades:
            raise MissingEntry(f"No such grade: {assignment}/{notebook}/{cell} for {student}")
        return self._grades[notebook, cell]

    def find_comment(self, cell: str, notebook: str, assignment: str, student: str) -> api.Comment:
        if (notebook, cell) not in self._comments:
            raise MissingEntry(f"No such comment: {assignment}/{notebook}/{cell} for {student}")
        return self._comments[notebook, cell]


def _by_cell(
    gradebook: Gradebook, submission: SubmittedAssignment, row: type, columns: tuple[str, ...]
) -> dict[tuple[str, str], Any]:
    """Grades or comments of a submission by the names of notebook and cell."""
    cell = api.BaseCell.__table__
    query = (
        select(api.Notebook.name, cell.c.name, row)
        .select_from(row)
        .join(cell, cell.c.id == row.cell_id)
        .join(api.Notebook, api.Notebook.id == cell.c.notebook_id)
        .join(api.SubmittedNotebook, api.SubmittedNotebook.id == row.notebook_id)
        .where(api.SubmittedNotebook.assignment_id == submission.id)
        .options(load_only(*(getattr(row, column) for column in columns)))
    )
    return {(notebook, name): found for notebook, name, found in gradebook.db.execute(query)}


class SaveAutoGrades(preprocessors.SaveAutoGrades):
    """nbgrader's own; and a check that the judge did not grade waits for a person."""

    judged = Bool(False, help="Whether the outputs of checks are a judge's.").tag(config=True)

    def _add_score(self, cell: NotebookNode, resources: ResourcesDict) -> None:
        super()._add_score(cell, resources)
        if self.judged and is_check(cell) and left_open(cell):
            grade = self.gradebook.find_grade(grade_id(cell), self.notebook_id, self.assignment_id, self.student_id)
            grade.auto_score, grade.needs_manual_grade = None, True
            self.gradebook.db.commit()


class _SaveAutoGrades(SaveAutoGrades):
    """The same, on rows that are read already."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        about = resources["nbgrader"]
        self.notebook_id, self.assignment_id = about["notebook"], about["assignment"]
        self.student_id, self.gradebook = about["student"], about["rows"]
        # Past nbgrader's own preprocess, which would open the database.
        return super(preprocessors.SaveAutoGrades, self).preprocess(nb, resources)


class _AssignLatePenalties(preprocessors.AssignLatePenalties):
    """nbgrader's own rule, on rows that are read already."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        about = resources["nbgrader"]
        notebook = about["rows"].notebooks[about["notebook"]]
        late = about["rows"].submission.total_seconds_late
        self.init_plugin()
        notebook.late_submission_penalty = None
        if late > 0:
            penalty = self.plugin_inst.late_submission_penalty(about["student"], notebook.score, late)
            if penalty is not None:
                notebook.late_submission_penalty = self._check_late_penalty(notebook, penalty)
        return nb, resources


class Writer:
    """The one writer of a run: it opens the cohort's gradebook once and commits once a submission.

    Parameters
    ----------
    assignment : str
        The assignment whose submissions it saves.
    config : Config
        nbgrader's, as :func:`cohort.grading.course_directory.nbgrader_config` reads it.

    Raises
    ------
    CourseError
        On entering: if the gradebook cannot be used, or the assignment was never released.
    """

    def __init__(self, assignment: str, config: Config) -> None:
        directory = course_directory(assignment, config=config)
        self._assignment = assignment
        self._url, self._course_id = directory.db_url, directory.course_id
        self._create_student = Autograde(coursedir=directory, config=config, log=LOG).create_student
        self._steps = [step(config=config, log=LOG) for step in (_SaveAutoGrades, _AssignLatePenalties)]

    def __enter__(self) -> Writer:
        with _named_errors(self._url):
            self._gradebook = Gradebook(self._url, self._course_id)
            try:
                self._released = set(source_cells(self._gradebook, self._assignment))
                self._gradebook.db.remove()
            except BaseException:
                self._gradebook.close()
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gradebook.close()

    def save(self, student: str, timestamp: datetime | None, notebooks: dict[str, NotebookNode]) -> None:
        """Write the scores, comments and late penalty of a submission, all of them or none.

        Parameters
        ----------
        student : str
            Whose submission; added to the gradebook unless ``Autograde.create_student`` is off.
        timestamp : datetime or None
            When it was handed in; UTC if it has no time zone. None leaves the gradebook's.
        notebooks : dict of NotebookNode
            The autograded notebooks by name. A notebook of the assignment that is not among
            them scores zero; one that the assignment does not have is passed by.

        Raises
        ------
        CourseError
            If the student is unknown, the submission cannot be scored, or the gradebook cannot be used.
        OSError
            If the disk is full.
        """
        graded = sorted(self._released & notebooks.keys())
        if not graded:
            names = ", ".join(f"{name}.ipynb" for name in sorted(self._released))
            raise CourseError(f"{self._assignment} by {student}: there is no {names}: ask the student to submit again")
        with self._transaction():
            rows = _Rows(self._gradebook, self._submission(student, timestamp))
            for name in rows.notebooks.keys() - set(graded):
                for grade in rows.notebooks[name].grades:
                    grade.auto_score, grade.needs_manual_grade = 0, False
            about = {"student": student, "assignment": self._assignment, "rows": rows}
            for name in graded:
                self._score(notebooks[name], {"nbgrader": about | {"notebook": name}})

    def fail(self, student: str, reason: str, timestamp: datetime | None = None) -> None:
        """Leave a submission to a person: no automatic score, and none of an earlier submission's.

        A student without a submission in the gradebook gets one, as nbgrader gives it before it
        grades, so that the formgrader lists it. Manual scores and comments stay; `reason` goes
        to nbgrader's log.

        Raises
        ------
        CourseError
            If the gradebook cannot be used.
        OSError
            If the disk is full.
        """
        LOG.warning("%s by %s was not graded: %s", self._assignment, student, reason)
        with self._transaction():
            try:
                submission = self._submission(student, timestamp)
            except CourseError:
                return
            for notebook in submission.notebooks:
                notebook.late_submission_penalty = None
                for grade in notebook.grades:
                    grade.auto_score = None
                    grade.needs_manual_grade = grade.manual_score is None
                for comment in notebook.comments:
                    comment.auto_comment = None

    def _submission(self, student: str, timestamp: datetime | None) -> SubmittedAssignment:
        """The submission's row and those below it, made where there are none."""
        if self._create_student:
            self._gradebook.update_or_create_student(student)
        else:
            try:
                self._gradebook.find_student(student)
            except MissingEntry:
                raise CourseError(
                    f"the gradebook has no student {student!r}: run `nbgrader db student add {student}`, "
                    "or set Autograde.create_student in nbgrader_config.py"
                ) from None
        changed = {"timestamp": timestamp} if timestamp else {}
        return self._gradebook.update_or_create_submission(self._assignment, student, **changed)

    def _score(self, notebook: NotebookNode, resources: dict[str, Any]) -> None:
        about = resources["nbgrader"]
        try:
            for step in self._steps:
                step(notebook, resources)
        except (SQLAlchemyError, CourseError):
            raise
        except Exception as error:  # As in nbgrader, what a plugin or a forged cell raises fails this submission only.
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise CourseError(
                f"{about['notebook']}.ipynb by {about['student']} cannot be scored ({reason}): "
                "mend its cells or the late penalty plugin, or grade it by hand"
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """One transaction; a commit that nbgrader's code asks for inside only flushes."""
        gradebook = self._gradebook
        with _named_errors(self._url), gradebook.engine.begin() as connection:
            gradebook.db.configure(bind=connection, join_transaction_mode="rollback_only", expire_on_commit=False)
            try:
                yield
                gradebook.db.flush()
            finally:
                gradebook.db.remove()


@contextmanager
def _named_errors(url: str) -> Iterator[None]:
    """Errors of the database as a CourseError that names it, or an OSError if the disk is full."""
    try:
        yield
    except (SQLAlchemyError, InvalidEntry) as error:
        raise unreadable(url, error) from error
