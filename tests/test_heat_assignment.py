"""The assignment of the module heat: the published numbers, the truth of its made-up town, every place."""

from __future__ import annotations

import ast
import re
from types import SimpleNamespace

import dlnmpy
import numpy as np
import pandas as pd
import pytest

from cohort import answers, tree
from cohort.datasets import chicago
from cohort.notebooks import grade_id, is_check, read_notebook
from cohort.places import codes

SOURCE = read_notebook(tree.source("heat"))
CELLS = {grade_id(cell): cell for cell in SOURCE.cells if grade_id(cell)}


def worked(place: str, seed: int = 1995) -> SimpleNamespace:
    """The assignment with the reference solution and without its checks, run for a place."""
    solutions = answers.reference("heat")
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
def days() -> pd.DataFrame:
    return chicago().set_index("date")


@pytest.fixture(scope="module")
def usual(work: SimpleNamespace) -> SimpleNamespace:
    """The fit of all days with the spec of the lesson, at full precision."""
    knots = np.percentile(work.df["temperature"], [10, 75, 90]).tolist()
    lag_knots = dlnmpy.logknots(21, 3).tolist()
    argvar = {"fun": "bs", "degree": 2, "knots": knots}
    spec = {"lag": 21, "argvar": argvar, "arglag": {"fun": "ns", "knots": lag_knots}}
    basis, others = work.cross_basis(work.df, "temperature", spec), work.controls(work.df)
    deaths = work.df.set_index("date")["deaths"].astype(float)
    without = deaths.copy()
    without["1995-07-12":"1995-07-21"] = np.nan
    fits = [work.fit_model(counts, basis, others)[0] for counts in (deaths, without)]
    return SimpleNamespace(spec=spec, deaths=deaths, without=without, all_days=fits[0], no_july=fits[1])


def vignette(days: pd.DataFrame, *terms: tuple, time: object) -> object:
    """A model of the package dlnm's own examples, fitted with dlnmpy's own functions."""
    table = days.reset_index(drop=True).assign(weekday=days.index.day_name())
    design = dlnmpy.design_matrix(table, *terms, time, intercept=False)
    formula = "deaths ~ " + " + ".join([*design.columns, "C(weekday)"])
    return dlnmpy.fit_glm(formula, table.join(design), family="quasipoisson")


def numbers_in(check: str, name: str) -> list[float]:
    """The list that a hidden check holds under a name."""
    [text] = re.findall(rf"^{name} = (\[.*?\])$", CELLS[check].source, re.MULTILINE | re.DOTALL)
    return ast.literal_eval(text)


def test_particles_of_the_first_published_example_do_next_to_nothing(days):
    values = days.reset_index(drop=True)
    dust = dlnmpy.crossbasis(values["pm10"], lag=15, argvar={"fun": "lin"}, arglag={"fun": "poly", "degree": 4})
    warm = dlnmpy.crossbasis(values["temperature"], lag=3, argvar={"df": 5}, arglag={"fun": "strata", "breaks": 1})
    time = ("time", dlnmpy.onebasis(values.index.to_numpy(), "ns", df=98))
    model = vignette(days, ("dust", dust), ("warm", warm), time=time)
    found = dlnmpy.crosspred(dust, model, at=[0, 10], cen=0, name="dust")
    assert model.scale == pytest.approx(1.2939, abs=1e-3)
    assert found.allRRfit[1] == pytest.approx(0.9997563, abs=1e-6)
    assert (found.allRRlow[1], found.allRRhigh[1]) == pytest.approx((0.9916871, 1.0078911), abs=1e-6)


def test_ozone_of_the_second_published_example_is_found_with_days_missing_between_the_summers(work, days):
    """The days between the summers are missing here; the example groups the summers instead."""
    summers = work.df[work.df["date"].dt.month.isin([6, 7, 8, 9])]
    ozone = {"lag": 5, "argvar": {"fun": "thr", "side": "h", "thr_value": 40.3}, "arglag": {"fun": "integer"}}
    warm = {"lag": 10, "argvar": {"fun": "thr", "side": "d", "thr_value": [15, 25]}}
    warm["arglag"] = {"fun": "strata", "breaks": [2, 6]}
    when = pd.DatetimeIndex(summers["date"])
    others = [
        work.cross_basis(summers, "temperature", warm).add_prefix("warm_"),
        dlnmpy.onebasis(when.day_of_year, "ns", df=4).to_dataframe("day", index=when),
        dlnmpy.onebasis((when - days.index[0]).days, "ns", df=3).to_dataframe("time", index=when),
        pd.get_dummies(when.day_name(), drop_first=True, dtype=float).set_index(when),
    ]
    fitted = work.fit_model(days.loc[when, "deaths"], work.cross_basis(summers, "o3", ozone), pd.concat(others, axis=1))
    found = work.relative_risk(summers["o3"], ozone, *fitted, [50.3], 40.3).iloc[0]
    assert found.tolist() == pytest.approx([1.0473129, 1.0047746, 1.0916521], abs=3e-6)


