"""The assignment of the module breach: its solution counts as the course does, and it runs for every place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from cohort import answers, tree
from cohort.notebooks import grade_id, is_check, read_notebook
from cohort.places import codes, load_place

SOURCE = read_notebook(tree.source("breach"))
MOMENTS = [
    datetime(2026, 3, 27, 17, 30, tzinfo=UTC),
    datetime(2026, 10, 31, 23, 59, tzinfo=UTC),
    datetime(2026, 12, 23, 18, 0, tzinfo=UTC),
]


def worked(place: str) -> SimpleNamespace:
    """The assignment with the reference solution and without its checks, run for a place."""
    solutions = answers.reference("breach")
    names = {"display": lambda *_: None}
    for cell in SOURCE.cells:
        if cell.cell_type == "code" and not is_check(cell):
            code = solutions.get(grade_id(cell), cell.source).replace('place = "NG"', f'place = "{place}"')
            exec(compile(code, cell.id, "exec"), names)
    return SimpleNamespace(**names)


@pytest.mark.parametrize("place", codes())
def test_the_solution_counts_each_duty_of_a_place_as_the_pack_does(place):
    work, here = worked(place), load_place(place)
    assert work.duties
    for fact in here.about("breach"):
        if fact.value is None or isinstance(fact.value, str):
            continue
        period = fact.value.model_dump(exclude_none=True)
        for moment in MOMENTS:
            if "business_days" in period and here.holidays is None:
                continue
            found = work.deadline(period, moment, here.time_zone, work.days_off)
            assert found == fact.value.end(moment, here)
            assert found is None or found.tzinfo == ZoneInfo(here.time_zone)


def test_only_verified_facts_become_duties():
    duties_of = worked("NG").duties_of
    for place in codes():
        facts = {fact.id: fact for fact in load_place(place).facts}
        assert all(facts[duty["id"]].verified for duty in duties_of(place))
        # Where a place has none, Nigeria's are there to practise with.
        assert worked(place).duties == (duties_of(place) or duties_of("NG"))


def test_duties_know_their_level_their_number_and_their_start():
    duties_of = worked("NG").duties_of
    needs = {code: [(duty["whom"], duty["needs"]) for duty in duties_of(code)] for code in ("NG", "EU", "IN")}
    assert needs["NG"] == needs["EU"] == [("authority", "risk"), ("people", "high risk")]
    assert {level for _, level in needs["IN"]} == {None}
    [sample] = [duty for duty in duties_of("US-CA") if duty["whom"] == "authority"]
    assert (sample["more_than"], sample["starts"]) == (500, "told")
    assert [duty["period"] for duty in duties_of("BR")] == [{"business_days": 3}] * 2


def test_india_has_one_clock_before_its_new_rules_and_four_after():
    work, zone = worked("IN"), ZoneInfo("Asia/Kolkata")
    before, after = (
        work.clocks(work.duties, {"aware": datetime(2027, 5, day, 10, tzinfo=zone)}, "Asia/Kolkata", [])
        for day in (13, 14)
    )
    assert before["id"].tolist() == ["breach-certin"]
    assert after["id"].tolist() == ["breach-certin", "breach-board-detail", "breach-board", "breach-individuals"]


def test_the_notice_of_the_solution_keeps_to_its_length():
    assert len(answers.reference("breach")["notice"].split()) <= 150


def test_points_are_those_that_the_assignment_announces():
    points = {
        grade_id(cell): cell.metadata["nbgrader"].get("points", 0)
        for cell in SOURCE.cells
        if cell.metadata.get("nbgrader")
    }
    [text] = [cell.source for cell in SOURCE.cells if cell.id == "how-it-works"]
    assert f"**Points:** {sum(points.values())}, of which {sum(points.values()) - points['notice']}" in text


def test_an_agreement_names_a_day():
    whole = {"purpose": "p", "legal_basis": "s. 1", "data_items": ["a"], "deleted_on": date(2027, 1, 1)}
    assert worked("NG").agreement_gaps(whole, 72) == ["decides", "community_say", "breach_hours"]
