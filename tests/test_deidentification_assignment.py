"""The assignment of the module deidentification: its solution counts as pycanon does, on the numbers of the course."""

from __future__ import annotations

import ast
import re
from types import SimpleNamespace

import pandas as pd
import pytest
from pycanon import anonymity

from cohort import answers, datasets, tree
from cohort.notebooks import grade_id, is_check, read_notebook
from cohort.people import register
from cohort.places import codes

SOURCE = read_notebook(tree.source("deidentification"))
CELLS = {grade_id(cell): cell for cell in SOURCE.cells if grade_id(cell)}
SIX = ["departamento", "provincia", "distrito", "semana", "edad", "sexo"]
PLAN = {"departamento": None, "semana": (1, 13, 40), "edad": (0, 10, 70), "sexo": None, "enfermedad": None}

# pycanon groups by a list with one column.
pytestmark = pytest.mark.filterwarnings("ignore:In a future version, the keys of")


@pytest.fixture(scope="module")
def solution() -> SimpleNamespace:
    """The functions of the reference solution."""
    names: dict[str, object] = {}
    exec(CELLS["imports"].source, names)
    for name, code in answers.reference("deidentification").items():
        if CELLS[name].cell_type == "code":
            exec(code, names)
    return SimpleNamespace(**names)


@pytest.fixture(scope="module")
def peru() -> pd.DataFrame:
    """The list as the notebook gives it, index and missing places included."""
    table = datasets.dengue_peru().query("ano == 2019")
    return table.mask(table == r"\N")


def for_pycanon(table: pd.DataFrame, qi: list[str]) -> pd.DataFrame:
    """pycanon needs the index 0, 1, 2, ..., and drops nobody only if nothing is missing."""
    return table.assign(**{column: table[column].astype(str) for column in qi}).reset_index(drop=True)


@pytest.mark.parametrize(
    "qi", [["departamento", "sexo"], ["provincia", "sexo", "edad"], ["distrito", "edad", "sexo"], ["sexo"]]
)
def test_k_and_l_are_those_of_pycanon(solution, peru, qi):
    plain = for_pycanon(peru, qi)
    assert solution.k_anonymity(peru, qi) == anonymity.k_anonymity(plain, qi)
    assert solution.l_diversity(peru, qi, "enfermedad") == anonymity.l_diversity(plain, qi, ["enfermedad"])


@pytest.mark.parametrize("place", ["KE", "IN", "MX"])
def test_k_and_l_of_synthetic_people_are_those_of_pycanon(solution, place):
    people = register(place, 300, seed=11).sample(frac=1, random_state=2)
    for qi in (["area"], ["sex", "marital_status"], ["area", "sex"]):
        plain = for_pycanon(people, qi)
        assert solution.k_anonymity(people, qi) == anonymity.k_anonymity(plain, qi)
        assert solution.l_diversity(people, qi, "diagnosis") == anonymity.l_diversity(plain, qi, ["diagnosis"])


def test_reference_numbers_of_peru_2019(solution, peru):
    assert len(peru) == 15_311
    assert solution.k_anonymity(peru, ["departamento", "sexo"]) == 9
    unique = {
        ("provincia", "sexo", "edad"): 1_389,
        ("distrito", "edad", "sexo"): 2_789,
        tuple(SIX): 10_671,
        ("departamento", "sexo"): 0,
    }
    for qi, people in unique.items():
        assert solution.uniqueness(peru, list(qi)) == pytest.approx(people / 15_311)


def test_the_plan_of_the_course_removes_772_people_and_leaves_k_5_and_l_1(solution, peru):
    given = solution.generalise(peru, PLAN)
    qi = [column for column in PLAN if column != "enfermedad"]
    kept, removed = solution.suppress_below(given, qi, 5)
    assert removed == 772
    assert (solution.k_anonymity(kept, qi), solution.l_diversity(kept, qi, "enfermedad")) == (5, 1)
    assert solution.average_risk(kept, qi) == pytest.approx(370 / 14_539)
    plain = for_pycanon(kept, qi)
    assert (anonymity.k_anonymity(plain, qi), anonymity.l_diversity(plain, qi, ["enfermedad"])) == (5, 1)
    assert "distrito" not in kept.columns
    assert solution.utility_loss(peru, kept, "departamento")["ANCASH"] == 1


def test_people_without_a_place_are_in_the_list_and_in_the_classes(solution, peru):
    assert peru["departamento"].isna().sum() == 24
    assert solution.equivalence_classes(peru, ["departamento"])["rows"].sum() == 15_311


@pytest.mark.parametrize("place", codes())
def test_students_see_rows_of_synthetic_people_only(place):
    names = {"place": place, "seed": 1995}
    for name in ("imports", "peru", "people"):
        exec(CELLS[name].source, names)
    assert names["people"].attrs["synthetic"]
    assert len(names["df"]) == 15_311
    shown = [cell.source.splitlines()[-1] for cell in CELLS.values() if cell.cell_type == "code" and not is_check(cell)]
    assert not [line for line in shown if re.search(r"\bdf\b.*(head|sample|iloc|tail)", line)]


def test_points_are_those_that_the_notebook_states():
    points = {name: cell.metadata.nbgrader.points for name, cell in CELLS.items() if cell.metadata.nbgrader.grade}
    by_hand = points.pop("what_can_be_given")
    total = sum(points.values())
    assert f"**Points:** {total + by_hand}, of which {total} are for the functions" in CELLS["how-it-works"].source
    tasks = "\n".join(cell.source for name, cell in CELLS.items() if name.startswith("task-"))
    assert [int(number) for number in re.findall(r"\b(\d) points\.", tasks)] == [
        each for each in points.values() if each
    ]


def test_no_solution_is_longer_than_ten_lines():
    for name, code in answers.reference("deidentification").items():
        if CELLS[name].cell_type == "code":
            [function] = ast.parse(code).body
            assert len(ast.unparse(function.body[1:]).splitlines()) <= 10, name
