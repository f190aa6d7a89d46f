"""What checks use: awards for parts of an answer, and numbers that are near enough."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort import checks
from cohort.checks import approx, award


@pytest.fixture(autouse=True)
def no_awards_left():
    yield
    checks.taken()


def test_awards_are_printed_for_the_student_and_taken_once_by_the_judge(capsys):
    award(2, "the mean is right")
    award(0.5, " the unit is named ")
    assert capsys.readouterr().out == "2 points: the mean is right\n0.5 points: the unit is named\n"
    assert checks.taken() == [(2.0, "the mean is right"), (0.5, "the unit is named")]
    assert checks.taken() == []


@pytest.mark.parametrize("points", [0, -1, float("nan"), float("inf")])
def test_points_that_are_none_are_refused(points):
    with pytest.raises(ValueError, match="above zero"):
        award(points, "why")
    with pytest.raises(ValueError, match="what the points are for"):
        award(1, " ")
    assert checks.taken() == []


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_near_another_as_in_pytest(found, expected):
    assert (found == approx(expected)) == (found == pytest.approx(expected))
    assert (found == approx(expected, abs=0.5)) == (found == pytest.approx(expected, abs=0.5))
    assert (found == approx(expected, rel=0.1)) == (found == pytest.approx(expected, rel=0.1))


def test_lists_and_mappings_are_near_item_by_item():
    assert approx([1, 2]) == [1.0, 2.0000001]
    assert np.array([1.0, 2.0]) == approx([1, 2])
    assert approx({"a": 1}) == {"a": 1.0000001}
    for found in ([1], [1, 2, 3], [1, 3], None, 1, "12", {"a": 1}):
        assert found != approx([1, 2])
    for found in ({"a": 2}, {"b": 1}, {}, [1]):
        assert found != approx({"a": 1})


@pytest.mark.parametrize("found", [None, "five", [5], float("nan"), float("inf"), object()])
def test_what_is_no_number_near_it_is_not_equal_and_raises_nothing(found):
    assert found != approx(5)
    assert float("nan") != approx(float("nan"))


def test_checks_need_nothing_but_python():
    loaded = "import sys; before = set(sys.modules); import cohort.checks; print(*sorted(set(sys.modules) - before))"
    found = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.split()
    outside = {name.split(".")[0] for name in found} - set(sys.stdlib_module_names) - {"cohort"}
    assert outside == set()
