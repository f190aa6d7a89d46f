"""The assignment of the module dengue: what its solution finds, and that it runs for every place."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from cohort import answers, tree
from cohort.notebooks import grade_id, is_check, read_notebook
from cohort.places import codes

SOURCE = read_notebook(tree.source("dengue"))


def worked(place: str, seed: int = 1995) -> SimpleNamespace:
    """The assignment with the reference solution and without its checks, run for a place."""
    solutions = answers.reference("dengue")
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
def test_rows(work: SimpleNamespace) -> pd.Series:
    return work.brazil["date"] >= "2016-01-01"


def test_brazil_has_its_reference_score(work, test_rows):
    train = work.brazil[work.brazil["date"].between("2001-01-01", "2015-12-01")]
    limits = work.threshold(train)
    happened, rang = work.outbreak(work.brazil, limits), work.alarm(work.brazil, limits)
    found = work.score(happened[test_rows], rang[test_rows])
    assert found["hits"] + found["missed"] == 3_394
    assert found["sensitivity"] == pytest.approx(0.6273, abs=5e-5)
    assert found["ppv"] == pytest.approx(0.606, abs=5e-4)


def test_a_threshold_from_all_years_hides_outbreaks(work, test_rows):
    leaky = work.threshold(work.brazil)
    assert work.outbreak(work.brazil[test_rows], leaky).sum() == 2_664


def test_the_missing_year_stays_missing(work):
    in_2000 = work.brazil[work.brazil["date"].dt.year == 2000]
    limits = work.threshold(work.brazil)
    assert work.outbreak(in_2000, limits).isna().all()
    assert work.threshold(in_2000).isna().all()


def test_lags_are_those_of_a_shift_where_no_month_is_absent(work):
    rio = work.brazil[work.brazil["micro_code"].isin([33018, 53001])]
    lags = work.make_lags(rio.sample(frac=1, random_state=1), "micro_code", ["rate"], 2).sort_index()
    shifted = rio.groupby("micro_code")["rate"].shift(2)
    pd.testing.assert_series_equal(lags["rate_lag2"], shifted.sort_index(), check_names=False)


def test_training_rows_come_before_test_rows(work):
    dates = work.brazil.loc[work.brazil["micro_code"] == 33018, "date"]
    pairs = work.rolling_split(dates, 2016, 1)
    assert len(pairs) == 4
    for train, test in pairs:
        assert dates[train].max() == dates[test].min() - pd.DateOffset(months=2)


@pytest.mark.parametrize("seed", [1, 2026])
def test_the_made_up_table_has_what_its_text_says(work, seed):
    made_up = worked("IN", seed).made_up
    years = made_up["date"].dt.year
    assert made_up.loc[years == 2010, "rate"].isna().all() and made_up.loc[years > 2010, "rate"].notna().all()
    assert len(made_up) == 3 * 72 - 1
    found = work.outbreak(made_up[years == 2015], work.threshold(made_up[years < 2015]))
    assert found[made_up.loc[found.index, "micro_code"] == 902].sum() >= 4


OTHERS = [pytest.param(code, marks=[] if code == "BR" else [pytest.mark.matrix]) for code in codes() if code != "NG"]


@pytest.mark.parametrize("place", OTHERS)
def test_the_assignment_runs_for_every_other_place(place):
    assert len(worked(place).made_up) == 215
