"""Place packs: facts with citation, certainty and review; nothing unverified passes for known."""

from __future__ import annotations

import re

import pytest

from cohort import cards, places
from cohort.errors import CourseError


@pytest.mark.parametrize("code", places.codes())
def test_every_fact_has_a_citation_a_source_and_says_who_checked_it(code):
    for fact in places.load_place(code).facts:
        assert fact.citation
        assert str(fact.source).startswith("http")
        shown = cards.facts(code, fact.topic).data
        assert (fact.reviewed_by or "not yet reviewed by a local expert") in shown


@pytest.mark.parametrize("code", places.codes())
def test_an_unsourced_fact_is_shown_as_unverified(code):
    for fact in places.load_place(code).facts:
        assert fact.verified == (fact.certainty in "AB")
        row = next(line for line in cards.facts(code, fact.topic).data.splitlines() if fact.text[:30] in line)
        assert ("**Unverified.**" in row) != fact.verified


def test_open_seats_say_wanted():
    assert "**wanted** (not yet reviewed by a local expert)" in cards.makers("excess", "NG").data


def test_a_topic_without_a_fact_is_said_in_words_and_is_no_empty_table():
    code = next(code for code in places.codes() if not places.load_place(code).about("pesticide.reporting"))
    said = cards.facts(code, "pesticide.reporting").data
    assert "has no fact on this" in said and "|" not in said


def test_a_topic_brings_the_topics_below_it():
    ids = [fact.id for fact in places.load_place("NG").about("deaths")]
    assert ids == ["deaths-registered-share", "deaths-registrar"]


def test_an_unknown_place_is_named_with_those_there_are(tiny):
    with pytest.raises(CourseError, match=r"no place 'XX': choose one of IN, NG, or add .*places/XX.yml"):
        places.load_place("XX")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: deaths-registrar", "id: deaths-registered-share", "the fact deaths-registered-share stands twice"),
        ("certainty: C", "certainty: maybe", r"NG.yml:\d+: facts.2.certainty: .*not 'maybe'"),
        ("source: https://nimet.gov.ng", "source: nimet", r"facts.2.source: .*not 'nimet'"),
        ("code: NG", "code: GH", r"NG.yml: its code is GH: rename the file or mend the code"),
        ("months: [11, 12, 1, 2, 3]", "months: [13]", r"seasons.0.months.0: .*not 13"),
        ("certainty: C", "certainty: C\n    in_force: {from: 2026-02-30}", "not one .*: write a date as 2021-03-12"),
        ("demonym: Nigerian", "demonym: Nigerian: of Nigeria", r"NG.yml:\d+: not valid YAML: .*: put quotes around a"),
        ("demonym: Nigerian", "demonym:\tNigerian", r"NG.yml:\d+: not valid YAML: .*: use spaces, not tabs"),
        ("certainty: C", "certainty: C\n    in_force: {from: 2020-01-01, to: 1999-01-01}", "ends .* before it begins"),
        ("time_zone: Africa/Lagos", "time_zone: Mars/Olympus", "there is no time zone Mars/Olympus"),
        ("months: [11, 12, 1, 2, 3]", "months: [11, 12, 1, 2]", "each month from 1 to 12 belongs to one season"),
        ("certainty: C", "certainty: C\n    reviewed_by: A. Person", "reviewed_by and reviewed_on go together"),
        ("topic: season", "topic: seasons", r"NG.yml:\d+: facts.\d+.topic: .*'data.portal', not 'seasons'"),
        ("value: 0.10", "value: 2020-01-01", r"NG.yml:\d+: facts.0.value: a value is a text, a number"),
        ("value: 0.10", "value: [1]", r"NG.yml:\d+: facts.0.value.kinds.0: .*not 1"),
        ("value: 0.10", "value: {any_of: []}", r"facts.0.value.conditions.any_of: .*at least 1 item"),
        ("value: 0.10", "value: {any_of: [consent]}", r"facts.0.value.conditions.any_of.0: .*list, not 'consent'"),
        ("value: 0.10", "value: {hours: 0}", r"facts.0.value.period.hours: .*greater than 0, not 0"),
        ("value: 0.10", "value: {days: 3}", r"facts.0.value.period.days: is not a known key"),
        ("value: 0.10", "value: {hours: 1, business_days: 3}", "a period has one of hours, calendar_days"),
        ("value: 0.10", "value: {rule: fixed}", "a penalty has an amount, a share_of_turnover or both"),
        ("value: 0.10", "value: {rule: fixed, amount: 5}", "amount and currency go together"),
        ("value: 0.10", "value: {rule: lower_of, share_of_turnover: 0.01}", "lower_of chooses between amount and"),
        ("value: 0.10", "value: {rule: most, share_of_turnover: 0.01}", r"penalty.rule: .*not 'most'"),
        ("geography:", "depth: deep\ngeography:", r"NG.yml:\d+: depth: .*'full' or 'brief', not 'deep'"),
    ],
)
def test_a_fault_in_a_pack_is_named(tiny, old, new, message):
    path = tiny / "places/NG.yml"
    text = path.read_text()
    assert old in text
    path.write_text(re.sub(r"^depth: .*\n", "", text, flags=re.MULTILINE).replace(old, new, 1))
    with pytest.raises(CourseError, match=message):
        places.load_place("NG")


def test_a_missing_scenario_or_fact_names_the_file_to_mend(tiny):
    place = places.load_place("NG")
    with pytest.raises(CourseError, match=r"places/NG.yml has no scenario for moon: add one"):
        place.scenario("moon")
    with pytest.raises(CourseError, match=r"places/NG.yml has no fact rain: add it"):
        place.fact("rain")


def test_changing_a_pack_in_memory_does_not_change_the_next_one():
    places.load_place("NG").facts.clear()
    places.load_place("NG").scenarios["excess"] = "another"
    assert places.load_place("NG").facts
    assert places.load_place("NG").scenario("excess") != "another"


def test_a_pack_that_changes_is_read_anew(tiny):
    before = places.load_place("NG").name
    path = tiny / "places" / "NG.yml"
    path.write_text(path.read_text().replace(f"name: {before}", "name: Elsewhere", 1))
    assert places.load_place("NG").name == "Elsewhere"
    path.write_text("code: [")
    with pytest.raises(CourseError, match="not valid YAML"):
        places.load_place("NG")