def test_temperature_of_the_third_published_example_needs_its_degree(work, days):
    lag_knots = dlnmpy.logknots(30, 3).tolist()
    knots = dlnmpy.equalknots(days["temperature"], fun="bs", df=5, degree=2).tolist()
    dust = dlnmpy.crossbasis(days["pm10"], lag=1, argvar={"fun": "lin"}, arglag={"fun": "strata", "df": 1})
    others = pd.concat([dust.to_dataframe("dust", index=days.index), work.controls(work.df)], axis=1)
    risks = {}
    for degree in (3, 2):
        argvar = {"fun": "bs", "degree": degree, "knots": knots}
        spec = {"lag": 30, "argvar": argvar, "arglag": {"fun": "ns", "knots": lag_knots}}
        fitted = work.fit_model(days["deaths"], work.cross_basis(work.df, "temperature", spec), others)
        given = work.df["temperature"], spec, *fitted
        risks[degree] = work.relative_risk(*given, [-20.0, 0.0, 27.0, 33.0], 21.0)["rr"].tolist()
        if degree == 3:
            by_lag = [work.relative_risk(*given, [33.0, -20.0], 21.0, lag)["rr"].tolist() for lag in (0, 5)]
            assert by_lag[0] == pytest.approx([1.0975673, 0.9219245], abs=1e-5)
            assert by_lag[1] == pytest.approx([1.0407919, 1.0228873], abs=1e-5)
            assert numbers_in("check_relative_risk", "_values") == pytest.approx(fitted[0].tolist(), abs=1e-5)
    assert risks[3] == pytest.approx([1.1827956, 1.1173374, 1.0442434, 1.9790951], abs=1e-5)
    assert risks[2][3] == pytest.approx(1.3108, abs=1e-4)


def test_fourth_published_example_reduces_to_two_numbers(work, days):
    lag_knots = dlnmpy.logknots(30, 3).tolist()
    argvar = {"fun": "thr", "side": "d", "thr_value": [10, 25]}
    spec = {"lag": 30, "argvar": argvar, "arglag": {"fun": "ns", "knots": lag_knots}}
    fitted = work.fit_model(days["deaths"], work.cross_basis(work.df, "temperature", spec), work.controls(work.df))
    basis = dlnmpy.crossbasis(days["temperature"], **spec)
    reduced = dlnmpy.crossreduce(basis, coef=fitted[0], vcov=fitted[1], model_link="log")
    assert reduced.coef == pytest.approx([0.0085216974, 0.0237774890], abs=1e-7)


def test_lowest_risk_and_heat_of_chicago_are_those_of_the_reference(work, usual):
    temperature = work.df.set_index("date")["temperature"]
    assert work.lowest_risk(temperature, usual.spec, usual.all_days) == pytest.approx(25.5, abs=0.06)
    number, share = work.attributable(temperature, usual.deaths, usual.spec, usual.all_days, 25.5, (25.5, 40.0))
    assert (number, share) == pytest.approx((3564, 0.00604), rel=1e-3)
    _, share = work.attributable(temperature, usual.without, usual.spec, usual.no_july, 25.2, (25.2, 40.0))
    assert share == pytest.approx(0.00303, abs=1e-5)


def test_coefficients_in_the_hidden_checks_are_those_of_the_fit(usual):
    for check in ("check_lowest_risk", "check_attributable"):
        name = {"check_lowest_risk": "_all_years", "check_attributable": "_values"}[check]
        assert numbers_in(check, name) == pytest.approx(usual.all_days.tolist(), abs=1e-5)
    assert numbers_in("check_lowest_risk", "_without_an_event") == pytest.approx(usual.no_july.tolist(), abs=1e-5)


def test_without_ten_days_the_risk_falls_to_half(work):
    hot = float(np.percentile(work.df["temperature"], 99))
    found = work.without_event(work.df, work.SPEC, {"July 1995": ("1995-07-12", "1995-07-21")}, hot, 25.5)
    assert found["rr"].tolist() == pytest.approx([1.1930, 1.1054], abs=5e-4)


@pytest.mark.parametrize("seed", [1995, 2026])
def test_the_truth_of_the_made_up_town_is_in_its_interval(seed):
    work = worked("IN", seed)
    spec = {"lag": 2, "argvar": {"fun": "thr", "side": "h", "thr_value": 30}, "arglag": {"fun": "integer"}}
    basis, others = work.cross_basis(work.made_up, "temperature", spec), work.controls(work.made_up)
    fitted = work.fit_model(work.made_up.set_index("date")["deaths"], basis, others)
    found = work.relative_risk(work.made_up["temperature"], spec, *fitted, [35.0], 30.0).loc[35.0]
    assert found["low"] < np.exp(0.3) < found["high"]


def test_points_are_those_that_the_notebook_states():
    points = {name: cell.metadata.nbgrader.points for name, cell in CELLS.items() if cell.metadata.nbgrader.grade}
    by_hand = points.pop("threshold_message")
    assert f"**Points:** {sum(points.values()) + by_hand}, of which {sum(points.values())} are for the functions" in (
        CELLS["how-it-works"].source
    )
    text = "\n".join(cell.source for name, cell in CELLS.items() if name.startswith("task-"))
    assert sum(int(number) for number in re.findall(r"\b(\d) points[.:]", text)) == sum(points.values())
    rubric = re.findall(r"\| (\d) \|$", CELLS["task-message-rule"].source, re.MULTILINE)
    assert sum(map(int, rubric)) == by_hand


OTHERS = [pytest.param(code, marks=[] if code == "BR" else [pytest.mark.matrix]) for code in codes() if code != "NG"]


@pytest.mark.parametrize("place", OTHERS)
def test_the_assignment_runs_for_every_other_place(place):
    assert len(worked(place).made_up) == 1461
