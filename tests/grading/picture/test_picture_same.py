"""A figure that crosses as plain data looks the same to a check."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure
from pictures import FIGURES
from seen import differences, drawn, seen

from cohort.grading.picture import describe, redraw


def plain_only(value: object) -> bool:
    if isinstance(value, dict):
        return all(type(key) is str and plain_only(item) for key, item in value.items())
    if type(value) is list:
        return all(map(plain_only, value))
    return value is None or type(value) in (bool, int, float, str) or value.dtype.kind in "biufMU"


@pytest.mark.parametrize("make", FIGURES)
def test_a_check_sees_the_same_in_the_redrawn_figure(make):
    figure = make()
    redrawn = redraw(describe(figure))
    assert isinstance(redrawn, Figure)
    assert differences(seen(figure), seen(redrawn)) == []


@pytest.mark.parametrize("make", FIGURES)
def test_a_redrawn_figure_is_described_as_the_first(make):
    first = describe(make())
    second = describe(redraw(first))
    first.pop("left_out"), second.pop("left_out")
    assert differences(first, second) == []


@pytest.mark.parametrize("make", FIGURES)
def test_a_description_of_a_usual_figure_is_plain_data_and_leaves_nothing_out(make):
    description = describe(make())
    assert plain_only(description)
    assert description["left_out"] == []


@pytest.mark.parametrize("make", FIGURES)
def test_a_redrawn_figure_can_be_drawn(make):
    assert drawn(redraw(describe(make()))).size > 0
