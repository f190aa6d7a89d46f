"""Synthetic reports of pesticide use, with made-up schools and homes around them: nothing in them is real.

The record follows what California's law asks for (3 CCR 6624 and 6626): date, county, section of the land survey,
crop, product, amount, acres, method. The squares lie over open water, so that no real field, school or home is meant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cohort.places import load_place

# Metres in a mile: the side of a section of the Public Land Survey. The area has so many sections each way.
MILE = 1609.344
SECTIONS = 12
# The made-up harm: how fast it falls with distance (metres), the visits to a clinic per pupil and year at the less
# exposed half of the schools, and how many times as many there are at the other half.
BANDWIDTH = 1000.0
BASE_RATE = 0.3
RATE_RATIO = 1.6
# Made-up kinds of product: the usual pounds of one application, and the share of active ingredient.
KINDS = {"fumigant": (220.0, 0.9), "insecticide": (6.0, 0.4), "fungicide": (9.0, 0.5), "herbicide": (7.0, 0.45)}

# Open water of the sea, or of Lake Victoria, not far from each place (longitude, latitude), and crops of the place.
AREAS = {
    "BR": (-40.0, -25.5, ["soy", "sugar cane"]),
    "CO": (-76.5, 11.3, ["banana", "cut flowers"]),
    "EU": (4.0, 55.5, ["apples", "grapes"]),
    "GH": (-1.2, 3.8, ["cocoa", "tomatoes"]),
    "ID": (110.5, -5.0, ["oil palm", "chilli"]),
    "IN": (86.0, 16.0, ["cotton", "chilli"]),
    "KE": (41.2, -4.2, ["cut flowers", "vegetables"]),
    "MX": (-109.5, 21.8, ["tomatoes", "chilli"]),
    "NG": (4.5, 3.8, ["cocoa", "vegetables"]),
    "PH": (127.5, 11.0, ["banana", "rice"]),
    "RW": (32.2, -1.4, ["tea", "potatoes"]),
    "UG": (33.0, -0.8, ["coffee", "sugar cane"]),
    "US-CA": (-124.8, 36.2, ["strawberries", "almonds"]),
    "ZA": (16.0, -34.0, ["grapes", "citrus"]),
}
ELSEWHERE = (3.0, 0.3, ["the main crop", "vegetables"])

_OPERATORS, _SCHOOLS, _HOMES = 60, 40, 700
_LABEL = "synthetic"


@dataclass(frozen=True)
class Landscape:
    """An area that does not exist. Each table says so in its last column, `synthetic`.

    Attributes
    ----------
    epsg : int
        The projection of `x` and `y`, in metres: the zone of Universal Transverse Mercator of the place.
    sections : pandas.DataFrame
        The squares of a mile: `section`, the centre (`x`, `y`, `longitude`, `latitude`) and the corners as well-known
        text in degrees (`wkt`).
    applications : pandas.DataFrame
        One row a reported application: `date`, `county`, `section` (missing where the report names none),
        `operator_id`, `commodity`, `kind`, `pounds` of product (some missing), `active_share`, `acres`, `method`.
    fields : pandas.DataFrame
        Where each application truly was (`x`, `y`), row by row. No report tells this.
    schools : pandas.DataFrame
        `school`, `x`, `y`, `longitude`, `latitude` (missing for two), `pupils`, `farmworker_share` of the pupils (some
        missing), `visits` to a clinic in the year, and `exposed`: whether it truly is in the more exposed half.
    homes : pandas.DataFrame
        `home`, `x`, `y`, `group` (``"farmworker"`` or ``"other"``) and whether it is `in_register`.
    """

    epsg: int
    sections: pd.DataFrame
    applications: pd.DataFrame
    fields: pd.DataFrame
    schools: pd.DataFrame
    homes: pd.DataFrame


def landscape(place: str, seed: int) -> Landscape:
    """A year of reported applications around schools and homes, all drawn by chance.

    Parameters
    ----------
    place : str
        Whose crops, words for areas and projection, such as ``"KE"``.
    seed : int
        The same seed gives the same landscape.

    Returns
    -------
    Landscape
        144 sections, some hundred applications, 40 schools, 700 homes.

    Raises
    ------
    CourseError
        If there is no such place.

    Notes
    -----
    Few fields are fumigated, with many pounds at a time; many are sprayed often, with few pounds. So a count of
    applications points to other schools than the pounds do. Families of farm workers live nearer to the fumigated
    fields, and fewer of them are in the register. The visits to a clinic are `RATE_RATIO` times as frequent where the
    pounds of active ingredient on the true fields, weighted by distance with `BANDWIDTH`, are above the median. All of
    this is made up: it says nothing about a place.

    Examples
    --------
    >>> len(landscape("KE", seed=1).sections)
    144
    """
    here = load_place(place)
    chance = np.random.default_rng(seed)
    longitude, latitude, crops = AREAS.get(place, ELSEWHERE)
    epsg = _utm(longitude, latitude)
    west, south = (round(value, -3) for value in _project(longitude, latitude, epsg))
    side = SECTIONS * MILE

    # The fumigated fields lie in the north-west, the others everywhere else.
    heavy = chance.uniform([0.08, 0.55], [0.45, 0.92], (6, 2)) * side
    light = np.vstack([chance.uniform([0.55, 0.08], [0.95, 0.9], (14, 2)), chance.uniform(0.05, 0.4, (4, 2))]) * side
    applications, fields = _applications(heavy, light, crops, chance)
    applications.insert(1, "county", f"made-up {here.geography[0]}")
    # The true half is told by the true fields, before anything of the report is lost.
    schools = _schools(heavy, light, side, chance)
    active = (applications["pounds"] * applications["active_share"]).to_numpy()
    near = np.exp(-((_distance(schools, fields) / BANDWIDTH) ** 2) / 2) @ active
    schools["exposed"] = near > np.median(near)
    rate = BASE_RATE * np.where(schools["exposed"], RATE_RATIO, 1.0)
    schools["visits"] = chance.poisson(schools["pupils"] * rate)
    homes = _homes(schools, heavy, side, chance)
    _lose(applications, schools, chance)

    for table in (fields, schools, homes):
        table["x"], table["y"] = (table["x"] + west).round(1), (table["y"] + south).round(1)
    _add_degrees(schools, epsg)
    columns = ["school", "x", "y", "longitude", "latitude", "pupils", "farmworker_share", "visits", "exposed"]
    parts = [_sections(west, south, epsg), applications, fields, schools[columns], homes]
    return Landscape(epsg, *(_labelled(part) for part in parts))


def statewide(seed: int, rows: int = 3000) -> pd.DataFrame:
    """Synthetic applications all over California: at least one in each of its 58 counties, which are real.

    Parameters
    ----------
    seed : int
        The same seed gives the same applications.
    rows : int
        How many, at least 58.

    Returns
    -------
    pandas.DataFrame
        `county` (the real name), `longitude`, `latitude`, `pounds` of active ingredient, and `synthetic`.

    Raises
    ------
    ValueError
        If there are fewer rows than counties.

    Notes
    -----
    How many a county gets is drawn by chance, and has nothing to do with what is used there.
    """
    # Here, because most who import this module need no map.
    from cohort.datasets import california_counties

    counties = california_counties()
    if rows < len(counties):
        raise ValueError(f"ask for {len(counties)} rows or more: one for each county")
    chance = np.random.default_rng(seed)
    weights = chance.lognormal(0, 1.2, len(counties))
    extra = chance.multinomial(rows - len(counties), weights / weights.sum())
    parts = []
    for shape, name, number in zip(counties.geometry, counties["county"], 1 + extra, strict=True):
        points = _inside(shape, number, chance)
        parts.append(pd.DataFrame({"county": name, "longitude": points[:, 0], "latitude": points[:, 1]}))
    found = pd.concat(parts, ignore_index=True)
    found["pounds"] = chance.lognormal(3, 1.3, len(found)).round(1)
    return _labelled(found)


def _applications(
    heavy: np.ndarray, light: np.ndarray, crops: list[str], chance: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Reports of a year, and the true place of each; metres from the corner of the area."""
    fumigated = np.arange(_OPERATORS) < _OPERATORS // 3
    centres = np.where(
        fumigated[:, None],
        heavy[chance.integers(len(heavy), size=_OPERATORS)],
        light[chance.integers(len(light), size=_OPERATORS)],
    )
    spots = np.clip(centres + chance.normal(0, 600, centres.shape), 0, SECTIONS * MILE - 1)
    times = np.where(fumigated, chance.integers(4, 8, _OPERATORS), chance.integers(10, 24, _OPERATORS))
    operator = np.repeat(np.arange(_OPERATORS), times)
    kinds = np.where(fumigated[operator], "fumigant", chance.choice(list(KINDS)[1:], len(operator)))
    usual = np.array([KINDS[kind][0] for kind in kinds])
    days = pd.to_datetime("2025-01-01") + pd.to_timedelta(np.sort(chance.integers(0, 365, len(operator))), unit="D")
    column, row = (spots[operator] // MILE).astype(int).T
    table = pd.DataFrame(
        {
            "date": days,
            "section": [_name(a, b) for a, b in zip(row, column, strict=True)],
            "operator_id": [f"made-up {number + 1:02}" for number in operator],
            "commodity": np.where(fumigated[operator], crops[0], crops[-1]),
            "kind": kinds,
            "pounds": (usual * chance.lognormal(0, 0.5, len(operator))).round(1),
            "active_share": [KINDS[kind][1] for kind in kinds],
            "acres": chance.uniform(2, 40, len(operator)).round(0),
            "method": np.where(fumigated[operator], "ground", chance.choice(["air", "ground", "other"], len(operator))),
        }
    )
    return table, pd.DataFrame(spots[operator], columns=["x", "y"])


def _schools(heavy: np.ndarray, light: np.ndarray, side: float, chance: np.random.Generator) -> pd.DataFrame:
    """Half of the schools near the fumigated fields, the others near sprayed ones or far from all."""
    half = _SCHOOLS // 2
    near = heavy[np.arange(half) % len(heavy)] + _ring(half, 200, 1100, chance)
    far = light[np.arange(half) % len(light)] + _ring(half, 200, 2000, chance)
    spots = np.clip(np.vstack([near, far]), 100, side - 100)
    mixed = chance.permutation(_SCHOOLS)
    share = np.concatenate([chance.beta(6, 4, half), chance.beta(3, 7, half)]).round(2)
    pupils = chance.lognormal(5.8, 0.6, _SCHOOLS).clip(60, 1500).astype(int)
    names = [f"School {number:02}" for number in range(1, _SCHOOLS + 1)]
    table = {"school": names, "x": spots[mixed, 0], "y": spots[mixed, 1]}
    return pd.DataFrame(table | {"pupils": pupils, "farmworker_share": share[mixed]})


def _homes(schools: pd.DataFrame, heavy: np.ndarray, side: float, chance: np.random.Generator) -> pd.DataFrame:
    """Most homes in villages around the schools; some alone, near the fumigated fields."""
    villages = schools[["x", "y"]].to_numpy()[chance.integers(len(schools), size=_HOMES)]
    spots = villages + chance.normal(0, 180, (_HOMES, 2))
    alone = chance.random(_HOMES) < 0.12
    spots[alone] = heavy[chance.integers(len(heavy), size=alone.sum())] + _ring(alone.sum(), 500, 2600, chance)
    spots = np.clip(spots, 0, side - 1)
    nearest = np.hypot(*(spots[:, None] - heavy).transpose(2, 0, 1)).min(axis=1)
    works = chance.random(_HOMES) < np.select([alone, nearest < 1500], [0.85, 0.5], 0.2)
    listed = chance.random(_HOMES) < np.where(works, 0.6, 0.95)
    names = [f"home {number:03}" for number in range(1, _HOMES + 1)]
    group = np.where(works, "farmworker", "other")
    return pd.DataFrame({"home": names, "x": spots[:, 0], "y": spots[:, 1], "group": group, "in_register": listed})


def _lose(applications: pd.DataFrame, schools: pd.DataFrame, chance: np.random.Generator) -> None:
    """Take out what real tables lack, too."""
    number = len(applications) // 60
    applications.loc[chance.choice(len(applications), number, replace=False), "section"] = None
    applications.loc[chance.choice(len(applications), number, replace=False), "pounds"] = np.nan
    schools.loc[chance.choice(len(schools), 2, replace=False), ["x", "y"]] = np.nan
    schools.loc[chance.choice(len(schools), 6, replace=False), "farmworker_share"] = np.nan


def _sections(west: float, south: float, epsg: int) -> pd.DataFrame:
    row, column = np.divmod(np.arange(SECTIONS**2), SECTIONS)
    table = pd.DataFrame({"section": [_name(a, b) for a, b in zip(row, column, strict=True)]})
    table["x"], table["y"] = (west + (column + 0.5) * MILE).round(3), (south + (row + 0.5) * MILE).round(3)
    _add_degrees(table, epsg)
    around = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5], [-0.5, -0.5]]) * MILE
    corners = table[["x", "y"]].to_numpy()[:, None] + around
    degrees = np.stack(_degrees(corners[..., 0], corners[..., 1], epsg), axis=-1)
    rings = [", ".join(f"{a:.7f} {b:.7f}" for a, b in ring) for ring in degrees]
    table["wkt"] = [f"POLYGON (({ring}))" for ring in rings]
    return table


