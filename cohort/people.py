"""Synthetic people of a place: the register of a clinic that does not exist."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pandas as pd

from cohort.errors import CourseError
from cohort.places import Formats, load_place

# What each column tells, in general words. A date of birth tells the age.
KINDS = {
    "identifier": "identity number",
    "given_name": "name",
    "family_name": "name",
    "phone": "phone number",
    "birth_date": "age",
    "sex": "sex",
    "marital_status": "marital status",
    "occupation": "occupation",
    "area": "area",
    "visit_date": "date of a visit",
    "diagnosis": "health",
    "fridge_celsius": "temperature of the fridge",
}
DIAGNOSES = ["asthma", "diabetes", "diarrhoea", "fever", "heat illness", "high blood pressure", "injury"]
OCCUPATIONS = ["builder", "driver", "farmer", "nurse", "teacher", "trader", "works at home"]
MARITAL = ["divorced", "married", "single", "widowed"]
AREAS = 12
ADULT = 18
FIRST_VISIT, LAST_VISIT = date(2026, 1, 1), date(2026, 10, 31)


def register(place: str, rows: int, seed: int) -> pd.DataFrame:
    """A synthetic register of a clinic's patients. No row is a real person.

    Parameters
    ----------
    place : str
        Whose names, phone numbers, identity numbers and areas, such as ``"NG"``.
    rows : int
        How many people: one visit each.
    seed : int
        The same seed gives the same people.

    Returns
    -------
    pandas.DataFrame
        The columns of `KINDS`, in this order; no identity number occurs twice. `birth_date` and `visit_date`
        are datetime64. ``attrs["synthetic"]`` is True.

    Raises
    ------
    CourseError
        If there is no such place, or its pack has no formats.
    ValueError
        If `rows` is negative or more than there are identity numbers.

    Notes
    -----
    All is drawn by chance, each column by itself; only the young are single and at school. Nothing about the place's
    people can be learnt from it.

    Examples
    --------
    >>> register("KE", 100, seed=1)["identifier"].str.len().unique()
    array([8])
    """
    here = load_place(place)
    if here.formats is None:
        raise CourseError(f"places/{place}.yml has no formats: add names, phone and identifier for synthetic people")
    chance = np.random.default_rng(seed)
    visits = _days(FIRST_VISIT, LAST_VISIT, rows, chance)
    births = visits - pd.to_timedelta(chance.integers(0, 90 * 365, rows), unit="D").as_unit("s")
    young = (visits - births).days < ADULT * 365
    people = {
        "identifier": _identifiers(here.formats, rows, chance),
        "given_name": chance.choice(here.formats.given_names, rows),
        "family_name": chance.choice(here.formats.family_names, rows),
        "phone": [_filled(here.formats.phone, chance) for _ in range(rows)],
        "birth_date": births,
        "sex": chance.choice(["female", "male"], rows),
        "marital_status": np.where(young, "single", chance.choice(MARITAL, rows)),
        "occupation": np.where(young, "at school or younger", chance.choice(OCCUPATIONS, rows)),
        "area": [f"{here.geography[-1].capitalize()} {number}" for number in chance.integers(1, AREAS + 1, rows)],
        "visit_date": visits,
        "diagnosis": chance.choice(DIAGNOSES, rows),
        "fridge_celsius": chance.normal(5, 1, rows).round(1),
    }
    table = pd.DataFrame(people, columns=list(KINDS))
    table.attrs["synthetic"] = True
    return table


def _days(first: date, last: date, rows: int, chance: np.random.Generator) -> pd.DatetimeIndex:
    days = pd.date_range(first, last, unit="s")
    return days[chance.integers(0, len(days), rows)]


def _identifiers(formats: Formats, rows: int, chance: np.random.Generator) -> list[str]:
    """Numbers of the place's pattern, each another one."""
    pattern = formats.identifier.pattern
    if rows > 10 ** pattern.count("#"):
        raise ValueError(f"there are fewer than {rows} numbers of the form {pattern}: ask for fewer rows")
    found: dict[str, None] = {}
    while len(found) < rows:
        found[_filled(pattern, chance)] = None
    return list(found)


def _filled(pattern: str, chance: np.random.Generator) -> str:
    """The pattern with a digit for each #."""
    return re.sub("#", lambda _: str(chance.integers(10)), pattern)
