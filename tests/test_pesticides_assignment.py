"""The assignment of the module pesticides: what its tables and its reference solutions are, for every place."""

from __future__ import annotations

import re
import warnings

import numpy as np
import pandas as pd
import pytest

from cohort import pesticide_reports, tree
from cohort.notebooks import grade_id, read_notebook
from cohort.places import codes

SOURCE = read_notebook(tree.source("pesticides"))
CELLS = {grade_id(cell): cell for cell in SOURCE.cells if grade_id(cell)}
LOCKED = ("imports", "load")


def names(place: str, seed: int = 1995) -> dict:
    """What the notebook defines for a place: its data and the reference solutions, without the checks."""
    found = {"place": place, "seed": seed}
    for name, cell in CELLS.items():
        is_answer = cell.metadata.nbgrader.solution and cell.cell_type == "code"
        if name in LOCKED or is_answer:
            with warnings.catch_warnings():
                exec(cell.source, found)
    return found


@pytest.fixture(scope="module")
def nigeria() -> dict:
    return names("NG")


@pytest.mark.parametrize("place", ["NG", "EU", "US-CA", "ZA"])
def test_share_of_all_sections_within_a_buffer_is_the_area_of_the_buffer(place):
    """The school lies in the middle of the area, so nothing of its buffer is cut off."""
    found = names(place)
    middle = found["sections"].iloc[66]
    near = [
        found["area_share"](row.wkt, middle["longitude"], middle["latitude"], 1000.0, found["epsg"])
        for row in found["sections"].itertuples()
        if abs(row.x - middle["x"]) < 4000 and abs(row.y - middle["y"]) < 4000
    ]
    assert sum(near) * pesticide_reports.MILE**2 == pytest.approx(np.pi * 1000**2, rel=0.005)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_solutions_together_find_the_made_up_rate_ratio_within_15_percent(seed):
    found = names("CO", seed)
    sums = found["exposure"](found["schools"], found["applications"], 1000)
    exposed = (sums > sums.median()).astype(float).where(sums.notna()).to_numpy()
    ratio, low, high = found["rate_ratio"](found["schools"].assign(exposed=exposed))
    assert ratio == pytest.approx(1.6, rel=0.15)
    assert low < ratio < high


def test_the_exposure_lies_within_its_range_and_the_order_names_each_school_once(nigeria):
    schools = nigeria["schools"].dropna(subset=["x"])
    known = nigeria["applications"].dropna(subset=["x", "pounds"])
    ranges = nigeria["exposure_range"](schools, known, 1000)
    ranges["exposure"] = nigeria["exposure"](schools, known, 1000)
    assert (ranges["low"] <= ranges["exposure"]).all() and (ranges["exposure"] <= ranges["high"]).all()
    order = nigeria["notice_order"](ranges.reindex(nigeria["schools"]["school"]))
    assert sorted(order["school"]) == sorted(nigeria["schools"]["school"])
    assert order["tier"].isna().sum() == 2
    assert order.dropna()["tier"].is_monotonic_increasing


@pytest.mark.parametrize("place", codes())
def test_no_home_is_alone_in_a_square_that_is_shown(place):
    found = names(place)
    table, withheld = found["location_mask"](found["homes"], 5, 500)
    assert table["homes"].min() >= 5 and table["homes"].sum() + withheld == len(found["homes"])
    points = set(found["homes"][["x", "y"]].itertuples(index=False, name=None))
    assert not points & set(table[["x", "y"]].itertuples(index=False, name=None))


def test_students_tables_do_not_hold_the_truth(nigeria):
    assert "exposed" not in nigeria["schools"]
    assert all(nigeria[name]["synthetic"].all() for name in ("schools", "sections", "applications", "homes"))


def test_a_group_with_nobody_in_the_register_is_missing_wholly(nigeria):
    families = pd.DataFrame({"group": ["farmworker", "other"], "families": [7.0, 5.0]})
    found = nigeria["who_is_missing"](families, pd.DataFrame({"group": ["other"]})).set_index("group")
    assert found.loc["farmworker", "missing"] == 7 and found.loc["other", "missing"] == 4


def test_points_are_those_that_the_notebook_states():
    points = {name: cell.metadata.nbgrader.points for name, cell in CELLS.items() if cell.metadata.nbgrader.grade}
    by_hand = points.pop("answer_to_the_partner")
    assert f"**Points:** {sum(points.values()) + by_hand}, of which {sum(points.values())} are for the functions" in (
        CELLS["how-it-works"].source
    )
    text = "\n".join(cell.source for name, cell in CELLS.items() if name.startswith("task-"))
    stated = [int(number) for number in re.findall(r"\b(\d) points\.", text)]
    assert stated == [each for each in points.values() if each]
    rubric = re.findall(r"\| (\d) \|$", CELLS["task-answer"].source, re.MULTILINE)
    assert sum(map(int, rubric)) == by_hand
