"""Axes: all that is in them, and where they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cohort.grading.picture.budget import Budget, Undrawable, Unsupported
from cohort.grading.picture.collected import draw_collection, read_collection
from cohort.grading.picture.containers import draw_container, read_containers
from cohort.grading.picture.images import draw_image, read_image
from cohort.grading.picture.kinds import LONGEST_TEXT, Plain, fields, flag, items, one_of, short_text, within
from cohort.grading.picture.legends import draw_legend, read_legend
from cohort.grading.picture.lines import draw_line, read_line
from cohort.grading.picture.looks import AXES, class_name, dress, read_each, read_look
from cohort.grading.picture.patches import draw_patch, read_patch
from cohort.grading.picture.ticks import SIDES, draw_axis, read_axis
from cohort.grading.picture.words import draw_text, read_text, say

PROJECTIONS: Final = ("polar", "3d", "aitoff", "hammer", "lambert", "mollweide", "other")
TITLES: Final = ("left", "center", "right")
SPINES: Final = (*SIDES["x"], *SIDES["y"])
# The artists in axes, by the name of their list: how to read and to draw one.
Read = Callable[[Artist, list[str]], Plain]
Draw = Callable[[object, Axes, Budget], Artist]
ARTISTS: Final[dict[str, tuple[Read, Draw]]] = {
    "lines": (read_line, draw_line),
    "patches": (read_patch, draw_patch),
    "collections": (read_collection, draw_collection),
    "images": (read_image, draw_image),
    "texts": (read_text, draw_text),
}


def read_axes(axes: Axes, left_out: list[str]) -> Plain:
    """Axes as plain data, without insets and tables; of those that are not plain x and y, only their kind."""
    if getattr(axes, "name", None) != "rectilinear":
        return {"unsupported": axes.name if axes.name in PROJECTIONS else "other"}
    left_out += [class_name(artist) for artist in (*axes.child_axes, *axes.artists, *axes.tables)]
    numbers: dict[int, int] = {}
    described: Plain = {}
    for name, (read, _) in ARTISTS.items():
        described[name] = read_each(getattr(axes, name), read, left_out, numbers)
    legend = axes.get_legend()
    return described | {
        "position": [float(number) for number in axes.get_position().bounds],
        "titles": [str(axes.get_title(place))[:LONGEST_TEXT] for place in TITLES],
        "legend": None if legend is None else read_legend(legend, left_out),
        "containers": read_containers(axes, numbers, left_out),
        "x": read_axis(axes, "x", left_out),
        "y": read_axis(axes, "y", left_out),
        "spines": [name in axes.spines and bool(axes.spines[name].get_visible()) for name in SPINES],
        "background": bool(axes.patch.get_visible()),
        "on": bool(axes.axison),
        "look": read_look(axes, AXES, left_out),
    }


def draw_axes(description: object, figure: Figure, budget: Budget) -> None:
    """Put the axes that `read_axes` described into a figure; Unsupported if they are not plain x and y."""
    if type(description) is dict and "unsupported" in description:
        kind = one_of(PROJECTIONS)(fields(description, "unsupported")["unsupported"])
        raise Unsupported(f"axes of another kind than plain x and y: {kind}")
    names = ("position", "titles", "legend", "containers", "x", "y", "spines", "background", "on", "look")
    entry = fields(description, *ARTISTS, *names)
    budget.axes()
    # Counted before any is drawn: that takes longer.
    budget.artists(sum(len(items(entry[name])) for name in (*ARTISTS, "containers")))
    axes = _place_axes(entry["position"], figure)
    draw_axis(entry["x"], axes, "x", budget)
    draw_axis(entry["y"], axes, "y", budget)
    for name, (_, draw) in ARTISTS.items():
        for item in items(entry[name]):
            axes.add_artist(draw(item, axes, budget))
    for item in items(entry["containers"]):
        axes.add_container(draw_container(item, axes, budget))
    for place, title in zip(TITLES, items(entry["titles"], len(TITLES)), strict=True):
        if short_text(title):
            say(axes.set_title("", loc=place), title)
    if entry["legend"] is not None:
        draw_legend(entry["legend"], axes, budget)
    for side, shown in zip(SPINES, items(entry["spines"], len(SPINES)), strict=True):
        axes.spines[side].set_visible(flag(shown))
    axes.patch.set_visible(flag(entry["background"]))
    if not flag(entry["on"]):
        axes.set_axis_off()
    dress(axes, entry["look"], AXES)


def _place_axes(position: object, figure: Figure) -> Axes:
    """Axes at left, bottom, width and height in parts of the figure."""
    left, bottom, width, height = (within(-1e4, 1e4)(number) for number in items(position, 4))
    if min(width, height) < 1e-6:
        raise Undrawable("axes without an area")
    return figure.add_axes((left, bottom, width, height))
