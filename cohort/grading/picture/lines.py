"""Lines, and their data as the student gave them: numbers, dates or words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from cohort.grading.picture.arrays import checked, pack, unpack
from cohort.grading.picture.budget import Budget, Undrawable
from cohort.grading.picture.kinds import LONGEST_TEXT, Plain, fields, one_of
from cohort.grading.picture.looks import LINE, class_name, dress, read_look
from cohort.grading.picture.places import read_coordinates, transform_of


def read_line(line: Line2D, left_out: list[str]) -> Plain:
    """A line as plain data. One of a class of its own, as of `axline`, is told as its points alone."""
    if type(line) is not Line2D:
        left_out.append(class_name(line))
    drawn = line.get_data(orig=False)
    return {
        "x": _read_data(line.get_xdata(orig=True), drawn[0]),
        "y": _read_data(line.get_ydata(orig=True), drawn[1]),
        "coordinates": read_coordinates(Artist.get_transform(line), line.axes, left_out),
        "look": read_look(line, LINE, left_out),
    }


def draw_line(description: object, axes: Axes, budget: Budget) -> Line2D:
    """The line that `read_line` described."""
    entry = fields(description, "x", "y", "coordinates", "look")
    (x, drawn_x), (y, drawn_y) = _draw_data(entry["x"], budget), _draw_data(entry["y"], budget)
    line = Line2D(drawn_x, drawn_y)
    dress(line, entry["look"], LINE)
    line.set_transform(transform_of(entry["coordinates"], axes))
    line.recache()
    # As if matplotlib had made these numbers from the student's dates and words: it keeps to them from here.
    line._xorig, line._yorig = x, y
    return line


def _read_data(given: object, drawn: np.ndarray) -> Plain:
    """One coordinate of a line: as the student gave it, and where it is drawn (None: at these very numbers)."""
    array = given if isinstance(given, np.ndarray) else np.asarray(given)
    if array.ndim != 1:
        return {"form": "array", "given": np.asarray(drawn, dtype=float).ravel(), "drawn": None}
    if array.dtype.kind in "biuf":
        form = "list" if isinstance(given, list | tuple) else "array"
        return {"form": form, "given": pack(array), "drawn": None}
    drawn = np.asarray(drawn, dtype=float)
    if array.dtype.kind in "MU":
        return {"form": "array", "given": np.asarray(array), "drawn": drawn}
    first, kinds = next(iter(array.flat), None), {type(item) for item in array.flat}
    if kinds == {str}:
        return {"form": "words", "given": array.astype(str), "drawn": drawn}
    if kinds == {date}:
        return {"form": "dates", "given": array.astype("datetime64[D]"), "drawn": drawn}
    if kinds and all(issubclass(kind, datetime) for kind in kinds) and not any(item != item for item in array.flat):
        form = "times" if first.tzinfo is None else "times in UTC"
        naive = [item if item.tzinfo is None else item.astimezone(UTC).replace(tzinfo=None) for item in array.flat]
        return {"form": form, "given": np.array(naive, dtype="datetime64[us]"), "drawn": drawn}
    return {"form": "array", "given": drawn, "drawn": None}


def _draw_data(value: object, budget: Budget) -> tuple[object, np.ndarray]:
    """Data of a line as the student gave them, and as numbers."""
    entry = fields(value, "form", "given", "drawn")
    form = one_of(("array", "list", "words", "dates", "times", "times in UTC"))(entry["form"])
    if entry["drawn"] is None:
        given = unpack(entry["given"], budget, None)
        return (given.tolist() if form == "list" else given), given
    given = checked(entry["given"], budget, None, kinds="MU")
    if given.dtype.kind == "U" and given.itemsize > 4 * LONGEST_TEXT:
        raise Undrawable("words that are too long")
    drawn = checked(entry["drawn"], budget, None)
    if form == "array":
        return given, drawn
    if form == "words":
        return given.astype(object), drawn
    return _moments(given, form), drawn


def _moments(given: np.ndarray, form: str) -> np.ndarray:
    """Python's own dates or times."""
    if given.dtype.kind != "M":
        raise Undrawable("no dates")
    moments = given.astype("datetime64[D]" if form == "dates" else "datetime64[us]").astype(object)
    if not all(isinstance(moment, date) for moment in moments):
        raise Undrawable("dates outside the calendar")
    if form == "times in UTC":
        moments[:] = [moment.replace(tzinfo=UTC) for moment in moments]
    return moments
