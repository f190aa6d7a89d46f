"""Where an artist's numbers count from."""

from __future__ import annotations

from typing import Final

from matplotlib.axes import Axes
from matplotlib.transforms import IdentityTransform, Transform

from cohort.grading.picture.kinds import one_of

COORDINATES: Final = ("data", "axes", "x axis", "y axis", "figure", "display")


def _coordinates(axes: Axes) -> dict[str, Transform]:
    return {
        "data": axes.transData,
        "axes": axes.transAxes,
        "x axis": axes.get_xaxis_transform(),
        "y axis": axes.get_yaxis_transform(),
        "figure": axes.get_figure(root=True).transFigure,
    }


def read_coordinates(transform: Transform, axes: Axes, left_out: list[str]) -> str:
    """One of `COORDINATES`; "data" for a transform that is none of them, and `left_out` learns of it."""
    if type(transform) is IdentityTransform:
        return "display"
    name = next((name for name, known in _coordinates(axes).items() if known is transform), None)
    if name is None:
        left_out.append("transform")
    return name or "data"


def transform_of(name: object, axes: Axes) -> Transform:
    """The transform of one of `COORDINATES`."""
    known = one_of(COORDINATES)(name)
    return IdentityTransform() if known == "display" else _coordinates(axes)[known]
