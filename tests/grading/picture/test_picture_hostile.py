"""A made-up description is refused, or drawn without harm."""

from __future__ import annotations

import copy
import time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from pictures import FIGURES, areas, bars, empty, empty_axes, excess, image, new_figure, pie, plain, points
from seen import drawn

from cohort.grading.picture import Undrawable, describe, redraw, redraw_axes


def test_mathematics_is_never_parsed():
    figure, axes = new_figure()
    words = r"$\frac{1}{$ $\unknown$"
    figure.suptitle(words)
    axes.set_title(words)
    axes.set_xlabel(words)
    axes.set_xticks([0, 1], [words, words])
    axes.text(0, 0, words)
    axes.annotate(words, (0, 0))
    axes.plot([1, 2], label=words)
    axes.legend(title=words)
    figure.legend()
    redrawn = redraw(describe(figure))
    drawn(redrawn)  # raises if the words are mathematics
    assert redrawn.axes[0].get_title() == words
    assert [label.get_text() for label in redrawn.axes[0].get_xticklabels()] == [words, words]


def _change(description: dict, *path: str | int, to: object) -> dict:
    changed = copy.deepcopy(description)
    node = changed
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = to
    return changed


LINE = ("axes", 0, "lines", 0)
REFUSED = {
    "no dict": [],
    "too many axes": _change(describe(empty_axes()), "axes", to=describe(empty_axes())["axes"] * 101),
    "too many lines": _change(
        describe(excess()), "axes", 0, "lines", to=describe(excess())["axes"][0]["lines"] * 2_501
    ),
    "too many words": _change(describe(empty_axes()), "axes", 0, "titles", to=["", "x" * 10_001, ""]),
    "too many points": _change(describe(plain()), *LINE, "x", "given", to=np.zeros(5_000_001)),
    "too many pixels": _change(describe(empty()), "size", to=[1000.0, 1000.0]),
    "a colour of another kind": _change(describe(plain()), *LINE, "look", "color", to={"a": 1}),
    "a font": _change(describe(plain()), *LINE, "look", "fontfamily", to="Comic Sans"),
    "a marker of mathematics": _change(describe(plain()), *LINE, "look", "marker", to="$\frac{1}{2}$"),
    "an image file": _change(describe(image()), "axes", 0, "images", 0, "colours", "values", to="/etc/passwd"),
    "another colour map": _change(describe(image()), "axes", 0, "images", 0, "colours", "map", to="mine"),
    "objects in an array": _change(describe(plain()), *LINE, "x", "given", to=np.array([print, print, print])),
    "lengths that differ": _change(describe(plain()), *LINE, "x", "given", to=np.zeros(7)),
    "no number as limit": _change(describe(plain()), "axes", 0, "x", "limits", to=[float("nan"), 1.0]),
    "a huge angle": _change(describe(pie()), "axes", 0, "patches", 0, "numbers", 4, to=1e20),
    "a huge integer": _change(describe(plain()), *LINE, "look", "zorder", to=10**400),
    "a path that is shorter": _change(
        describe(areas()), "axes", 0, "collections", 0, "paths", "lengths", to=np.array([2**62, 2**62], dtype=np.int64)
    ),
    "an unknown code of a path": _change(
        describe(points()), "axes", 0, "collections", 0, "paths", "codes", to=np.full(26, 9, dtype=np.uint8)
    ),
    "a patch that is not there": _change(describe(bars()), "axes", 0, "containers", 1, "patches", to=[0, 99]),
    "a scale of functions": _change(describe(plain()), "axes", 0, "x", "scale", to="function"),
    "axes without end": _change(describe(plain()), "axes", 0, "position", to=[0.0, 0.0, float("inf"), 1.0]),
}


@pytest.mark.parametrize("description", REFUSED.values(), ids=REFUSED)
def test_a_description_that_is_not_one_is_refused_soon(description):
    start = time.process_time()
    with pytest.raises(Undrawable):
        redraw(description)
    assert time.process_time() - start < 10


def _at(value: object, path: tuple) -> object:
    for step in path:
        value = value[step]
    return value


def _nodes(value: object, path: tuple = ()) -> list[tuple]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, item in below for found in _nodes(item, (*path, key)))]


GOOD = [describe(make()) for make in FIGURES if make is not empty]
PATHS = [_nodes(description)[1:] for description in GOOD]
PIECES = [_at(description, path) for description, paths in zip(GOOD, PATHS, strict=True) for path in paths]
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**400, -1, 2**63, 0, 1]),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["$x$", "none", "C0", "data", "log", "array", "times", "polar", "x" * 10_001, "/etc/passwd"]),
    st.sampled_from(
        [[], {}, [[]], [1.0, 2.0], [0.5] * 4, ["red", 0.5], {"unsupported": "polar"}, {"data": 1, "mask": 2}]
    ),
    st.sampled_from(["f8", "i8", "u1", "?", "M8[D]", "M8[s]", "U3", "O", "c16"]).flatmap(
        lambda kind: st.sampled_from([(0,), (1,), (3,), (2, 2), (7, 4), (2, 3, 2)]).map(
            lambda shape: np.zeros(shape, kind)
        )
    ),
    st.sampled_from(
        [np.full(3, np.nan), np.full((5, 2), 1e308), np.full((1, 4), -1.0), np.array([-(2**63)]).astype("M8[Y]")]
    ),
)


@settings(max_examples=150, deadline=20_000, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_description_with_anything_changed_is_drawn_or_refused(data):
    number = data.draw(st.integers(0, len(GOOD) - 1))
    changed = copy.deepcopy(GOOD[number])
    for path in data.draw(st.lists(st.sampled_from(PATHS[number]), min_size=1, max_size=3)):
        junk = data.draw(JUNK | st.sampled_from(PIECES))
        node = changed
        try:
            for step in path[:-1]:
                node = node[step]
            node[path[-1]] = junk
        except (IndexError, KeyError, TypeError, ValueError):
            continue  # an earlier change took this place away
    try:
        figure = redraw(changed)
    except Undrawable:
        return
    assert isinstance(figure, Figure)


@settings(max_examples=50, deadline=None)
@given(value=st.recursive(JUNK, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20))
def test_anything_else_is_refused(value):
    with pytest.raises(Undrawable):
        redraw(value)
    with pytest.raises(Undrawable):
        redraw_axes(value)
    with pytest.raises(Undrawable):
        redraw_axes({"figure": GOOD[0], "axes": value if type(value) is not int else -1})
