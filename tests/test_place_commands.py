"""``cohort places`` and ``cohort place``: a place is added, checked and compared without touching a notebook."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import nbformat
import pytest
import yaml
from jsonschema import Draft202012Validator
from nbformat.v4 import new_code_cell, new_notebook
from typer.testing import CliRunner

from cohort import cli_places, place_check, place_schema, places
from cohort.errors import CourseError
from cohort.place_new import new
from cohort.place_table import compare, summary

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 23)

# Law and people of a land that does not exist; the calendar is Nigeria's.
WHOLE = """\
code: XN
name: Testland
demonym: Testish
depth: full
languages: [en]
time_zone: Africa/Lagos
holidays: {country: NG, subdivision: null}
geography: [state]
seasons:
  - {name: year, months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}
law:
  statute: Test Act
  short: TA
  terms:
    data_subject: {term: titular, meaning: data subject}
    controller: {term: keeper}
    processor: {term: helper}
    sensitive_data: {term: special data}
    breach: {term: leak}
    authority: {term: Test Office, short: TO}
formats:
  given_names: [Ana]
  family_names: [Bo]
  phone: "+000 ###"
  identifier: {name: Test number, pattern: "##"}
datasets: {deaths: chicago}
partner: {brief: A test office asks.}
authorities:
  - {name: Test Office, what: data protection authority, url: "https://example.org"}
scenarios:
  excess: You work for a test office in Testland.
