"""Makes a tidy table of the file that an archive carries: names, dates and gaps, and nothing else is changed."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import pickle
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

import pandas as pd


def _chicago(raw: bytes) -> pd.DataFrame:
    columns = {
        "death": "deaths",
        "cvd": "deaths_cardiovascular",
        "resp": "deaths_respiratory",
        "temp": "temperature",
        "dptp": "dew_point",
        "rhum": "relative_humidity",
    }
    return pd.read_csv(io.BytesIO(raw), parse_dates=["date"]).rename(columns=columns)


def _puerto_rico_deaths(raw: bytes) -> pd.DataFrame:
    frame = _unpickled(raw)
    return frame.assign(date=pd.to_datetime(frame["date"]))


def _dengue_brazil(raw: bytes) -> pd.DataFrame:
    frame = pd.read_csv(io.BytesIO(raw))
    return frame.assign(date=pd.to_datetime(frame[["year", "month"]].assign(day=1)))


def _hhs_breaches(raw: bytes) -> pd.DataFrame:
    columns = {
        "Breach.Submission.Date": "date",
        "Individuals.Affected": "people",
        "Type.of.Breach": "kind",
        "Location.of.Breached.Information": "location",
        "State": "state",
        "Covered.Entity.Type": "entity",
    }
    frame = _unpickled(raw).rename(columns=columns)
    # One kind ends with a blank, which would make it a kind of its own.
    return frame.assign(date=pd.to_datetime(frame["date"]), kind=frame["kind"].str.strip())


def _hiv_malawi(raw: bytes) -> pd.DataFrame:
    columns = {
        "villnum": "village",
        "got": "got_result",
        "distvct": "distance",
        "tinc": "incentive",
        "any": "any_incentive",
        "hiv2004": "hiv",
    }
    return _unpickled(raw).rename(columns=columns)


def _dengue_peru(raw: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(raw), encoding="utf-8-sig")


def _months(raw: bytes) -> pd.DataFrame:
    """Dengue by month and region, as the tables of Pakistan and the Philippines have it."""
    frame = pd.read_csv(io.BytesIO(raw), encoding="utf-8-sig")
    columns = {"Region": "region", "Dengue_Cases": "cases", "Dengue_Deaths": "deaths"}
    date = pd.to_datetime("1 " + frame["Month"] + " " + frame["Year"].astype(str), format="%d %B %Y")
    return frame.rename(columns=columns).assign(date=date)


def _dengue_india(raw: bytes) -> pd.DataFrame:
    """From one column a year and count to one row a state and year; "NR", not reported, becomes missing."""
    wide = pd.read_csv(io.BytesIO(raw), na_values=["NR", "NR "]).rename(columns={"States": "state"})
    long = wide.drop(columns="Num").melt("state", var_name="what", value_name="count")
    long[["year", "what"]] = long["what"].str.split("_", expand=True)
    table = long.pivot(index=["year", "state"], columns="what", values="count").reset_index()
    names = {"Cases": "cases", "Deaths": "deaths"}
    return table.rename(columns=names).assign(
        date=pd.to_datetime(table["year"] + "-01-01"), state=table["state"].str.rstrip("*")
    )


def _dengue_sri_lanka(raw: bytes) -> pd.DataFrame:
    # The file is called .csv, and is a workbook.
    return pd.read_excel(io.BytesIO(raw)).rename(columns={"Date": "date", "City": "city", "Value": "cases"})


def _cholera_africa(raw: bytes) -> pd.DataFrame:
    """One row a day and country from a model's parameters, whose lists begin on `date_start`."""
    given = json.loads(gzip.decompress(raw))
    series = [("cases", given["reported_cases"]), ("deaths", given["reported_deaths"])]
    days = pd.date_range(given["date_start"], given["date_stop"], name="date")
    by_country = {
        what: pd.DataFrame(lists, given["location_name"], days).rename_axis("country").T.replace("NA", None)
        for what, lists in series
    }
    return pd.DataFrame({what: each.unstack().astype(float) for what, each in by_country.items()}).reset_index()


