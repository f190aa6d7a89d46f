"""What is odd, but legal, crosses as far as it can; what is no plain picture is told apart."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from matplotlib.colors import ListedColormap, LogNorm
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from pictures import COUNTS, areas, bars, dates, excess, new_figure, several
from seen import drawn

from cohort.grading.picture import Unsupported, describe, describe_axes, redraw, redraw_axes


class Odd(Rectangle):
    def get_x(self):
        raise RuntimeError("mine")


def odd() -> Figure:
    figure, axes = new_figure()
    axes.plot([1, 2], [3, 4], marker="$a$", label="kept")
    axes.add_patch(Odd((0, 0), 1, 1))
    axes.contour(np.arange(9).reshape(3, 3))
    axes.table([["a"]])
    axes.set_yscale("function", functions=(lambda y: y, lambda y: y))
    axes.xaxis.set_major_formatter(lambda place, number: 1 / 0)
    axes.set_title("x" * 20_000)
    axes.secondary_xaxis("top")
    axes.inset_axes((0.6, 0.6, 0.3, 0.3))
    axes.axline((0, 0), (1, 1))
    axes.hist(COUNTS, histtype="step")
    axes.stem([1, 2, 3])
    axes.scatter([1, 2], [1, 2], c=[1, 10], norm=LogNorm(), cmap=ListedColormap(["k", "r"]))
    return figure


def test_what_is_odd_is_left_out_and_the_rest_stays():
    description = describe(odd())
    kinds = {"Odd", "QuadContourSet", "Table", "SecondaryAxis", "scale", "tick labels", "marker of Line2D"}
    kinds |= {"Axes", "AxLine", "Polygon", "StemContainer", "LogNorm", "colour map"}
    assert kinds <= set(description["left_out"])
    (axes,) = redraw(description).axes
    assert axes.get_lines()[0].get_label() == "kept"
    assert axes.get_lines()[0].get_marker() == "None"
    assert len(axes.get_title()) == 10_000


def test_a_missing_value_in_a_list_becomes_nan():
    figure, axes = new_figure()
    axes.plot([1, 2, 3], [1, None, 3])
    np.testing.assert_equal(redraw(describe(figure)).axes[0].get_lines()[0].get_ydata(), [1, np.nan, 3])


def test_dates_of_each_kind_come_back_as_they_were():
    figure, redrawn = dates(), redraw(describe(dates()))
    for line, other in zip(figure.axes[0].lines, redrawn.axes[0].lines, strict=True):
        assert list(line.get_xdata()) == list(other.get_xdata())
    assert isinstance(redrawn.axes[0].lines[0].get_xdata()[0], datetime.date)
    assert areas().axes[0].lines[0].get_xdata().dtype.kind == "M"


def test_containers_hold_the_artists_of_their_own_axes():
    (axes,) = redraw(describe(bars())).axes
    errors_of_bars, container = axes.containers
    assert list(container) == list(axes.patches)
    assert container.errorbar is errors_of_bars
    assert errors_of_bars.lines[2][0] is axes.collections[0]
    assert container.orientation == "vertical"


@pytest.mark.parametrize("projection", ["polar", "3d"])
def test_axes_that_are_not_plain_are_told_apart_as_not_supported(projection):
    figure = Figure()
    figure.add_subplot(projection=projection).plot([1, 2], [3, 4])
    with pytest.raises(Unsupported, match=projection):
        redraw(describe(figure))


@pytest.mark.parametrize("value", [None, "figure", [excess], excess().axes[0]])
def test_only_a_figure_is_described(value):
    with pytest.raises(TypeError, match="Figure"):
        describe(value)


def test_axes_come_back_as_the_same_axes_of_their_figure():
    figure = several()
    for number, axes in enumerate(figure.axes):
        redrawn = redraw_axes(describe_axes(axes))
        assert redrawn is redrawn.figure.axes[number]
        assert redrawn.get_title() == axes.get_title()


def test_axes_without_a_figure_are_not_described():
    figure, axes = new_figure()
    axes.remove()
    with pytest.raises(TypeError, match="of a figure"):
        describe_axes(axes)
    with pytest.raises(TypeError, match="Axes"):
        describe_axes(figure)


def test_a_figure_looks_the_same_after_it_was_described():
    figure, other = areas(), areas()
    describe(figure)
    assert np.array_equal(drawn(figure), drawn(other))
