"""The facts of places as a table, for notebooks that compare places or ask what held on a day."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cohort.facts import Fact
from cohort.places import Place, load_place

COLUMNS = ["place", "id", "topic", "text", "trigger", "value", "from", "to", "certainty", "citation"]


def row(place: Place, fact: Fact) -> dict[str, Any]:
    """One fact as plain values; `value` in words, `from` and `to` are dates or None."""
    return {
        "place": place.code,
        "id": fact.id,
        "topic": fact.topic,
        "text": " ".join(fact.text.split()),
        "trigger": fact.trigger and " ".join(fact.trigger.split()),
        "value": None if fact.value is None else str(fact.value),
        "from": fact.in_force.from_,
        "to": fact.in_force.to,
        "certainty": fact.certainty.value,
        "citation": " ".join(fact.citation.split()),
    }


def fact_table(*codes: str, topic: str | None = None) -> pd.DataFrame:
    """The facts of some places, one a row, in the order of the packs.

    Parameters
    ----------
    *codes : str
        Places, such as ``"NG"``.
    topic : str, optional
        Only facts on this topic and on those below it (``law`` has ``law.transfer``).

    Returns
    -------
    pandas.DataFrame
        Columns `COLUMNS`: texts, and `from` and `to` (datetime64, first and last day in force; NaT where the
        law names none or it is not known).

    Raises
    ------
    CourseError
        If there is no such place.

    Examples
    --------
    >>> fact_table("IN", topic="breach").set_index("id").loc["breach-board-detail", "from"]
    Timestamp('2027-05-14 00:00:00')
    """
    rows = [
        row(place, fact)
        for place in map(load_place, codes)
        for fact in (place.facts if topic is None else place.about(topic))
    ]
    dates = {"from": "datetime64[s]", "to": "datetime64[s]"}
    return pd.DataFrame(rows, columns=COLUMNS).astype({name: dates.get(name, "str") for name in COLUMNS})


def fact_value(code: str, id: str) -> Any:
    """The value of a fact as plain Python: a number, text, list or dictionary (``{"hours": 72}``).

    Raises
    ------
    CourseError
        If there is no such place, or its pack has no such fact.
    """
    return load_place(code).fact(id).model_dump(mode="json", exclude_none=True).get("value")
