"""A fact of a place: its topic, its value (a period, a penalty, a list), when it holds and how well it is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import AnyUrl, ConfigDict, Discriminator, Field, RootModel, StrictBool, StrictInt, Tag, model_validator

from cohort.course import Record, Text

if TYPE_CHECKING:
    from cohort.places import Place

Topic = Literal[
    "deaths.registration",
    "season",
    "law.statute",
    "law.regulator",
    "law.scope",
    "law.terms",
    "law.basis",
    "law.sensitive",
    "law.deidentification",
    "law.research",
    "law.transfer",
    "law.localisation",
    "law.rights",
    "law.child",
    "law.registration",
    "law.health",
    "breach.authority",
    "breach.individuals",
    "breach.processor",
    "breach.content",
    "breach.public",
    "penalty.maximum",
    "penalty.case",
    "pesticide.reporting",
    "data.portal",
]
TOPICS: tuple[str, ...] = get_args(Topic)
Count = Annotated[StrictInt, Field(gt=0)]


class Certainty(StrEnum):
    """How well a fact is known. Only A and B are graded; C and D show as unverified."""

    A = "A"  # read at the source, in its own words
    B = "B"  # stated by a secondary source that was read
    C = "C"  # well known, not yet sourced
    D = "D"  # doubtful or changing


class InForce(Record):
    """When a fact holds, both days included; `to` is None while no end is known."""

    from_: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.from_ or date.min) <= day <= (self.to or date.max)

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> InForce:
        if self.from_ and self.to and self.from_ > self.to:
            raise ValueError(f"it ends ({self.to}) before it begins ({self.from_}): mend one of the dates")
        return self


class Period(Record):
    """How long somebody has: in one unit, or in the law's words where it gives no number."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    hours: Count | None = None
    calendar_days: Count | None = None
    business_days: Count | None = None
    without_number: Text | None = None

    def __str__(self) -> str:
        if self.without_number:
            return self.without_number
        ((unit, count),) = self.model_dump(exclude_none=True).items()
        words = unit.replace("_", " ")
        return f"{count} {words.removesuffix('s') if count == 1 else words}"

    @model_validator(mode="after")
    def _has_one_unit(self) -> Period:
        if len(self.model_dump(exclude_none=True)) != 1:
            raise ValueError(f"a period has one of {', '.join(Period.model_fields)}: give one of them")
        return self

    def end(self, begun: datetime, place: Place) -> datetime | None:
        """The last moment of the period, in the time zone of the place.

        Parameters
        ----------
        begun : datetime
            When the period begins, such as when the controller became aware; must carry a time zone.
        place : Place
            Whose time zone, weekend and public holidays count.

        Returns
        -------
        datetime or None
            None where the law gives no number ("as soon as reasonably possible").

        Raises
        ------
        ValueError
            If `begun` has no time zone.
        CourseError
            If business days are counted and the pack names no holidays.

        Notes
        -----
        Hours run through nights, weekends and changes of the clock. Of days, the one on which the period
        begins, by the clock of the place, is not counted, and the last one runs until 23:59:59. Calendar days
        may end on a holiday. Business days leave out the weekend and the public holidays of the place; of those
        that follow the moon or are declared late, the ones to come are estimates.

        Statutes differ: some count the first day, some move an end that falls on a holiday, some end a day
        with the office hours. This is a way to plan, not legal advice.

        Examples
        --------
        >>> from cohort.places import load_place
        >>> aware = datetime(2026, 11, 20, 17, tzinfo=ZoneInfo("Africa/Lagos"))
        >>> print(Period(hours=72).end(aware, load_place("NG")))
        2026-11-23 17:00:00+01:00
        """
        if begun.tzinfo is None:
            raise ValueError(f"{begun} has no time zone: add one, such as tzinfo=ZoneInfo({place.time_zone!r})")
        zone = ZoneInfo(place.time_zone)
        if self.without_number:
            return None
        if self.hours:
            # In UTC, because Python adds to the clock on the wall, which may change in between.
            return (begun.astimezone(UTC) + timedelta(hours=self.hours)).astimezone(zone)
        first = begun.astimezone(zone).date()
        if self.calendar_days:
            last = first + timedelta(days=self.calendar_days)
        else:
            last = place.public_holidays().get_nth_working_day(first, self.business_days)
        return datetime.combine(last, time(23, 59, 59), zone)


class Penalty(Record):
    """The most that a law threatens: an amount, a share of the turnover, or one of both by `rule`."""

    rule: Literal["greater_of", "lower_of", "fixed"]
    amount: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    # A code of ISO 4217, or the unit of a statute, such as SMLMV or UMA.
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3,5}$")] | None = None
    share_of_turnover: Annotated[float, Field(gt=0, le=1)] | None = None

    def __str__(self) -> str:
        parts = []
        if self.amount is not None:
            parts.append(f"{self.currency} {self.amount:,.15g}")
        if self.share_of_turnover is not None:
            parts.append(f"{100 * self.share_of_turnover:.6g} % of turnover")
        return " and ".join(parts) if self.rule == "fixed" else f"the {self.rule[:-3]} of {' and '.join(parts)}"

    @model_validator(mode="after")
    def _can_be_worked_out(self) -> Penalty:
        if (self.amount is None) != (self.currency is None):
            raise ValueError("amount and currency go together: give both or neither")
        parts = [self.amount, self.share_of_turnover]
        if parts == [None, None]:
            raise ValueError("a penalty has an amount, a share_of_turnover or both: give one")
        if self.rule != "fixed" and None in parts:
            raise ValueError(f"{self.rule} chooses between amount and share_of_turnover: give both, or use fixed")
        return self


class Conditions(Record):
    """What has to be there before something is allowed: everything that one of the lists of `any_of` names."""

    any_of: Annotated[list[Annotated[list[Text], Field(min_length=1)]], Field(min_length=1)]

    def __str__(self) -> str:
        return "; or ".join(" and ".join(needed) for needed in self.any_of)


class Kinds(RootModel):
    """Kinds of data that a law names, such as those it calls sensitive; an empty list says that it names none."""

    model_config = ConfigDict(frozen=True)

    root: list[Text]

    def __str__(self) -> str:
        return ", ".join(self.root) or "none"


def _kind(value: object) -> str | None:
    """Which kind of value a fact has, so that an error speaks of that kind only."""
    match value:
        case Period() | Penalty() | Conditions() | Kinds():
            return type(value).__name__.lower()
        case dict() if "rule" in value:
            return "penalty"
        case dict():
            return "conditions" if "any_of" in value else "period"
        case list():
            return "kinds"
        case str() | int() | float():
            return "scalar"
    return None


Value = Annotated[
    Annotated[str | StrictBool | int | float, Tag("scalar")]
    | Annotated[Period, Tag("period")]
    | Annotated[Penalty, Tag("penalty")]
    | Annotated[Conditions, Tag("conditions")]
    | Annotated[Kinds, Tag("kinds")],
    Discriminator(
        _kind,
        custom_error_type="value_kind",
        custom_error_message="A value is a text, a number, true or false, a period, a penalty, conditions or a list",
    ),
]


class Fact(Record):
    """One statement about a place, with where it comes from and who checked it.

    `trigger` says when a duty begins. Two facts of one topic that hold at different times differ in `id`
    and in `in_force`.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    topic: Topic
    text: Text
    trigger: Text | None = None
    value: Value | None = None
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
