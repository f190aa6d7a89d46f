"""What the place packs of the tree say: sources, and the facts that the modules `law` and `breach` grade."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cohort import place_check, places
from cohort.facts import Fact, Penalty, Period

IN_DEPTH = {"NG", "IN", "KE", "BR", "CO", "US-CA", "EU"}
IN_BRIEF = {"ZA", "GH", "RW", "ID", "PH", "MX", "UG"}
TODAY = date(2026, 11, 22)

# Sites of legislatures, regulators, statistical offices and weather services, and of scientific journals.
OFFICIAL = (
    *(".gov", ".gov.br", ".gov.co", ".gov.gh", ".gov.in", ".gov.ng", ".gov.ph", ".gov.rw", ".gov.za", ".nic.in"),
    *(".go.id", ".go.ke", ".go.ug", ".gob.mx", ".europa.eu", ".doi.org", ".who.int"),
    *(".cert-in.org.in", ".dataprotection.org.gh", ".inforegulator.org.za", ".kenyalaw.org", ".knbs.or.ke"),
    *(".nihfw.org", ".ulii.org"),
)


def fact(code: str, id: str) -> Fact:
    return places.load_place(code).fact(id)


def periods(code: str, topic: str, on: date = TODAY) -> list[str]:
    """The periods of a topic that hold on a day, as a reader sees them."""
    return [str(each.value) for each in places.load_place(code).in_force(topic, on) if isinstance(each.value, Period)]


def test_the_places_of_the_course_have_a_pack():
    depths = {code: places.load_place(code).depth for code in places.codes()}
    assert depths.items() >= {**dict.fromkeys(IN_DEPTH, "full"), **dict.fromkeys(IN_BRIEF, "brief")}.items()


@pytest.mark.parametrize("code", places.codes())
def test_a_pack_lacks_nothing_and_nothing_in_it_has_run_out(code):
    assert place_check.check(code, on=TODAY).faults == []


@pytest.mark.parametrize("code", places.codes())
def test_a_fact_that_may_be_graded_names_an_official_source(code):
    for each in places.load_place(code).facts:
        host = "." + (each.source.host or "").removeprefix("www.")
        assert not each.verified or host.endswith(OFFICIAL), f"{each.id}: {each.source}"


@pytest.mark.parametrize("code", places.codes())
def test_a_pack_gives_what_the_lessons_take_from_it(code):
    here = places.load_place(code)
    assert here.law is not None
    assert 0 < here.fact("deaths-registered-share").value <= 1
    assert here.about("season")
    assert all(here.name in text for text in here.scenarios.values())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("EU", ["72 hours"]),
        ("NG", ["72 hours"]),
        ("IN", ["6 hours"]),
        ("KE", ["72 hours"]),
        ("US-CA", ["15 calendar days"]),
        ("BR", ["3 business days", "6 business days"]),
        ("CO", ["15 business days"]),
        ("RW", ["48 hours", "72 hours"]),
        ("ZA", ["as soon as reasonably possible"]),
        ("GH", ["as soon as reasonably practicable"]),
        ("ID", ["72 hours"]),
        ("PH", ["72 hours"]),
        ("UG", ["immediately"]),
    ],
)
def test_the_authority_is_told_within(code, expected):
    assert periods(code, "breach.authority") == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("NG", ["immediately"]),
        ("BR", ["3 business days"]),
        ("US-CA", ["30 calendar days"]),
        ("EU", ["without undue delay"]),
        ("ID", ["72 hours"]),
        ("PH", ["72 hours"]),
    ],
)
def test_the_people_are_told_within(code, expected):
    assert periods(code, "breach.individuals") == expected


def test_california_counts_days_only_from_2026():
    (before,) = periods("US-CA", "breach.individuals", on=date(2025, 12, 31))
    assert before == "in the most expedient time possible and without unreasonable delay"
    assert periods("US-CA", "breach.individuals", on=date(2026, 1, 1)) == ["30 calendar days"]
    assert fact("US-CA", "breach-residents").value == 500


def test_india_s_rule_7_is_enacted_but_not_in_force():
    here = places.load_place("IN")
    rule_7 = {"breach-board", "breach-board-detail", "breach-individuals"}
    assert not rule_7 & {each.id for each in here.in_force("breach", TODAY)}
    assert rule_7 < {each.id for each in here.in_force("breach", date(2027, 5, 15))}
    assert periods("IN", "breach.authority", on=date(2027, 5, 15)) == ["6 hours", "without delay", "72 hours"]


@pytest.mark.parametrize(("on", "special"), [(TODAY, ["health"]), (date(2027, 5, 15), [])])
def test_india_loses_its_special_category_with_the_dpdp_act(on, special):
    assert [each.value.root for each in places.load_place("IN").in_force("law.sensitive", on)] == [special]


@pytest.mark.parametrize(("on", "rules"), [(date(2025, 9, 18), "ndpr"), (date(2025, 9, 19), "gaid")])
def test_nigeria_s_gaid_replaces_the_ndpr_on_its_day(on, rules):
    assert [each.id for each in places.load_place("NG").in_force("law.statute", on)] == ["law-statute", rules]


@pytest.mark.parametrize(
    ("code", "id", "expected"),
    [
        ("KE", "penalty-maximum", Penalty(rule="lower_of", amount=5e6, currency="KES", share_of_turnover=0.01)),
        ("NG", "penalty-major", Penalty(rule="greater_of", amount=10e6, currency="NGN", share_of_turnover=0.02)),
        ("NG", "penalty-other", Penalty(rule="greater_of", amount=2e6, currency="NGN", share_of_turnover=0.02)),
        ("EU", "penalty-maximum", Penalty(rule="greater_of", amount=20e6, currency="EUR", share_of_turnover=0.04)),
        ("BR", "penalty-maximum", Penalty(rule="lower_of", amount=50e6, currency="BRL", share_of_turnover=0.02)),
        ("IN", "penalty-security", Penalty(rule="fixed", amount=2.5e9, currency="INR")),
        ("CO", "penalty-maximum", Penalty(rule="fixed", amount=2000, currency="SMLMV")),
    ],
)
def test_the_highest_penalty_is(code, id, expected):
    assert fact(code, id).value == expected
    assert fact(code, id).verified


def test_children_and_sensitive_data_differ_by_place():
    assert (fact("RW", "child").value, fact("RW", "child").certainty) == (16, "A")
    assert fact("BR", "child").value == 12
    assert "age" in fact("PH", "sensitive-age").value.root


@pytest.mark.parametrize(
    ("code", "aware", "last"),
    [
        # 20 November is the day of black consciousness, and a weekend follows.
        ("BR", datetime(2026, 11, 19, 12), date(2026, 11, 25)),
        # St Joseph on Monday 22 March, Maundy Thursday on 25 and Good Friday on 26 March.
        ("CO", datetime(2027, 3, 18, 12), date(2027, 4, 13)),
    ],
)
def test_business_days_leave_out_the_holidays_of_the_place(code, aware, last):
    here = places.load_place(code)
    end = here.fact("breach-authority").value.end(aware.replace(tzinfo=ZoneInfo(here.time_zone)), here)
    assert end.date() == last


def test_made_up_numbers_can_belong_to_nobody_where_the_plan_allows_it():
    def shape(code):
        return places.load_place(code).formats

    assert shape("US-CA").phone.endswith("555 01##")
    assert shape("US-CA").identifier.pattern.startswith("000-")
    assert shape("EU").phone.startswith("+33 6 39 98 ")
    assert shape("IN").identifier.pattern.startswith("0")
