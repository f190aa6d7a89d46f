"""Synthetic people: of the place, the same for the same seed, and nobody twice."""

from __future__ import annotations

import re

import pytest

from cohort import people, places
from cohort.errors import CourseError


@pytest.mark.parametrize("code", places.codes())
def test_people_look_like_those_of_the_place(code):
    formats = places.load_place(code).formats
    found = people.register(code, 60, seed=1)
    assert set(found["given_name"]) <= set(formats.given_names)
    assert set(found["family_name"]) <= set(formats.family_names)
    for column, pattern in [("identifier", formats.identifier.pattern), ("phone", formats.phone)]:
        shape = re.compile(re.escape(pattern).replace(r"\#", r"\d"))
        assert all(shape.fullmatch(number) for number in found[column])
    assert found["area"].str.startswith(places.load_place(code).geography[-1].capitalize()).all()


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    assert people.register("NG", 50, seed=7).equals(people.register("NG", 50, seed=7))
    assert not people.register("NG", 50, seed=7).equals(people.register("NG", 50, seed=8))


def test_a_register_says_that_it_is_synthetic_and_what_each_column_tells():
    found = people.register("IN", 20, seed=1)
    assert found.attrs["synthetic"] is True
    assert list(found) == list(people.KINDS)


def test_nobody_stands_twice_and_nobody_comes_before_birth():
    found = people.register("US-CA", 3000, seed=2)
    assert found["identifier"].is_unique
    assert (found["birth_date"] <= found["visit_date"]).all()


def test_the_young_are_single_and_at_school():
    found = people.register("KE", 500, seed=3)
    young = (found["visit_date"] - found["birth_date"]).dt.days < 18 * 365
    assert set(found.loc[young, "marital_status"]) == {"single"}
    assert "at school or younger" not in set(found.loc[~young, "occupation"])


def test_no_rows_give_an_empty_register():
    assert list(people.register("NG", 0, seed=1)) == list(people.KINDS)


def test_a_pack_without_formats_is_named(monkeypatch):
    bare = places.load_place("NG").model_copy(update={"formats": None})
    monkeypatch.setattr(people, "load_place", lambda _: bare)
    with pytest.raises(CourseError, match=r"places/NG\.yml has no formats: add"):
        people.register("NG", 10, seed=1)


def test_more_people_than_identity_numbers_are_refused(monkeypatch):
    here = places.load_place("NG")
    few = here.formats.identifier.model_copy(update={"pattern": "A#"})
    formats = here.formats.model_copy(update={"identifier": few})
    monkeypatch.setattr(people, "load_place", lambda _: here.model_copy(update={"formats": formats}))
    assert sorted(people.register("NG", 10, seed=1)["identifier"]) == [f"A{digit}" for digit in range(10)]
    with pytest.raises(ValueError, match="fewer than 11 numbers"):
        people.register("NG", 11, seed=1)
