"""Keeps packages: each a file of its own, seen from the moment that its row is committed."""

from __future__ import annotations

import fcntl
import os
import shutil
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine, func, select
from sqlalchemy.exc import ArgumentError, IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from tornado.web import HTTPError

from cohort.errors import CourseError
from cohort.exchange_service.tables import Assignment, Base, Feedback, Submission


class Refusal(HTTPError):
    """The service does not do what was asked: an HTTP status and the reason, in one line."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(status, "%s", words)
        self.words = words


@dataclass
class Upload:
    """A package that was received and checked, and is not yet kept."""

    path: Path
    sha256: str
    size: int
    contents: dict[str, str]
    sender: str
    time: str = field(default_factory=lambda: datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))


class Store:
    """The packages of all courses.

    A package is written to ``incoming/``, moved to ``files/`` and then entered in the database. What is cut short
    between is not seen by anybody, and the sender sends it again.

    Parameters
    ----------
    folder : Path
        Where the files are; only this process may write there.
    database : str, optional
        A URL for SQLAlchemy; without it, SQLite in `folder`.
    student_mb : int, optional
        What one student's attempts may take in one course.

    Raises
    ------
    CourseError
        If another process works in `folder`, or the database cannot be used.
    """

    def __init__(self, folder: Path, database: str = "", student_mb: int = 2000) -> None:
        self.folder = folder
        self.student_mb = student_mb
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = (folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CourseError(f"{folder} is used by another exchange that runs: end it first") from None
        shutil.rmtree(folder / "incoming", ignore_errors=True)
        for name in ("incoming", "files"):
            (folder / name).mkdir(exist_ok=True, mode=0o700)
        try:
            engine = create_engine(database or f"sqlite:///{folder / 'exchange.db'}")
            Base.metadata.create_all(engine)
        except (ArgumentError, OperationalError) as error:
            raise CourseError(f"the exchange's database cannot be used: {error}".splitlines()[0]) from None
        self._begin = sessionmaker(engine, expire_on_commit=False).begin

    def incoming(self) -> Path:
        """A new path to receive a package at."""
        return self.folder / "incoming" / uuid.uuid4().hex

    def file(self, kept: Assignment | Submission | Feedback) -> Path:
        """Where the bytes of a kept package are."""
        return self.folder / "files" / kept.file

    def assignments(self, courses: set[str]) -> list[Assignment]:
        """What is released in these courses."""
        order = (Assignment.course, Assignment.name)
        with self._begin() as session:
            return list(session.scalars(select(Assignment).where(Assignment.course.in_(courses)).order_by(*order)))

    def assignment(self, course: str, name: str) -> Assignment:
        """A released assignment; refuses if there is none."""
        with self._begin() as session:
            return _found(session.get(Assignment, (course, name)), f"{course} has no released assignment {name}")

    def release(self, course: str, name: str, upload: Upload, replace: bool) -> Assignment:
        """Keep an assignment, in place of another only if `replace`."""
        with self._begin() as session:
            old = session.get(Assignment, (course, name))
            if old is not None and not replace and old.sha256 != upload.sha256:
                raise Refusal(409, f"{course} has released {name} already")
            gone = old.file if old is not None else None
            kept = session.merge(Assignment(course=course, name=name, **self._kept(upload)))
        self._forget(gone)
        return kept

    def unrelease(self, course: str, name: str) -> None:
        """Take an assignment back; the attempts at it stay."""
        with self._begin() as session:
            kept = _found(session.get(Assignment, (course, name)), f"{course} has no released assignment {name}")
            session.delete(kept)
        self._forget(kept.file)

    def submit(self, course: str, assignment: str, key: str, upload: Upload) -> Submission:
        """Keep an attempt; the same one sent again is the one that was kept first."""
        with self._begin() as session:
            if known := self._attempt(session, course, assignment, key, upload):
                return known
            _found(session.get(Assignment, (course, assignment)), f"{course} has no released assignment {assignment}")
            total = select(func.sum(Submission.size)).filter_by(course=course, sender=upload.sender)
            if (session.scalar(total) or 0) + upload.size > self.student_mb * 1_000_000:
                most = f"{self.student_mb} MB"
                raise Refusal(413, f"your attempts in {course} would take more than {most}: tell your instructor")
        kept = Submission(course=course, assignment=assignment, key=key, id=uuid.uuid4().hex, **self._kept(upload))
        try:
            with self._begin() as session:
                session.add(kept)
            return kept
        except IntegrityError:  # the same attempt was sent twice at the same time
            self.file(kept).unlink()
            with self._begin() as session:
                return _found(self._attempt(session, course, assignment, key, upload), "no such attempt")

    def submissions(self, course: str, student: str | None = None) -> list[tuple[Submission, Feedback | None]]:
        """The attempts in a course, of one student or of all, oldest first, each with its feedback."""
        query = select(Submission, Feedback).outerjoin(Feedback).where(Submission.course == course)
        if student is not None:
            query = query.where(Submission.sender == student)
        with self._begin() as session:
            return [tuple(row) for row in session.execute(query.order_by(Submission.time, Submission.id))]

    def submission(self, id: str) -> tuple[Submission, Feedback | None]:
        """One attempt and its feedback; refuses if there is none."""
        with self._begin() as session:
            return _found(session.get(Submission, id), "there is no such submission"), session.get(Feedback, id)

    def remove(self, id: str) -> None:
        """Delete an attempt and its feedback."""
        kept, feedback = self.submission(id)
        with self._begin() as session:
            if feedback is not None:
                session.delete(feedback)
                session.flush()
            session.delete(kept)
        self._forget(kept.file, feedback and feedback.file)

    def give_feedback(self, id: str, upload: Upload) -> Feedback:
        """Keep the feedback for an attempt, in place of an earlier one."""
        _, old = self.submission(id)
        with self._begin() as session:
            kept = session.merge(Feedback(submission=id, **self._kept(upload)))
        self._forget(old and old.file)
        return kept

    def _attempt(self, session: Session, course: str, assignment: str, key: str, upload: Upload) -> Submission | None:
        about = {"course": course, "assignment": assignment, "sender": upload.sender, "key": key}
        known = session.scalar(select(Submission).filter_by(**about))
        if known is not None and known.sha256 != upload.sha256:
            raise Refusal(409, "this key was used for an attempt with other content")
        return known

    def _kept(self, upload: Upload) -> dict[str, object]:
        """Move a package to where it stays, on the disk for good; returns the columns of `tables.Package`."""
        kept = uuid.uuid4().hex
        upload.path.replace(self.folder / "files" / kept)
        folder = os.open(self.folder / "files", os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        about = {name: value for name, value in vars(upload).items() if name != "path"}
        return about | {"file": kept}

    def _forget(self, *names: str | None) -> None:
        for name in names:
            if name:
                (self.folder / "files" / name).unlink(missing_ok=True)


def _found(record: object | None, words: str) -> object:
    if record is None:
        raise Refusal(404, words)
    return record
