"""The assignment of the module quality: what its solution finds, and that it runs for every place."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from cohort import answers, datasets, tree
from cohort.notebooks import grade_id, is_check, read_notebook
from cohort.places import codes

SOURCE = read_notebook(tree.source("quality"))
RULES = ["cases_not_negative", "deaths_not_negative", "cases_whole", "deaths_le_cases", "one_report"]


def worked(place: str, seed: int = 1995) -> SimpleNamespace:
    """The assignment with the reference solution and without its checks, run for a place."""
    solutions = answers.reference("quality")
    names = {"display": lambda *_: None}
    for cell in SOURCE.cells:
        if cell.cell_type == "code" and not is_check(cell):
            code = solutions.get(grade_id(cell), cell.source)
            code = code.replace('place = "NG"', f'place = "{place}"').replace("seed = 1995", f"seed = {seed}")
            exec(compile(code, cell.id, "exec"), names)
    return SimpleNamespace(**names)


@pytest.fixture(scope="module")
def work() -> SimpleNamespace:
    return worked("NG")


def test_the_rules_find_18_rows_in_the_philippines_and_none_in_pakistan(work):
    failed = work.failures(work.rules(), work.philippines)
    counted = work.violations(failed, RULES, len(work.philippines)).set_index("rule")["rows"]
    assert counted["deaths_le_cases"] == counted["any rule"] == counted.drop("any rule").sum() == 18
    assert work.failures(work.rules(), work.pakistan).empty


def test_what_is_set_aside_is_what_was_reported(work):
    kept, aside = work.set_aside(work.philippines, work.failures(work.rules(), work.philippines))
    again = pd.concat([kept, aside.drop(columns="reasons")]).sort_index()
    pd.testing.assert_frame_equal(again, work.philippines)


def test_the_workbook_that_is_called_csv_is_told(work):
    assert work.kind_of_file(datasets.original("dengue_sri_lanka").read_bytes()) == "zip"


def test_india_2019_is_a_sum_with_one_state_missing(work):
    cases = work.read_counts(pd.read_csv(datasets.original("dengue_india"))["2019_Cases"])
    assert (cases.sum(), cases.isna().sum()) == (157_315, 1)


def test_last_digits_speak_of_pakistan_and_not_of_brazil(work):
    digits, p = work.last_digit_test(work.pakistan["cases"])
    assert (digits[0], digits[5], digits.sum()) == (363, 57, 420) and p < 1e-200
    national = work.brazil.groupby("date")["dengue_cases"].sum(min_count=1)
    assert work.last_digit_test(national)[1] > 0.05


def test_kenya_missing_is_not_zero(work):
    kenya = work.weekly(work.cholera[work.cholera["country"] == "KEN"])
    assert kenya["cases"].isna().all() and (kenya["days"] == 0).all()


def test_nigeria_differs_from_who_and_ghana_is_only_there(work):
    found = work.compare_sources(work.ours, work.who, 0.05)
    assert found.loc["NGA", "ratio"] == pytest.approx(1.97, abs=0.005)
    assert found["finding"][["AGO", "COD", "ETH", "MOZ", "NGA", "GHA"]].tolist() == [
        *["agree"] * 4,
        "differ",
        "only theirs",
    ]


@pytest.mark.parametrize("seed", [1, 2026])
def test_the_made_up_table_has_one_fault_of_each_kind(seed):
    made_up = worked("IN", seed).made_up
    assert (made_up["cases"].lt(0).sum(), made_up["deaths"].eq(99).sum(), made_up["cases"].isna().sum()) == (1, 1, 1)


OTHERS = [pytest.param(code, marks=[] if code == "BR" else [pytest.mark.matrix]) for code in codes() if code != "NG"]


@pytest.mark.parametrize("place", OTHERS)
def test_the_assignment_runs_for_every_other_place(place):
    assert len(worked(place).offices) > 0
