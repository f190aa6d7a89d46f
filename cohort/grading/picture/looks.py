"""Properties of artists that are read and set alike: which there are, and what each may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.lines import Line2D

from cohort.grading.picture.budget import Undrawable
from cohort.grading.picture.kinds import (
    Check,
    Plain,
    colour,
    finite,
    flag,
    fraction,
    one_of,
    or_none,
    short_text,
    within,
)

LINE_STYLES: Final = ("-", "--", "-.", ":", "None", "none", " ", "", "solid", "dashed", "dashdot", "dotted")
DRAW_STYLES: Final = ("default", "steps", "steps-pre", "steps-mid", "steps-post")
MARKERS: Final = tuple(marker for marker in Line2D.markers if type(marker) in (str, int))
WEIGHTS: Final = ("normal", "regular", "medium", "bold", "light", "semibold", "demibold", "heavy", "black")
INTERPOLATIONS: Final = ("auto", "antialiased", "none", "nearest", "bilinear", "bicubic", "hanning", "lanczos")


def _hatch(value: object) -> str:
    if len(short_text(value)) > 20 or not set(value) <= set("/\\|-+xXoO.*"):
        raise Undrawable("not a hatch")
    return value


def _name_or_number(names: Iterable[str], low: float, high: float) -> Check:
    name, number = one_of(names), within(low, high)
    return lambda value: name(value) if type(value) is str else number(value)


_size = within(0, 1e4)

# By what follows get_ and set_, in the order in which they are set.
SHARED: Final[dict[str, Check]] = {
    "label": or_none(short_text),
    "gid": or_none(short_text),
    "alpha": or_none(fraction),
    "zorder": within(-1e9, 1e9),
    "visible": flag,
}
LINE_SHOWN: Final[dict[str, Check]] = {
    "color": colour,
    "linestyle": one_of(LINE_STYLES),
    "linewidth": _size,
    "marker": one_of(MARKERS),
    "markersize": _size,
}
LINE: Final[dict[str, Check]] = {
    **LINE_SHOWN,
    "drawstyle": one_of(DRAW_STYLES),
    "markerfacecolor": colour,
    "markeredgecolor": colour,
    "markeredgewidth": _size,
    **SHARED,
}
PATCH_SHOWN: Final[dict[str, Check]] = {"facecolor": colour, "edgecolor": colour}
PATCH: Final[dict[str, Check]] = {
    "fill": flag,
    **PATCH_SHOWN,
    "linestyle": one_of(LINE_STYLES),
    "linewidth": _size,
    "hatch": or_none(_hatch),
    **SHARED,
}
TEXT: Final[dict[str, Check]] = {
    "color": colour,
    "fontsize": within(0.1, 1000),
    "fontweight": _name_or_number(WEIGHTS, 0, 1000),
    "fontstyle": one_of(("normal", "italic", "oblique")),
    "rotation": finite,
    "horizontalalignment": one_of(("left", "center", "right")),
    "verticalalignment": one_of(("bottom", "baseline", "center", "center_baseline", "top")),
    **SHARED,
}
COLLECTION: Final[dict[str, Check]] = {"hatch": or_none(_hatch), **SHARED}
IMAGE: Final[dict[str, Check]] = {"interpolation": one_of(INTERPOLATIONS), **SHARED}
AXES: Final[dict[str, Check]] = {
    "facecolor": colour,
    "aspect": _name_or_number(("auto",), 1e-6, 1e6),
    "frame_on": flag,
    **SHARED,
}


def read_look(artist: Artist, checks: dict[str, Check], left_out: list[str]) -> Plain:
    """The artist's properties of that table; `left_out` learns those that cannot be described."""
    look = {}
    for name, check in checks.items():
        value = plain(getattr(artist, f"get_{name}")())
        try:
            check(value)
        except Undrawable:
            left_out.append(f"{name} of {class_name(artist)}")
        else:
            look[name] = value
    return look


def dress(artist: Artist, look: object, checks: dict[str, Check]) -> None:
    """Set what `read_look` read; Undrawable if it holds anything else."""
    if type(look) is not dict or not look.keys() <= checks.keys():
        raise Undrawable("properties that are not known")
    for name, check in checks.items():
        if name == "alpha" and name in look:
            # The set_alpha of patches and collections would mix it into their colours, where it is already.
            Artist.set_alpha(artist, check(look[name]))
        elif name in look:
            getattr(artist, f"set_{name}")(check(look[name]))


def read_each(
    artists: Iterable[Artist],
    read: Callable[[Artist, list[str]], Plain],
    left_out: list[str],
    numbers: dict[int, int],
) -> list[Plain]:
    """The artists that can be described; `numbers` learns which, by its id, came where in the list."""
    described: list[Plain] = []
    for artist in artists:
        try:
            entry = read(artist, left_out)
        # An artist may be of a student's own class, whose methods raise what they like.
        except Exception:
            left_out.append(class_name(artist))
            continue
        numbers[id(artist)] = len(described)
        described.append(entry)
    return described


def plain(value: object) -> object:
    """NumPy's numbers and arrays, and tuples, as Python's own numbers and lists."""
    match value:
        case np.generic():
            return value.item()
        case np.ndarray():
            return value.tolist()
        case tuple() | list():
            return [plain(item) for item in value]
    return value


def class_name(artist: object) -> str:
    """What `left_out` calls an artist."""
    return str(type(artist).__name__)[:100]