def _cholera_london(raw: bytes) -> pd.DataFrame:
    columns = {"cholera_deaths": "deaths", "popn": "population", "pop_dens": "population_density"}
    kept = _unpickled(raw).rename(columns=columns)
    return kept.assign(water=kept["water"].astype(str), region=kept["region"].astype(str))


def _demography_africa(raw: bytes) -> pd.DataFrame:
    columns = {"country": "name", "iso_code": "country"}
    return pd.read_csv(io.BytesIO(raw), keep_default_na=False).rename(columns=columns)


def _dengue_medellin(raw: bytes) -> pd.DataFrame:
    columns = {"LastDayWeek": "date", "cases_medellin": "cases", "precipitation_medellin": "rain"}
    frame = pd.read_csv(io.BytesIO(raw), parse_dates=["LastDayWeek"]).rename(columns=columns)
    return frame.assign(week=frame["YearWeek"] % 100, year=frame["YEAR"])


def _wells_bangladesh(raw: bytes) -> pd.DataFrame:
    frame = _unpickled(raw)
    return frame.assign(**{column: frame[column].eq("yes").astype(int) for column in ("switch", "association")})


def _countries(*shapefile: bytes) -> pd.DataFrame:
    columns = {"iso_a3": "country", "pop_est": "population"}
    frame = _shapes(*shapefile).rename(columns=columns)
    # Codes that the map's maker gave to places which have none in ISO 3166-1.
    return frame.assign(country=frame["country"].mask(frame["country"].isin(["-99", "CYN", "SOL"])))


def _california_counties(*shapefile: bytes) -> pd.DataFrame:
    columns = {"NAME": "county", "GEOID": "fips", "ALAND": "land", "AWATER": "water"}
    frame = _shapes(*shapefile).rename(columns=columns)
    return frame[frame["STATEFP"] == "06"].sort_values("fips", ignore_index=True)


def _shapes(shapes: bytes, index: bytes, attributes: bytes) -> pd.DataFrame:
    """A shapefile as a table, its outlines as text (well-known text), which crosses every border of programs."""
    # Imported here: they take a second, and no other table needs them.
    import geopandas
    import shapely

    with tempfile.TemporaryDirectory() as folder:
        for ending, content in (("shp", shapes), ("shx", index), ("dbf", attributes)):
            Path(folder, f"shapes.{ending}").write_bytes(content)
        frame = geopandas.read_file(Path(folder, "shapes.shp"))
    outlines = shapely.to_wkt(frame.geometry.values, rounding_precision=-1)
    return pd.DataFrame(frame.drop(columns="geometry")).assign(geometry=outlines)


def _unpickled(raw: bytes) -> pd.DataFrame:
    # A pickle runs code when it is read: this one only after its wheel's hash has matched.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # The pickle names modules as NumPy 1 did.
        return pickle.loads(lzma.decompress(raw))


TIDY: dict[str, Callable[..., pd.DataFrame]] = {
    "california_counties": _california_counties,
    "chicago": _chicago,
    "cholera_africa": _cholera_africa,
    "cholera_london": _cholera_london,
    "countries": _countries,
    "demography_africa": _demography_africa,
    "dengue_brazil": _dengue_brazil,
    "dengue_india": _dengue_india,
    "dengue_medellin": _dengue_medellin,
    "dengue_pakistan": _months,
    "dengue_peru": _dengue_peru,
    "dengue_philippines": _months,
    "dengue_sri_lanka": _dengue_sri_lanka,
    "hhs_breaches": _hhs_breaches,
    "hiv_malawi": _hiv_malawi,
    "puerto_rico_deaths": _puerto_rico_deaths,
    "wells_bangladesh": _wells_bangladesh,
}
