"""Reads and validates ``places/*.yml``: what changes in a notebook that is taught there."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AnyUrl, Field, field_validator, model_validator

from cohort import datasets, tree
from cohort.course import Credits, Name, Record, Text
from cohort.errors import CourseError
from cohort.facts import Fact
from cohort.yamlfile import read_yaml

if TYPE_CHECKING:
    from holidays import HolidayBase


class Season(Record):
    """A season in the words of the place, by months (1 to 12)."""

    name: Text
    months: Annotated[list[Annotated[int, Field(ge=1, le=12)]], Field(min_length=1)]


class Holidays(Record):
    """Whose public holidays count: the names that PyPI `holidays` gives to a country and a part of it."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    subdivision: Text | None = None

    def known(self) -> HolidayBase:
        """The public holidays of every year, and the weekend.

        Raises
        ------
        CourseError
            If PyPI `holidays` does not know the country or the subdivision.
        """
        # Here, because most of those who read a pack count no days.
        from holidays import country_holidays

        try:
            # One language, or the names would follow the settings of the machine.
            return country_holidays(self.country, subdiv=self.subdivision, language="en_US")
        except NotImplementedError as error:
            raise CourseError(f"{error}: choose one that PyPI holidays knows") from error


class Term(Record):
    """A law's own word for a concept; `meaning` says it in English where the law does not."""

    term: Text
    short: Text | None = None
    meaning: Text | None = None


class Law(Record):
    """The statute that rules personal data, and its own words by concept (``data_subject``)."""

    statute: Text
    short: Text
    terms: dict[Name, Term]


class Identifier(Record):
    """The number by which the place knows a person; each # of `pattern` is a digit."""

    name: Text
    short: Text | None = None
    pattern: Text


class Formats(Record):
    """What synthetic people of the place are called and how their numbers look."""

    given_names: Annotated[list[Text], Field(min_length=1)]
    family_names: Annotated[list[Text], Field(min_length=1)]
    phone: Annotated[str, Field(pattern="#")]
    identifier: Identifier


class Partner(Record):
    """The kind of partner that a cohort here works for; no real organisation."""

    brief: Text


class Authority(Record):
    """An office to learn from, or a portal of open data."""

    name: Text
    what: Text
    url: AnyUrl


class Place(Record):
    """A country or state: what changes in a notebook that is taught there.

    `depth` is what ``cohort place check`` asks of the pack. `datasets` names the default dataset of each
    topic that a lesson may ask for.
    """

    code: Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z]{2})?$")]
    name: Text
    demonym: Text
    depth: Literal["full", "brief"] = "full"
    languages: Annotated[list[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]], Field(min_length=1)]
    time_zone: Text
    holidays: Holidays | None = None
    geography: Annotated[list[Text], Field(min_length=1)]
    seasons: Annotated[list[Season], Field(min_length=1)]
    law: Law | None = None
    formats: Formats | None = None
    datasets: Annotated[dict[Name, Name], Field(default_factory=dict)]
    partner: Partner | None = None
    authorities: Annotated[list[Authority], Field(default_factory=list)]
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

    @field_validator("datasets")
    @classmethod
    def _datasets_exist(cls, chosen: dict[str, str]) -> dict[str, str]:
        unknown = sorted(set(chosen.values()) - set(datasets.names()))
        if unknown:
            raise ValueError(f"there is no dataset {', '.join(unknown)}: choose from {', '.join(datasets.names())}")
        return chosen

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

    def in_force(self, topic: str, on: date) -> list[Fact]:
        """The facts on a topic, and on those below it, that hold on a day."""
        return [fact for fact in self.about(topic) if on in fact.in_force]

    def public_holidays(self) -> HolidayBase:
        """The public holidays of every year, and the weekend, as PyPI `holidays` knows them.

        Raises
        ------
        CourseError
            If the pack names no country, or one that PyPI `holidays` does not know.
        """
        where = f"places/{self.code}.yml"
        if self.holidays is None:
            raise CourseError(f"{where} names no holidays: add holidays with a country that PyPI holidays knows")
        try:
            return self.holidays.known()
        except CourseError as error:
            raise CourseError(f"{where}: holidays: {error}") from error


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
