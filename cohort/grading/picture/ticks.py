"""The x and the y axis of axes: words, limits, ticks."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from cohort.grading.picture.arrays import checked
from cohort.grading.picture.budget import Budget, Undrawable
from cohort.grading.picture.kinds import LONGEST_TEXT, Plain, fields, finite, flag, items, one_of, short_text
from cohort.grading.picture.words import say

# matplotlib's own bound of ticks on an axis.
MOST_TICKS: Final = 1_000
SCALES: Final = ("linear", "log", "symlog", "logit", "asinh")
SIDES: Final = {"x": ("bottom", "top"), "y": ("left", "right")}


def read_axis(axes: Axes, name: str, left_out: list[str]) -> Plain:
    """The axis "x" or "y" as plain data."""
    axis: Axis = getattr(axes, f"{name}axis")
    scale = axis.get_scale()
    if scale not in SCALES:
        left_out.append("scale")
        scale = "linear"
    tick = axis.get_major_ticks(1)[0]
    major = _read_ticks(axis, "major", left_out)
    return {
        "words": str(axis.get_label_text())[:LONGEST_TEXT],
        "side": str(axis.get_label_position()),
        "scale": scale,
        "limits": [float(limit) for limit in getattr(axes, f"get_{name}lim")()],
        "major": major,
        "minor": _read_ticks(axis, "minor", left_out),
        "shown": [bool(tick.label1.get_visible()), bool(tick.label2.get_visible())],
        "rotation": float(tick.label1.get_rotation()),
        "visible": bool(axis.get_visible()),
    }


def _read_ticks(axis: Axis, which: str, left_out: list[str]) -> Plain:
    at, labels = [], []
    # Locators and formatters may be a student's own functions, which raise what they like.
    try:
        at = [float(place) for place in axis.get_ticklocs(minor=which == "minor")]
        labels = [str(label) for label in getattr(axis, f"get_{which}_formatter")().format_ticks(at)]
    except Exception:
        left_out.append("tick labels")
    if len(at) > MOST_TICKS or len(at) != len(labels) or any(len(label) > LONGEST_TEXT for label in labels):
        left_out.append("ticks")
        at, labels = [], []
    kept = [(place, label) for place, label in zip(at, labels, strict=True) if math.isfinite(place)]
    return {
        "at": np.array([place for place, _ in kept], dtype=float),
        "labels": [label for _, label in kept],
        "grid": bool(axis.get_tick_params(which=which).get("gridOn", False)),
    }


def draw_axis(description: object, axes: Axes, name: str, budget: Budget) -> None:
    """Make the axis "x" or "y" as `read_axis` described it."""
    names = ("words", "side", "scale", "limits", "major", "minor", "shown", "rotation", "visible")
    entry = fields(description, *names)
    axis: Axis = getattr(axes, f"{name}axis")
    scale = one_of(SCALES)(entry["scale"])
    low, high = (finite(limit) for limit in items(entry["limits"], 2))
    if low == high or (scale in ("log", "logit") and min(low, high) <= 0) or (scale == "logit" and max(low, high) >= 1):
        raise Undrawable("limits that an axis cannot have")
    if scale != "linear":
        getattr(axes, f"set_{name}scale")(scale)
    getattr(axes, f"set_{name}lim")(low, high)
    say(axis.label, short_text(entry["words"]))
    side = one_of(SIDES[name])(entry["side"])
    if side != axis.get_label_position():
        axis.set_label_position(side)
    for which in ("major", "minor"):
        _draw_ticks(entry[which], axis, which, budget)
    shown = dict(zip(SIDES[name], (flag(one) for one in items(entry["shown"], 2)), strict=True))
    now = axis.get_tick_params()
    changed: dict[str, object] = {f"label{side}": on for side, on in shown.items() if now[f"label{side}"] != on}
    if finite(entry["rotation"]) != 0:
        changed["labelrotation"] = entry["rotation"]
    if changed:
        axis.set_tick_params(**changed)
    axis.set_visible(flag(entry["visible"]))


def _draw_ticks(description: object, axis: Axis, which: str, budget: Budget) -> None:
    entry = fields(description, "at", "labels", "grid")
    at = checked(entry["at"], budget, None)
    labels = [short_text(label) for label in items(entry["labels"], len(at))]
    if len(at) > MOST_TICKS or not np.isfinite(at).all():
        raise Undrawable("ticks in too many places, or nowhere")
    budget.artists(len(at))
    getattr(axis, f"set_{which}_locator")(FixedLocator(at) if len(at) else NullLocator())
    getattr(axis, f"set_{which}_formatter")(FixedFormatter(labels))
    if flag(entry["grid"]) != axis.get_tick_params(which=which)["gridOn"]:
        axis.grid(entry["grid"], which=which)
    if any("$" in label for label in labels):
        for tick in getattr(axis, f"get_{which}_ticks")(len(at)):
            tick.label1.set_parse_math(False)
            tick.label2.set_parse_math(False)
