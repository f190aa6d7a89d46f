"""What a fact says: periods that end when the place's calendar lets them, penalties, and when each holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohort.errors import CourseError
from cohort.facts import Conditions, InForce, Kinds, Penalty, Period
from cohort.places import Holidays, Place, load_place

# Weekends of two days that differ, of one day, and a calendar with many holidays.
ZONES = {
    "BR": "America/Sao_Paulo",
    "CO": "America/Bogota",
    "EG": "Africa/Cairo",
    "IR": "Asia/Tehran",
    "NG": "Africa/Lagos",
}
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
COUNTS = st.integers(1, 60)


def at(country: str) -> Place:
    """Nigeria's pack with the calendar of another country."""
    change = {"holidays": Holidays(country=country), "time_zone": ZONES[country]}
    return load_place("NG").model_copy(update=change)


PLACES = {country: at(country) for country in ZONES}


# The first use of a calendar works it out, which takes longer than hypothesis allows.
@settings(deadline=None)
@given(st.sampled_from(sorted(ZONES)), INSTANTS, COUNTS)
def test_business_days_never_end_on_a_holiday_or_weekend(country, begun, days):
    last = Period(business_days=days).end(begun, PLACES[country]).date()
    holidays = PLACES[country].public_holidays()
    assert last not in holidays
    assert last.weekday() not in holidays.weekend or last in holidays.weekend_workdays


@settings(deadline=None)
@given(st.sampled_from(sorted(ZONES)), INSTANTS, COUNTS)
def test_more_days_never_end_earlier(country, begun, days):
    place = PLACES[country]
    for unit in Period.model_fields.keys() - {"without_number"}:
        assert Period(**{unit: days}).end(begun, place) < Period(**{unit: days + 1}).end(begun, place)


@settings(deadline=None)
@given(st.sampled_from(sorted(ZONES)), INSTANTS, COUNTS)
def test_business_days_are_no_shorter_than_calendar_days(country, begun, days):
    place = PLACES[country]
    assert Period(business_days=days).end(begun, place) >= Period(calendar_days=days).end(begun, place)


@settings(deadline=None)
@given(INSTANTS, COUNTS)
def test_hours_run_through_a_change_of_the_clock(begun, hours):
    place = load_place("NG").model_copy(update={"time_zone": "America/Los_Angeles"})
    assert Period(hours=hours).end(begun, place).astimezone(UTC) - begun == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("country", "period", "begun", "ends"),
    [
        # Good Friday is 3 April 2026, and Tiradentes Tuesday 21 April.
        ("BR", Period(business_days=3), "2026-04-01T10:00-03:00", "2026-04-07"),
        ("BR", Period(business_days=3), "2026-04-17T10:00-03:00", "2026-04-23"),
        # Colombia also rests on Maundy Thursday; the fifteenth working day lies behind Easter.
        ("CO", Period(business_days=15), "2026-03-25T10:00-05:00", "2026-04-17"),
        # Egypt rests on Friday and Saturday, Iran on Friday.
        ("EG", Period(business_days=1), "2026-11-19T12:00+02:00", "2026-11-22"),
        ("IR", Period(business_days=1), "2026-11-26T12:00+03:30", "2026-11-28"),
        # It is the next day already in Lagos.
        ("NG", Period(calendar_days=30), "2026-06-01T23:30+00:00", "2026-07-02"),
    ],
)
def test_the_last_day_is_counted_by_the_calendar_of_the_place(country, period, begun, ends):
    end = period.end(datetime.fromisoformat(begun), at(country))
    assert end == datetime.fromisoformat(f"{ends}T23:59:59").replace(tzinfo=ZoneInfo(ZONES[country]))


def test_a_law_without_a_number_gives_no_date():
    assert Period(without_number="as soon as reasonably possible").end(datetime.now(UTC), load_place("NG")) is None


@pytest.mark.parametrize("period", [Period(hours=72), Period(without_number="promptly")])
def test_an_instant_without_a_time_zone_is_refused(period):
    with pytest.raises(ValueError, match=r"2026-01-01 00:00:00 has no time zone: add one, such as .*'Africa/Lagos'"):
        period.end(datetime(2026, 1, 1), load_place("NG"))


def test_business_days_want_to_know_the_holidays():
    begun, period = datetime.now(UTC), Period(business_days=3)
    with pytest.raises(CourseError, match=r"places/NG.yml names no holidays: add holidays with a country"):
        period.end(begun, load_place("NG").model_copy(update={"holidays": None}))
    with pytest.raises(CourseError, match=r"places/NG.yml: holidays: .*EU.*choose one that PyPI holidays knows"):
        period.end(begun, load_place("NG").model_copy(update={"holidays": Holidays(country="EU")}))


def test_a_value_reads_as_a_person_would_say_it():
    assert str(Period(hours=1)) == "1 hour"
    assert str(Period(business_days=15)) == "15 business days"
    assert str(Period(without_number="promptly")) == "promptly"
    both = {"amount": 10_000_000, "currency": "NGN", "share_of_turnover": 0.02}
    assert str(Penalty(rule="greater_of", **both)) == "the greater of NGN 10,000,000 and 2 % of turnover"
    assert str(Penalty(rule="fixed", amount=50, currency="UMA")) == "UMA 50"
    assert str(Conditions(any_of=[["consent", "safeguards"], ["treaty"]])) == "consent and safeguards; or treaty"
    assert str(Kinds(["age", "health"])) == "age, health"
    assert str(Kinds([])) == "none"


def test_a_law_enacted_is_not_yet_in_force():
    first = load_place("NG").facts[0]
    old = first.model_copy(update={"in_force": InForce(to=date(2027, 5, 13))})
    new = first.model_copy(update={"id": "later", "in_force": InForce.model_validate({"from": date(2027, 5, 14)})})
    place = load_place("NG").model_copy(update={"facts": [old, new]})
    assert place.in_force("deaths", date(2027, 5, 13)) == [old]
    assert place.in_force("deaths.registration", date(2027, 5, 14)) == [new]
    assert place.in_force("season", date(2027, 5, 14)) == []
