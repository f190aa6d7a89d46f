"""Patches: bars and wedges by their numbers, all others by their outline."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Patch, PathPatch, Rectangle, Wedge

from cohort.grading.picture.budget import Budget
from cohort.grading.picture.kinds import Plain, fields, finite, items, one_of, or_none, real, within
from cohort.grading.picture.looks import PATCH, class_name, dress, read_look
from cohort.grading.picture.paths import draw_paths, read_paths
from cohort.grading.picture.places import read_coordinates, transform_of

# The number of points of a wedge grows with its angles where rounding makes them long.
_angle = within(-1e6, 1e6)


def read_patch(patch: Patch, left_out: list[str]) -> Plain:
    """A patch as plain data. One of another class is told as its outline, and `left_out` learns its class."""
    numbers, path = None, None
    match patch:
        case Rectangle():
            shape, numbers = "Rectangle", _rectangle_numbers(patch)
        case Wedge():
            (x, y), width = patch.center, patch.width
            numbers = [float(number) for number in (x, y, patch.r, patch.theta1, patch.theta2)]
            shape, numbers = "Wedge", [*numbers, None if width is None else float(width)]
        case _:
            shape, path = "PathPatch", read_paths([patch.get_path().transformed(patch.get_patch_transform())])
            if type(patch) is not PathPatch:
                left_out.append(class_name(patch))
    return {
        "shape": shape,
        "numbers": numbers,
        "path": path,
        "coordinates": read_coordinates(patch.get_data_transform(), patch.axes, left_out),
        "look": read_look(patch, PATCH, left_out),
    }


def _rectangle_numbers(patch: Rectangle) -> list[float]:
    """Left, bottom, width, height and angle; bars at dates or words are where these are drawn."""
    x, y = patch.convert_xunits(patch.get_x()), patch.convert_yunits(patch.get_y())
    return [float(number) for number in (x, y, patch.get_width(), patch.get_height(), patch.get_angle())]


def draw_patch(description: object, axes: Axes, budget: Budget) -> Patch:
    """The patch that `read_patch` described."""
    entry = fields(description, "shape", "numbers", "path", "coordinates", "look")
    match one_of(("Rectangle", "Wedge", "PathPatch"))(entry["shape"]):
        case "Rectangle":
            x, y, width, height, angle = (real(number) for number in items(entry["numbers"], 5))
            patch = Rectangle((x, y), width, height, angle=angle)
        case "Wedge":
            x, y, radius, start, end, width = items(entry["numbers"], 6)
            centre = finite(x), finite(y)
            patch = Wedge(centre, finite(radius), _angle(start), _angle(end), width=or_none(finite)(width))
        case _:
            (path,) = draw_paths(entry["path"], budget)
            patch = PathPatch(path)
    dress(patch, entry["look"], PATCH)
    patch.set_transform(transform_of(entry["coordinates"], axes))
    return patch
