"""Reads and validates ``course.yml`` and ``cohort.yml``: Course, Module, Cohort."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from cohort import datasets, tree
from cohort.errors import CourseError
from cohort.yamlfile import read_yaml

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]


class Record(BaseModel):
    """A frozen record; a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(Record):
    """Someone who made a part of the course; `country` is an ISO 3166-1 code."""

    name: Text
    role: Text
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None


class Reviewer(Person):
    """Someone who checked a part of the course, and when."""

    reviewed_on: date


class Credits(Record):
    """Who made a module and who reviewed it; ``wanted`` where a seat is open."""

    authors: list[Person] | Literal["wanted"]
    reviewers: list[Reviewer] | Literal["wanted"]


class Localism(Record):
    """The answers to the questions of the localism lens; None where a question is open."""

    curated: Text | None = None
    reviewed: Text | None = None
    local_experts: Text | None = None
    relevance: Text | None = None


class Minutes(Record):
    """How long a learner needs, in minutes."""

    lesson: Annotated[int, Field(gt=0)]
    assignment: Annotated[int, Field(gt=0)]


class Track(Record):
    """One of the two tracks of the course."""

    id: Annotated[str, Field(pattern=r"^[A-Z]$")]
    title: Text


class Module(Record):
    """One lesson, one assignment and one chapter, found under `name` in every folder.

    `topics` names the facts of a place that the module tells, as `Place.about` does; without it, all of them.
    """

    name: Name
    code: Annotated[str, Field(pattern=r"^[A-Z][0-9]+$")]
    title: Text
    question: Text
    minutes: Minutes
    objectives: Annotated[list[Text], Field(min_length=1)]
    datasets: list[Name]
    prerequisites: list[Name]
    topics: list[Text] | None = None
    credits: Credits
    localism: Localism = Localism()

    @property
    def track(self) -> str:
        """The id of the module's track, the letter of its code."""
        return self.code[0]

    @model_validator(mode="after")
    def _datasets_exist(self) -> Module:
        unknown = sorted(set(self.datasets) - set(datasets.names()))
        if unknown:
            raise ValueError(f"there is no dataset {', '.join(unknown)}: choose from {', '.join(datasets.names())}")
        return self

    @field_validator("topics")
    @classmethod
    def _topics_exist(cls, topics: list[str] | None) -> list[str] | None:
        # Here, because facts are records of this module.
        from cohort.facts import TOPICS

        known = {*TOPICS, *(topic.partition(".")[0] for topic in TOPICS)}
        if unknown := sorted(set(topics or ()) - known):
            raise ValueError(f"there is no topic {', '.join(unknown)}: choose from {', '.join(sorted(known))}")
        return topics


class Course(Record):
    """The one table of contents.

    `checks` says where the checks of assignments run: before a ``judge``, in a process that no student's
    code runs in, or ``in_kernel``, as in nbgrader, where a student's code can read and deceive them.
    `credits` are those of the book's pages that belong to no module.
    """

    title: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
    checks: Literal["judge", "in_kernel"] = "in_kernel"
    credits: Credits = Credits(authors="wanted", reviewers="wanted")
    tracks: Annotated[list[Track], Field(min_length=1)]
    modules: Annotated[list[Module], Field(min_length=1)]

    def module(self, name: str) -> Module:
        """The module of that name.

        Raises
        ------
        CourseError
            If there is none; the message lists those there are.
        """
        for module in self.modules:
            if module.name == name:
                return module
        known = ", ".join(module.name for module in self.modules)
        raise CourseError(f"there is no module {name!r} in course.yml: choose one of {known}")


def disorder(course: Course) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What does not fit between tracks and modules: where in the file, and the mend."""
    tracks = {track.id for track in course.tracks}
    names: set[str] = set()
    codes: set[str] = set()
    for number, module in enumerate(course.modules):
        if module.name in names:
            yield ("modules", number, "name"), f"the module {module.name} stands twice: keep one"
        if module.code in codes:
            yield ("modules", number, "code"), f"the code {module.code} stands twice: give each module its own"
        if module.track not in tracks:
            yield (
                ("modules", number, "code"),
                f"the module {module.name} has the code {module.code}, but there is no track {module.track}",
            )
        for needed in module.prerequisites:
            if needed not in names:
                message = f"the module {module.name} needs {needed}: list {needed} before it"
                yield ("modules", number, "prerequisites"), message
        names.add(module.name)
        codes.add(module.code)


class Cohort(Record):
    """A group of students with a place, a language and its own gradebook.

    `seed` is set in the cohort's lessons and assignments, where made-up data follows it; a
    cohort that grades for credit keeps its file to itself. `gradebook` is an SQLAlchemy URL;
    None stands for an SQLite file in the cohort's folder.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Text
    place: Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z]{2})?$")]
    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
    seed: int
    pass_mark: Annotated[float, Field(ge=0, le=1)]
    gradebook: str | None = None


def load_course(path: Path | None = None) -> Course:
    """The course as ``course.yml`` states it.

    Raises
    ------
    CourseError
        If the file is missing or does not validate; the message names file, line and mend.
    """
    path = path or tree.root() / "course.yml"
    return read_yaml(path, Course, "run the command in a checkout of the course", disorder)


def cohort_folder(id: str | None = None) -> Path:
    """The folder of a cohort: the tree's root for ``demo``, else ``cohorts/<id>``.

    Without `id`, the cohort that the environment variable ``COHORT`` names.
    """
    id = id or os.environ.get("COHORT") or "demo"
    return tree.root() if id == "demo" else tree.root() / "cohorts" / id


def load_cohort(id: str | None = None) -> Cohort:
    """The cohort of that id, or the one that ``COHORT`` names, or ``demo``.

    Raises
    ------
    CourseError
        If it has no ``cohort.yml``, the file does not validate, or its id is not its folder's name.
    """
    path = cohort_folder(id) / "cohort.yml"
    cohort = read_yaml(path, Cohort, "copy cohort.yml from the root of the course and set its id, place and seed")
    wanted = "demo" if path.parent == tree.root() else path.parent.name
    if cohort.id != wanted:
        raise CourseError(f"{path}: its id is {cohort.id}, but its folder stands for {wanted}: make them equal")
    return cohort
