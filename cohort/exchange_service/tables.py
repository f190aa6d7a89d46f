"""What the service knows of each package: three tables beside the folder that holds the files."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The tables of the exchange."""


class Package:
    """What every received package has.

    Attributes
    ----------
    file : str
        Its name in the folder of files.
    contents : dict of str to str
        The SHA-256 of each file in it, by its path.
    time : str
        When it was received, in UTC: ``2026-11-23T08:00:00.000000Z``.
    sender : str
        Whose token it came with.
    """

    file: Mapped[str] = mapped_column(String(32))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    contents: Mapped[dict[str, str]] = mapped_column(JSON)
    time: Mapped[str] = mapped_column(String(32))
    sender: Mapped[str] = mapped_column(String(255))


class Assignment(Package, Base):
    """An assignment as it is released now."""

    __tablename__ = "assignments"

    course: Mapped[str] = mapped_column(String(100), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), primary_key=True)


class Submission(Package, Base):
    """One attempt of a student, who is its sender; `key` is what the student's program chose for it."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("course", "assignment", "sender", "key"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    course: Mapped[str] = mapped_column(String(100))
    assignment: Mapped[str] = mapped_column(String(100))
    key: Mapped[str] = mapped_column(String(64))


class Feedback(Package, Base):
    """The pages of feedback for one attempt."""

    __tablename__ = "feedback"

    submission: Mapped[str] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
