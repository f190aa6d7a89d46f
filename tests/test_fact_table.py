"""The facts of places as a table: one row a fact, dates that compare, values in words and in plain Python."""

from __future__ import annotations

import pandas as pd
import pytest

from cohort import places
from cohort.errors import CourseError
from cohort.fact_table import COLUMNS, fact_table, fact_value


def test_every_fact_of_every_place_has_one_row():
    table = fact_table(*places.codes())
    assert list(table) == COLUMNS
    assert list(table["id"]) == [fact.id for code in places.codes() for fact in places.load_place(code).facts]
    assert {str(table[day].dtype) for day in ("from", "to")} == {"datetime64[s]"}


def test_a_topic_has_those_below_it_and_no_other():
    table = fact_table("KE", "RW", topic="breach")
    assert set(table["place"]) == {"KE", "RW"}
    assert table["topic"].str.startswith("breach.").all()


def test_what_is_not_known_is_missing():
    table = fact_table("IN", topic="law.sensitive").set_index("id")
    assert table.loc["sensitive-dpdp", "value"] == "none"
    assert pd.isna(table.loc["sensitive-dpdp", "to"])
    assert pd.isna(table.loc["sensitive-dpdp", "trigger"])
    assert table.loc["sensitive-spdi", "to"] < table.loc["sensitive-dpdp", "from"]


def test_no_place_gives_an_empty_table_of_the_same_kind():
    assert fact_table().dtypes.to_dict() == fact_table("NG").dtypes.to_dict()


@pytest.mark.parametrize(
    ("code", "id", "value"),
    [
        ("NG", "breach-authority", {"hours": 72}),
        ("KE", "transfer", {"any_of": [["consent", "confirmation of safeguards"]]}),
        ("PH", "sensitive-age", ["age", "marital status"]),
        ("IN", "sensitive-dpdp", []),
        ("NG", "rights", None),
    ],
)
def test_a_value_is_plain_python(code, id, value):
    assert fact_value(code, id) == value


def test_a_fact_that_is_not_there_is_named():
    with pytest.raises(CourseError, match=r"KE\.yml has no fact nothing"):
        fact_value("KE", "nothing")
