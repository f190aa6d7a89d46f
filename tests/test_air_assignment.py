"""The assignment of the module air: its solution finds the reference numbers, and it runs for every place."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from cohort import answers, tree
from cohort.notebooks import grade_id, is_check, read_notebook
from cohort.places import codes

SOURCE = read_notebook(tree.source("air"))


def worked(place: str, seed: int = 1995) -> SimpleNamespace:
    """The assignment with the reference solution and without its checks, run for a place."""
    solutions = answers.reference("air")
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


@pytest.fixture(scope="module")
def days(work: SimpleNamespace) -> pd.DataFrame:
    """The days of Chicago with an exposure, the mean of PM10 today and yesterday."""
    table = work.df.assign(exposure=work.lag_mean(work.df, "pm10", [0, 1]), weekday=work.df["date"].dt.day_name())
    return table.dropna(subset=["exposure"])


def test_pm10_is_missing_on_251_days_and_negative_on_7(work: SimpleNamespace) -> None:
    assert work.gaps(work.df, "pm10") == {"days": 5114, "missing": 251, "negative": 7, "longest": 5}


def test_the_crude_ratio_has_the_wrong_sign(work: SimpleNamespace, days: pd.DataFrame) -> None:
    assert len(days) == 4668
    assert work.rate_ratio(days, [])[0] == pytest.approx(0.9984, abs=5e-5)


def test_the_time_series_design_finds_1_0041(work: SimpleNamespace, days: pd.DataFrame) -> None:
    time, heat = work.spline(days["date"].astype("int64"), 98, "time"), work.spline(days["temperature"], 6, "heat")
    found = work.rate_ratio(days.join(time).join(heat), [*time, *heat, "weekday"])
    assert found == pytest.approx((1.0041, 1.0016, 1.0066), abs=5.5e-5)


def test_the_time_stratified_design_finds_1_0058(work: SimpleNamespace, days: pd.DataFrame) -> None:
    heat = work.spline(days["temperature"], 6, "heat")
    found = work.case_crossover(days.join(heat), list(heat))
    assert found == pytest.approx((1.0057558, 1.0029, 1.0086), abs=5e-5)
    assert found[0] == pytest.approx(1.0057558, abs=2e-7)


def test_conditional_poisson_equals_a_constant_for_each_stratum(work: SimpleNamespace, days: pd.DataFrame) -> None:
    part = days[days["date"].dt.year.isin([1993, 1994])].assign(warm=lambda part: part["temperature"] / 10)
    strata = pd.get_dummies(part["date"].dt.strftime("%Y-%m %a"), dtype=float)
    fit = sm.GLM(part["deaths"], part[["exposure", "warm"]].join(strata), family=sm.families.Poisson()).fit(scale="X2")
    slope, error = 10 * fit.params["exposure"], 10 * fit.bse["exposure"]
    by_constants = np.exp([slope, slope - 1.96 * error, slope + 1.96 * error])
    assert work.case_crossover(part, ["warm"]) == pytest.approx(by_constants, abs=1e-5)


def test_strata_are_14_times_12_times_7(work: SimpleNamespace) -> None:
    assert work.df["date"].dt.strftime("%Y-%m %a").nunique() == 14 * 12 * 7 == 1176
    controls = work.control_days(work.df["date"], "1995-07-15")
    assert controls == ["1995-07-01", "1995-07-08", "1995-07-22", "1995-07-29"]


def test_season_and_temperature_close_the_back_doors_of_the_story(work: SimpleNamespace) -> None:
    def closed(*adjusted: str) -> bool:
        return work.closes(work.dag(), "particles", "deaths", list(adjusted))

    assert closed("season", "temperature") and closed("temperature", "influenza")
    assert not any([closed(), closed("season"), closed("temperature"), closed("season", "temperature", "inflammation")])


@pytest.mark.parametrize("place", codes())
def test_assignment_runs_for_every_place_and_another_seed(place: str) -> None:
    there = worked(place, seed=7)
    made_up = there.made_up.assign(exposure=there.lag_mean(there.made_up, "pm10", [0, 1]))
    assert there.rate_ratio(made_up, [])[0] < 1 < there.rate_ratio(made_up, ["winter"])[0]
    assert there.case_crossover(made_up, [])[0] == pytest.approx(1.02, abs=0.02)