credits: {authors: wanted, reviewers: wanted}
facts:
"""
FACTS = (
    "deaths.registration",
    "season",
    "law.statute",
    "law.regulator",
    "breach.authority",
    "breach.individuals",
    "penalty.maximum",
)
VALUES = {
    "breach.authority": "{business_days: 3}",
    "breach.individuals": "{without_number: promptly}",
    "penalty.maximum": "{rule: lower_of, amount: 5, currency: XTS, share_of_turnover: 0.01}",
}


def fact(topic: str, **keys: str) -> str:
    about = {
        "id": topic.replace(".", "-"),
        "topic": topic,
        "text": f"What is said on {topic}.",
        "value": VALUES.get(topic, "true"),
        "citation": "section 1",
        "source": "https://example.org",
        "certainty": "A",
        "created_by": "Test",
        "reviewed_by": "Test reviewer",
        "reviewed_on": "2026-01-31",
    } | keys
    return "  - " + "\n    ".join(f"{key}: {value}" for key, value in about.items()) + "\n"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The root of a course with one module, one whole pack and the schema; also the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COHORT_ROOT", raising=False)
    text = yaml.safe_load((ROOT / "course.yml").read_text())
    text["modules"] = [module for module in text["modules"] if module["name"] == "excess"]
    (tmp_path / "course.yml").write_text(yaml.safe_dump(text))
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "XN.yml").write_text(WHOLE + "".join(map(fact, FACTS)))
    place_schema.write()
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(cli_places.app, arguments, env={"COLUMNS": "160"})


def edit(course, old, new):
    path = course / "places" / "XN.yml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_whole_pack_has_neither_faults_nor_notes(course):
    assert place_check.check("XN", TODAY) == place_check.Findings("XN", [], [])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("partner: {brief: A test office asks.}\n", "", r"places/XN.yml:1: partner is missing: .* depth full needs it"),
        ("holidays: {country: NG, subdivision: null}\n", "", r"XN.yml:1: holidays is missing: a fact counts business"),
        ("    breach: {term: leak}\n", "", r"XN.yml:14: the law's word for breach is missing"),
        ("topic: law.statute", "topic: law.scope", r"XN.yml:33: no fact on law.statute"),
        ("excess: You", "heat: You", r"XN.yml:30: no scenario for excess"),
        ("country: NG", "country: EU", r"XN.yml:7: Country EU not available: choose one that PyPI holidays knows"),
        ("subdivision: null", "subdivision: XX", r"XN.yml:7: .*XX.*: choose one that PyPI holidays knows"),
        ("brief: A", "brief: TODO A", r"XN.yml:27: partner.brief is still to do"),
        ("time_zone: Africa/Lagos", "time_zone: UTC", r"XN.yml:6: the time zone of the capital is still to do"),
        ("office in Testland", "office", r"XN.yml:31: the scenario of excess does not say Testland: name the place"),
        (
            "value: {business_days: 3}",
            "value: 3 days",
            r"XN.yml:\d+: breach-authority has no period as its value: write {h",
        ),
        ("value: true", "value: 17\n    unit: share of deaths", r"XN.yml:\d+: deaths-registration is a share, between"),
        ("topic: season", "topic: seasons", r"XN.yml:\d+: facts.1.topic: .*not 'seasons'"),
        ("code: XN", "code: GH", r"XN.yml: its code is GH"),
        ("value: true", "value: true\n    in_force: {to: 2026-11-22}", r"XN.yml:\d+: deaths-registration .* no longer"),
    ],
)
def test_what_a_pack_lacks_is_a_fault_with_its_line(course, old, new, fault):
    edit(course, old, new)
    (found,) = place_check.check("XN", TODAY).faults
    assert re.search(fault, found), found


def test_a_fact_that_a_lesson_asks_for_is_needed(course):
    lesson = new_notebook(cells=[new_code_cell('share = here.fact("deaths-registered-share").value')])
    (course / "notebooks" / "excess").mkdir(parents=True)
    nbformat.write(lesson, course / "notebooks" / "excess" / "excess.ipynb")
    fault = "places/XN.yml:33: no fact deaths-registered-share: the lesson excess asks for it by this id"
    assert place_check.check("XN", TODAY).faults == [fault]
    edit(course, "id: deaths-registration", "id: deaths-registered-share")
    assert not place_check.check("XN", TODAY).faults


def test_a_pack_in_brief_needs_less(course):
    edit(course, "depth: full", "depth: brief")
    edit(course, "partner: {brief: A test office asks.}\n", "")
    assert not place_check.check("XN", TODAY).faults


def test_a_fact_that_ended_is_no_fault_where_another_follows(course):
    path = course / "places" / "XN.yml"
    path.write_text(path.read_text() + fact("law.scope", in_force="{to: 2025-09-18}"))
    assert "law-scope is in force no longer (until 2025-09-18)" in place_check.check("XN", TODAY).faults[0]
    path.write_text(path.read_text() + fact("law.scope", id="scope-now", in_force="{from: 2025-09-19}"))
    assert not place_check.check("XN", TODAY).faults


@pytest.mark.parametrize(
    ("old", "new", "on", "note"),
    [
        ("certainty: A", "certainty: C", TODAY, "deaths-registration is unverified (certainty C)"),
        ("", "", date(2027, 2, 1), "deaths-registration was last reviewed on 2026-01-31: review it anew"),
        (
            "    reviewed_by: Test reviewer\n    reviewed_on: 2026-01-31\n",
            "",
            TODAY,
            "1 of 7 facts are not yet reviewed by a local expert",
        ),
        ("topic: season", "topic: law.scope", TODAY, "no fact on season yet"),
    ],
)
def test_what_waits_for_a_reviewer_is_listed_and_does_not_fail(course, old, new, on, note):
    edit(course, old, new)
    found = place_check.check("XN", on)
    assert not found.faults
    assert found.notes[0].startswith("places/XN.yml:")
    assert found.notes[0].endswith(note)


def test_the_command_fails_for_faults_only_and_says_when_the_schema_is_old(course):
    edit(course, "certainty: A", "certainty: D")
    done = run("place", "check")
    assert done.exit_code == 0
    assert "ok   XN: 0 faults, 1 note" in done.output
    (course / "places" / "schema.json").write_text("{}")
    edit(course, "demonym: Testish", "demonym: TODO")
    done = run("place", "check", "XN", "YY")
    assert [line.split(":")[0] for line in str(done.exception).splitlines()] == [
        "places/XN.yml",
        "there is no place 'YY'",
    ]
    assert "places/schema.json is out of date: run `cohort place schema`" in done.output


@pytest.mark.parametrize(
    ("code", "name", "shows"),
    [
        ("GH", None, {"name": "Ghana", "languages": ["en"], "time_zone": "Africa/Accra"}),
        ("ID", None, {"name": "Indonesia", "languages": ["id"], "time_zone": "UTC"}),
        ("US-NY", "New York: #1", {"name": "New York: #1", "holidays": {"country": "US", "subdivision": "NY"}}),
        ("NO", None, {"code": "NO", "name": "Norway", "holidays": {"country": "NO", "subdivision": None}}),
        ("CA-ON", "Ontario", {"holidays": {"country": "CA", "subdivision": "ON"}}),
        ("XQ", "Nowhere", {"name": "Nowhere", "languages": ["en"], "holidays": None}),
    ],
)
def test_a_new_pack_validates_at_once_and_its_gaps_are_reported(course, code, name, shows):
    new(code, name)
    place = places.load_place(code).model_dump()
    assert {key: place[key] for key in shows} == shows
    assert place["facts"] == []
    faults = "\n".join(place_check.check(code, TODAY).faults)
    for gap in ("demonym is still", "scenarios.excess is still", "law.statute is still", "no fact on breach.authority"):
        assert gap in faults


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("XN", "XN.yml exists: edit it"),
        ("gh", "'gh' is not a code"),
        ("../GH", "is not a code"),
        ("US-CA", "the name of US-CA is not known: give it with --name"),
    ],
)
def test_a_pack_that_cannot_be_made_changes_nothing(course, code, message):
    before = {path: path.read_bytes() for path in (course / "places").iterdir()}
    with pytest.raises(CourseError, match=message):
        new(code)
    assert {path: path.read_bytes() for path in (course / "places").iterdir()} == before


def test_the_list_counts_facts_by_certainty(course):
    edit(course, "certainty: A", "certainty: C")
    (row,) = summary(date(2027, 2, 1))
    expected = {"facts": 7, "A": 6, "B": 0, "C": 1, "D": 0, "unverified": 1, "reviewed": 7, "stale": 7}
    assert row == {"place": "XN", "name": "Testland", "depth": "full", **expected}
    assert json.loads(run("places", "--json").stdout)["places"][0]["facts"] == 7


def test_places_are_compared_on_a_topic_and_a_day(course):
    new("GH")
    edit(course, "value: {business_days: 3}", "value: {business_days: 3}\n    in_force: {from: 2027-05-14}")
    rows = compare("breach.authority")
    assert [(row["place"], row["value"] or row["text"]) for row in rows] == [
        ("GH", "no fact"),
        ("XN", "3 business days"),
    ]
    assert [row["text"] for row in compare("breach.authority", date(2027, 5, 13))] == ["no fact", "no fact"]
    assert {row["topic"] for row in compare("breach") if row["place"] == "XN"} == {
        "breach.authority",
        "breach.individuals",
    }
    shown = run("places", "--compare", "penalty", "--on", "2026-11-23")
    assert shown.exit_code == 0
    assert "XN" in shown.output
    (penalty,) = [row["value"] for row in compare("penalty", date(2026, 11, 23)) if row["place"] == "XN"]
    assert penalty.startswith("the lower of XTS 5 and")
    as_json = run("places", "--compare", "breach.authority", "--json")
    assert json.loads(as_json.stdout)["places"][1]["from"] == "2027-05-14"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--compare", "seas"), "there is no topic 'seas': choose one of deaths.registration, season"),
        (("--on", "2026-01-01"), "--on needs --compare TOPIC"),
        (("--compare", "season", "--on", "2026-02-30"), "does not match"),
    ],
)
def test_a_wrong_question_is_refused(course, arguments, message):
    done = run("places", *arguments)
    assert done.exit_code
    assert message in f"{done.output} {done.exception}"


def test_the_schema_accepts_every_pack_of_the_course_and_the_whole_one(course):
    shutil.copytree(ROOT / "places", course / "places", dirs_exist_ok=True)
    schema = Draft202012Validator(json.loads(place_schema.text()))
    for code in places.codes():
        pack = yaml.safe_load((course / "places" / f"{code}.yml").read_text())
        # In JSON a date is a text.
        assert not list(schema.iter_errors(json.loads(json.dumps(pack, default=str)))), code


def test_the_schema_refuses_what_the_code_refuses(course):
    schema = Draft202012Validator(json.loads((course / "places" / "schema.json").read_text()))
    pack = json.loads(json.dumps(yaml.safe_load((course / "places" / "XN.yml").read_text()), default=str))
    for change in ({"depth": "deep"}, {"spelling": 1}, {"facts": [pack["facts"][0] | {"topic": "seasons"}]}):
        assert not schema.is_valid(pack | change)
    for value in ({"hours": 0}, {"hours": 1, "business_days": 1}, {}, {"rule": "most"}, [1]):
        assert not schema.is_valid(pack | {"facts": [pack["facts"][0] | {"value": value}]})
