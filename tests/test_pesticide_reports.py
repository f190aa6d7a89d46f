"""The synthetic reports of pesticide use: labelled, seeded, with the truth that a right analysis finds again."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Geod, Transformer

from cohort import pesticide_reports as reports
from cohort.errors import CourseError
from cohort.places import codes

TABLES = ["sections", "applications", "fields", "schools", "homes"]


def upper_half(area: reports.Landscape, active: bool = True) -> pd.DataFrame:
    """The schools on the map, with whether they are in the half with more pounds (or with more applications)."""
    located = area.applications.merge(area.sections[["section", "x", "y"]], on="section").dropna(subset=["pounds"])
    schools = area.schools.dropna(subset=["x"])
    square = sum((schools[[axis]].to_numpy() - located[axis].to_numpy()) ** 2 for axis in ("x", "y"))
    amount = located["pounds"] * located["active_share"] if active else np.ones(len(located))
    near = np.exp(-square / (2 * reports.BANDWIDTH**2)) @ amount
    return schools.assign(upper=near > np.median(near))


def rate_ratio(schools: pd.DataFrame) -> float:
    sums = schools.groupby("upper")[["visits", "pupils"]].sum()
    rates = sums["visits"] / sums["pupils"]
    return rates.loc[True] / rates.loc[False]


@pytest.fixture(scope="module")
def kenya() -> reports.Landscape:
    return reports.landscape("KE", seed=1)


@pytest.mark.parametrize("seed", range(1, 13))
def test_a_right_analysis_finds_the_made_up_rate_ratio_within_15_percent(seed):
    area = reports.landscape("NG", seed)
    assert rate_ratio(upper_half(area)) == pytest.approx(reports.RATE_RATIO, rel=0.15)
    assert rate_ratio(upper_half(area, active=False)) < 0.85 * reports.RATE_RATIO


@pytest.mark.parametrize("place", codes())
def test_every_table_of_every_place_says_that_it_is_synthetic(place):
    area = reports.landscape(place, seed=2)
    for name in TABLES:
        table = getattr(area, name)
        assert list(table)[-1] == "synthetic" and table["synthetic"].all()
        assert table.attrs["synthetic"] is True


@pytest.mark.parametrize("place", codes())
def test_sections_are_square_miles_on_the_ground(place):
    sections = reports.landscape(place, seed=3).sections
    assert len(sections) == 144
    area, _ = Geod(ellps="WGS84").geometry_area_perimeter(shapely.from_wkt(sections.loc[70, "wkt"]))
    assert abs(area) == pytest.approx(reports.MILE**2, rel=0.005)


def test_degrees_and_metres_are_the_same_places(kenya):
    change = Transformer.from_crs(4326, kenya.epsg, always_xy=True)
    for table in (kenya.sections, kenya.schools.dropna(subset=["x"])):
        x, y = change.transform(table["longitude"], table["latitude"])
        assert np.hypot(x - table["x"], y - table["y"]).max() < 0.2


def test_a_field_lies_in_the_section_that_its_report_names(kenya):
    named = kenya.applications.merge(kenya.sections[["section", "x", "y"]], on="section", how="left")
    for axis in ("x", "y"):
        assert (named[axis] - kenya.fields[axis]).abs().dropna().max() <= reports.MILE / 2 + 0.1


def test_the_same_seed_gives_the_same_landscape_and_another_seed_another(kenya):
    again, other = reports.landscape("KE", seed=1), reports.landscape("KE", seed=2)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(kenya, name), getattr(again, name))
    assert not kenya.applications.equals(other.applications)


def test_the_record_is_that_of_the_law_with_the_crops_of_the_place(kenya):
    asked = {"date", "county", "section", "operator_id", "commodity", "pounds", "acres", "method"}
    assert asked <= set(kenya.applications)
    assert set(kenya.applications["commodity"]) == {"cut flowers", "vegetables"}
    assert set(kenya.applications["county"]) == {"made-up county"}


def test_what_real_tables_lack_is_missing_here_too_and_never_zero(kenya):
    assert kenya.schools["x"].isna().sum() == 2 and kenya.schools["farmworker_share"].isna().sum() == 6
    assert kenya.schools.loc[kenya.schools["x"].isna(), ["longitude", "latitude"]].isna().all(axis=None)
    for column in ("section", "pounds"):
        assert kenya.applications[column].isna().any()
    assert (kenya.applications["pounds"].dropna() > 0).all()


def test_farm_workers_families_are_missing_from_the_register_more_often(kenya):
    listed = kenya.homes.groupby("group")["in_register"].mean()
    assert listed["farmworker"] < 0.75 < 0.9 < listed["other"]


def test_a_place_without_crops_of_its_own_gets_a_landscape(monkeypatch):
    monkeypatch.delitem(reports.AREAS, "KE")
    area = reports.landscape("KE", seed=1)
    assert area.epsg == 32631 and "the main crop" in set(area.applications["commodity"])


def test_an_unknown_place_is_refused():
    with pytest.raises(CourseError, match="there is no place"):
        reports.landscape("XX", seed=1)


def test_statewide_applications_lie_in_the_county_that_they_name():
    from cohort.datasets import california_counties

    found = reports.statewide(seed=1, rows=300)
    counties = california_counties().set_index("county").geometry
    assert len(found) == 300 and set(found["county"]) == set(counties.index) and len(counties) == 58
    assert found["synthetic"].all()
    inside = [counties[row.county].covers(shapely.Point(row.longitude, row.latitude)) for row in found.itertuples()]
    assert all(inside)
    with pytest.raises(ValueError, match="58"):
        reports.statewide(seed=1, rows=57)


@pytest.mark.parametrize("place", sorted(set(reports.AREAS) - {"RW", "UG"}))
def test_no_real_land_is_meant(place):
    """The map of the world does not show Lake Victoria, over which the areas of Rwanda and Uganda lie."""
    from cohort.datasets import countries

    sections = reports.landscape(place, seed=1).sections
    spots = shapely.multipoints(sections[["longitude", "latitude"]].to_numpy())
    assert not countries().geometry.intersects(spots).any()


def test_a_landscape_has_no_table_that_the_tests_forget():
    assert [field.name for field in fields(reports.Landscape)] == ["epsg", *TABLES]
