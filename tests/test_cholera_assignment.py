"""The assignment of the module cholera: what its solution finds, and that it runs for every place."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from cohort import answers, tree
from cohort.notebooks import grade_id, is_check, read_notebook
from cohort.places import codes

SOURCE = read_notebook(tree.source("cholera"))


def worked(place: str, seed: int = 1995) -> SimpleNamespace:
    """The assignment with the reference solution and without its checks, run for a place."""
    solutions = answers.reference("cholera")
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


def test_coverage_is_15_countries_and_69_8_percent_missing(work):
    found = work.coverage(work.cholera)
    assert (len(found["with"]), len(found["without"])) == (15, 25)
    assert {"KEN", "GHA"} <= set(found["without"])
    assert found["missing"] == pytest.approx(0.698, abs=0.0005)


def test_case_fatality_of_angola_is_810_of_29289(work):
    window = work.window[work.window["country"] == "AGO"]
    p, low, high = work.cfr(window["cases"], window["deaths"])
    assert p == pytest.approx(810 / 29_289) == pytest.approx(0.0277, abs=0.00005)
    assert (low, high) == (pytest.approx(0.0258, abs=0.0001), pytest.approx(0.0296, abs=0.0001))


def test_only_nigeria_differs_from_who_and_ghana_is_of_one_source(work):
    who = pd.concat([work.who["cases"], pd.Series({"SSD": 77_388})])
    found = work.reconcile(work.ours["cases"], who, 0.05)
    assert list(found.index[found["status"] == "differ"]) == ["NGA"]
    assert list(found.index[found["status"] == "agree"]) == ["AGO", "COD", "ETH", "MOZ", "SSD"]
    assert found.loc["NGA", "ratio"] == pytest.approx(1.97, abs=0.005)
    assert found.loc["GHA", "status"] == "one source" and found.loc["KEN", "status"] == "no data"


def test_weeks_of_the_real_table_are_whole_numbers_and_its_first_week_is_missing(work):
    weeks = work.to_weekly(work.cholera)
    assert weeks.loc[weeks["week"] == "2023-W05", "cases"].isna().all()
    known = weeks["cases"].dropna()
    assert len(known) == 1_985 and (known == known.round()).all()


def test_kenya_and_ghana_are_no_data_on_the_map(work):
    rates = work.rate_per_100000(work.ours["cases"], work.people, 2025, 2)
    assert set(rates["year"].dropna()) == {2023}
    shown = work.map_class(rates["rate"], ["SSD", "KEN", "GHA", "ESH"], [1, 10, 50])
    assert list(shown) == ["50 and more", "no data", "no data", "no data"]


def test_neighbours_survive_the_rounding_of_the_outlines(work):
    assert {"Sudan", "Ethiopia"} <= set(work.neighbours(work.shapes, "S. Sudan"))


def test_london_by_its_water_and_the_height_that_goes_with_it(work):
    by_water = work.deaths_per_10000(work.london, ["water"]).set_index("water")
    assert by_water["rate"].round(1).to_dict() == {"Battersea": 114.4, "Kew": 17.8, "New River": 47.9}
    assert by_water["deaths"].sum() == 14_007
    high = work.deaths_per_10000(work.london, ["height", "water"]).query("height == '3: 30 and more'")
    assert list(high["water"]) == ["Kew", "New River"]


@pytest.mark.parametrize("seed", [1, 2026])
def test_the_made_up_country_has_one_week_that_is_not_whole(seed):
    weeks = (made := worked("IN", seed)).to_weekly(made.made_up)
    assert list(weeks["week"]) == ["2025-W01", "2025-W02", "2025-W03", "2025-W04"]
    assert weeks["cases"].isna().tolist() == [False, True, False, False]


OTHERS = [pytest.param(code, marks=[] if code == "BR" else [pytest.mark.matrix]) for code in codes() if code != "NG"]


@pytest.mark.parametrize("place", OTHERS)
def test_the_assignment_runs_for_every_other_place(place):
    assert len(worked(place).shapes) == 51
