"""Whole figures, and axes that are told with their figure."""

from __future__ import annotations

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cohort.grading.picture.axes import draw_axes, read_axes
from cohort.grading.picture.budget import Budget, Undrawable
from cohort.grading.picture.kinds import Plain, colour, fields, index, items, short_text, within
from cohort.grading.picture.legends import draw_legend, read_legend
from cohort.grading.picture.looks import class_name, plain
from cohort.grading.picture.words import draw_figure_text, read_figure_texts

MOST_PIXELS: Final = 50_000_000
# What matplotlib and NumPy raise for values that are plain and bounded, but make no sense together.
REFUSED: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def describe(figure: object) -> Plain:
    """A figure as plain data, for `redraw`. Nothing is drawn, and the picture stays as it is.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The axes of its subfigures count as its own.

    Returns
    -------
    dict
        Of None, bool, int, float, str, list, dict and NumPy arrays. Its ``left_out`` lists what is not described,
        or not as what it is: each as a kind of artist or as a property of one.

    Raises
    ------
    TypeError
        If it is no Figure.
    """
    if not isinstance(figure, Figure):
        raise TypeError(f"not a matplotlib Figure but {type(figure).__name__}")
    others = (figure.subfigs, figure.artists, figure.lines, figure.patches, figure.images)
    left_out = [class_name(artist) for artists in others for artist in artists]
    return {
        "size": [float(side) for side in figure.get_size_inches()],
        "dpi": float(figure.dpi),
        "facecolor": plain(figure.get_facecolor()),
        "axes": [read_axes(axes, left_out) for axes in figure.axes],
        "texts": list(read_figure_texts(figure, left_out)),
        "legends": [read_legend(legend, left_out) for legend in figure.legends],
        "left_out": left_out,
    }


def describe_axes(axes: object) -> Plain:
    """Axes as plain data, for `redraw_axes`.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Of a figure; an inset is not.

    Returns
    -------
    dict
        ``figure``, as of `describe`; and ``axes``, the number of the axes among the figure's.

    Raises
    ------
    TypeError
        If it is no Axes, or not among those of a figure.
    """
    if not isinstance(axes, Axes):
        raise TypeError(f"not a matplotlib Axes but {type(axes).__name__}")
    figure = axes.get_figure(root=True)
    if figure is None or axes not in figure.axes:
        raise TypeError("axes that are not among those of a figure")
    return {"figure": describe(figure), "axes": figure.axes.index(axes)}


def redraw(description: object) -> Figure:
    """A real figure, made from what `describe` wrote. It has no pyplot manager and no layout engine.

    Parameters
    ----------
    description : dict
        It may come from a hostile process.

    Returns
    -------
    matplotlib.figure.Figure
        Ticks are fixed where they were; no text is read as mathematics.

    Raises
    ------
    Unsupported
        If the picture has axes that are not plain x and y.
    Undrawable
        If it is not what `describe` writes, or too large.
    """
    try:
        return _draw_figure(description)
    except Undrawable:
        raise
    except REFUSED as error:
        raise Undrawable("matplotlib cannot draw this description") from error


def redraw_axes(description: object) -> Axes:
    """Real axes in their figure, made from what `describe_axes` wrote.

    Raises
    ------
    Unsupported, Undrawable
        As of `redraw`.
    """
    given = fields(description, "figure", "axes")
    drawn = redraw(given["figure"]).axes
    return drawn[index(given["axes"], drawn)]


def _draw_figure(description: object) -> Figure:
    entry = fields(description, "size", "dpi", "facecolor", "axes", "texts", "legends", "left_out")
    for kind in items(entry["left_out"]):
        short_text(kind)
    width, height = (within(0.01, 1000)(side) for side in items(entry["size"], 2))
    dpi = within(1, 10_000)(entry["dpi"])
    if width * height * dpi**2 > MOST_PIXELS:
        raise Undrawable(f"more than {MOST_PIXELS} pixels")
    budget = Budget()
    figure = Figure((width, height), dpi, layout="none")
    figure.set_facecolor(colour(entry["facecolor"]))
    for item in items(entry["axes"]):
        draw_axes(item, figure, budget)
    for item in items(entry["texts"]):
        budget.artists()
        draw_figure_text(item, figure)
    for item in items(entry["legends"]):
        budget.artists()
        draw_legend(item, figure, budget)
    return figure
