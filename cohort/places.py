"""Reads and validates ``places/*.yml``: facts with citation, in-force dates, certainty, reviewer."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AnyUrl, Field, field_validator, model_validator

from cohort import tree
from cohort.course import Credits, Record, Text
from cohort.errors import CourseError
from cohort.yamlfile import read_yaml


class Certainty(StrEnum):
    """How well a fact is known. Only A and B are graded; C and D show as unverified."""

    A = "A"  # read at the source, in its own words
    B = "B"  # stated by a secondary source that was read
    C = "C"  # well known, not yet sourced
    D = "D"  # doubtful or changing


class InForce(Record):
    """When a fact holds; `to` is None while no end is known."""

    from_: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> InForce:
        if self.from_ and self.to and self.from_ > self.to:
            raise ValueError(f"it ends ({self.to}) before it begins ({self.from_}): mend one of the dates")
        return self


class Fact(Record):
    """One statement about a place, with where it comes from and who checked it."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    topic: Annotated[str, Field(pattern=r"^[a-z][a-z0-9.-]*$")]
    text: Text
    value: str | int | float | None = None
    unit: str | None = None
    citation: Text
    in_force: InForce = InForce()
    source: AnyUrl
    certainty: Certainty
    created_by: Text
    reviewed_by: Text | None = None
    reviewed_on: date | None = None

    @property
    def verified(self) -> bool:
        """Whether the fact may be graded (certainty A or B)."""
        return self.certainty in (Certainty.A, Certainty.B)

    @model_validator(mode="after")
    def _review_is_whole(self) -> Fact:
        if (self.reviewed_by is None) != (self.reviewed_on is None):
            raise ValueError("reviewed_by and reviewed_on go together: give both or neither")
        return self


class Season(Record):
    """A season in the words of the place, by months (1 to 12)."""

    name: Text
    months: Annotated[list[Annotated[int, Field(ge=1, le=12)]], Field(min_length=1)]


class Place(Record):
    """A country or state: what changes in a notebook that is taught there."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z]{2})?$")]
    name: Text
    demonym: Text
    languages: Annotated[list[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]], Field(min_length=1)]
    time_zone: Text
    geography: Annotated[list[Text], Field(min_length=1)]
    seasons: Annotated[list[Season], Field(min_length=1)]
    scenarios: dict[str, Text]
    facts: list[Fact]
    credits: Credits

    @field_validator("time_zone")
    @classmethod
    def _time_zone_exists(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError(f"there is no time zone {name}: use a name such as Africa/Lagos")
        return name

    @field_validator("seasons")
    @classmethod
    def _seasons_make_a_year(cls, seasons: list[Season]) -> list[Season]:
        months = sorted(month for season in seasons for month in season.months)
        if months != list(range(1, 13)):
            raise ValueError(f"each month from 1 to 12 belongs to one season, but these name {months}")
        return seasons

    @model_validator(mode="after")
    def _fact_ids_are_unique(self) -> Place:
        ids = [fact.id for fact in self.facts]
        twice = sorted({id for id in ids if ids.count(id) > 1})
        if twice:
            raise ValueError(f"the fact {', '.join(twice)} stands twice: keep one")
        return self

    def scenario(self, module: str) -> str:
        """The situation in which a lesson is set here.

        Raises
        ------
        CourseError
            If the pack has no scenario for `module`.
        """
        if module not in self.scenarios:
            raise CourseError(f"places/{self.code}.yml has no scenario for {module}: add one under scenarios")
        return self.scenarios[module]

    def fact(self, id: str) -> Fact:
        """The fact of that id.

        Raises
        ------
        CourseError
            If the pack has none.
        """
        for fact in self.facts:
            if fact.id == id:
                return fact
        raise CourseError(f"places/{self.code}.yml has no fact {id}: add it under facts")

    def about(self, topic: str) -> list[Fact]:
        """The facts on a topic and on those below it (``deaths`` has ``deaths.registration``)."""
        return [fact for fact in self.facts if fact.topic == topic or fact.topic.startswith(topic + ".")]


def codes() -> list[str]:
    """The places that have a pack, in alphabetical order."""
    return sorted(path.stem for path in (tree.root() / "places").glob("*.yml"))


def load_place(code: str) -> Place:
    """The pack of a place, by its code (``NG``, ``US-CA``).

    Raises
    ------
    CourseError
        If there is no such pack, or it does not validate; the message names the mend.

    Notes
    -----
    A pack is read once a process, and again when its file changes. Each caller has a copy of its own.
    """
    path = tree.root() / "places" / f"{code}.yml"
    if code not in codes():
        raise CourseError(f"there is no place {code!r}: choose one of {', '.join(codes())}, or add {path}")
    state = path.stat()
    place = _read(path, state.st_mtime_ns, state.st_size)
    if place.code != code:
        raise CourseError(f"{path}: its code is {place.code}: rename the file or mend the code")
    # A record is frozen, but the lists in it are not.
    return place.model_copy(deep=True)


@lru_cache(maxsize=64)
def _read(path: Path, mtime: int, size: int) -> Place:
    return read_yaml(path, Place)
