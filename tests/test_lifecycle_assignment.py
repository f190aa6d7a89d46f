"""The assignment of the module lifecycle: what it loads, what it states, and how long its solutions are."""

from __future__ import annotations

import ast
import re

import pytest
from frictionless import Package

from cohort import datasets, tree
from cohort.notebooks import grade_id, is_check, read_notebook
from cohort.places import codes

SOURCE = read_notebook(tree.source("lifecycle"))
CELLS = {grade_id(cell): cell for cell in SOURCE.cells if grade_id(cell)}
LOCKED = ("imports", "table", "about", "rules", "stages")
SOLUTIONS = [name for name, cell in CELLS.items() if cell.metadata.nbgrader.solution and cell.cell_type == "code"]


@pytest.fixture(scope="module")
def answered() -> dict:
    """The names of the notebook after the locked cells and the solutions have run."""
    found: dict = {"place": "NG", "seed": 1995}
    for name in (*LOCKED, *SOLUTIONS):
        exec(CELLS[name].source, found)
    return found


def test_the_table_of_the_request_has_the_columns_of_its_source_and_a_key(answered):
    descriptor = answered["describe"](answered["table"], answered["about"])
    schema = descriptor["resources"][0]["schema"]
    assert len(schema["fields"]) == 26
    assert schema["primaryKey"] == ["micro_code", "time"]
    types = {field["name"]: field["type"] for field in schema["fields"]}
    assert (types["micro_code"], types["population"], types["tmax"]) == ("string", "integer", "number")
    assert Package.validate_descriptor(descriptor).valid


def test_time_is_a_key_of_the_whole_table_too():
    assert not datasets.dengue_brazil().duplicated(["micro_code", "time"]).any()
    assert datasets.dengue_brazil().duplicated(["micro_name_ibge", "time"]).any()


def test_what_the_course_says_of_its_own_tables_decides_alone(answered):
    rules, allows = answered["RULES"], answered["licence_allows"]
    licences = {name: answered["data_licence"](datasets.describe(name)) for name in datasets.names()}
    silent = {name for name in datasets.names() if not datasets.describe(name)["licenses"]}
    assert {name for name, licence in licences.items() if licence == "unknown"} == silent >= {"dengue_sri_lanka"}
    assert not allows(licences["dengue_sri_lanka"], "redistribute", rules)
    assert allows(licences["dengue_india"], "redistribute", rules)
    colombia = {"licenses": [{"name": "Unknown"}], "resources": [{"name": "dengue_colombia"}]}
    assert not allows(answered["data_licence"](colombia), "redistribute", rules)


def test_only_the_row_unknown_is_of_our_own_making(answered):
    rules = answered["RULES"]
    assert rules["use"].all()
    forbidden = {(licence, use) for licence in rules.index for use in rules if not rules.loc[licence, use]}
    own = {("unknown", use) for use in ("redistribute", "commercial", "change")}
    assert forbidden == {("CC-BY-NC-4.0", "commercial"), ("CC-BY-ND-4.0", "change")} | own


@pytest.mark.parametrize("place", codes())
def test_the_card_has_an_office_to_ask_in_every_place(place, capsys):
    found: dict = {"place": place, "display": print}
    exec(CELLS["imports"].source + "\n" + CELLS["answer-facts"].source, found)
    assert "Languages: " in capsys.readouterr().out
    assert len(found["offices"]) >= 1


@pytest.mark.parametrize("as_of", ["current", "", "2019", None, "2019-1-5", "20191231", "2019-W52-2", "2019-02-30"])
def test_what_is_no_day_is_refused(answered, as_of):
    with pytest.raises(ValueError):
        answered["describe"](answered["table"], {**answered["about"], "as_of": as_of})


def test_what_is_none_is_not_told(answered):
    cases = answered["table"]["dengue_cases"]
    nothing = dict.fromkeys(["what", "unit", "minimum"])
    assert answered["describe_column"](cases, nothing) == answered["describe_column"](cases, {})


def test_points_are_those_that_the_notebook_states():
    points = {name: cell.metadata.nbgrader.points for name, cell in CELLS.items() if cell.metadata.nbgrader.grade}
    by_hand = points.pop("care_card")
    assert f"**Points:** {sum(points.values()) + by_hand}, of which {sum(points.values())} are for the functions" in (
        CELLS["how-it-works"].source
    )
    text = "\n".join(cell.source for name, cell in CELLS.items() if name.startswith("task-"))
    stated = [int(number) for number in re.findall(r"\b(\d)\spoints\.", text)]
    assert stated == [number for number in points.values() if number]
    assert len(stated) == sum(is_check(cell) and cell.cell_type == "code" for cell in SOURCE.cells)


def test_no_solution_is_longer_than_twenty_two_lines():
    for name in SOLUTIONS:
        [body] = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", CELLS[name].source, re.DOTALL)
        assert len([line for line in body.splitlines() if line.strip()]) <= 22, name
        ast.parse(CELLS[name].source)