def _name(row: int, column: int) -> str:
    """The name of a section: row from the south, column from the west."""
    return f"{row + 1:02}-{column + 1:02}"


def _ring(number: int, least: float, most: float, chance: np.random.Generator) -> np.ndarray:
    """Steps in any direction, of a length between two."""
    angle, length = chance.uniform(0, 2 * np.pi, number), chance.uniform(least, most, number)
    return np.column_stack([length * np.cos(angle), length * np.sin(angle)])


def _distance(sites: pd.DataFrame, points: pd.DataFrame) -> np.ndarray:
    return np.hypot(*(sites[[axis]].to_numpy() - points[axis].to_numpy() for axis in ("x", "y")))


def _inside(shape: object, number: int, chance: np.random.Generator) -> np.ndarray:
    """Points drawn evenly inside a shape."""
    import shapely

    low, high = np.reshape(shape.bounds, (2, 2))
    found = np.empty((0, 2))
    while len(found) < number:
        tried = chance.uniform(low, high, (4 * number, 2))
        found = np.vstack([found, tried[shapely.contains_xy(shape, *tried.T)]])
    return found[:number]


def _utm(longitude: float, latitude: float) -> int:
    """The EPSG code of the zone of Universal Transverse Mercator in which a point lies."""
    return (32600 if latitude >= 0 else 32700) + int((longitude + 180) // 6) + 1


def _transformer(epsg: int):
    from pyproj import Transformer

    return Transformer.from_crs(4326, epsg, always_xy=True)


def _project(longitude: float, latitude: float, epsg: int) -> tuple[float, float]:
    return _transformer(epsg).transform(longitude, latitude)


def _degrees(x: np.ndarray, y: np.ndarray, epsg: int) -> tuple[np.ndarray, np.ndarray]:
    return _transformer(epsg).transform(x, y, direction="INVERSE")


def _add_degrees(table: pd.DataFrame, epsg: int) -> None:
    longitude, latitude = _degrees(table["x"].to_numpy(), table["y"].to_numpy(), epsg)
    # PROJ gives infinity where a coordinate is missing.
    known = table["x"].notna().to_numpy()
    table["longitude"] = np.where(known, longitude, np.nan).round(6)
    table["latitude"] = np.where(known, latitude, np.nan).round(6)


def _labelled(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its label, which stays in every copy and every file of it."""
    labelled = table.assign(**{_LABEL: True})
    labelled.attrs[_LABEL] = True
    return labelled
