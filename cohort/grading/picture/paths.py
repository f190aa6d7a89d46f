"""Paths: outlines of areas, points and bundles of lines."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from matplotlib.path import Path

from cohort.grading.picture.arrays import checked
from cohort.grading.picture.budget import Budget, Undrawable
from cohort.grading.picture.kinds import Plain, fields


def read_paths(paths: Iterable[Path]) -> Plain:
    """Paths as plain data, all points after each other."""
    paths = list(paths)
    codes = None
    if any(path.codes is not None for path in paths):
        codes = np.concatenate([_codes(path) for path in paths]).astype(np.uint8)
    return {
        "points": np.concatenate([np.zeros((0, 2)), *(np.asarray(path.vertices, dtype=float) for path in paths)]),
        "lengths": np.array([len(path) for path in paths], dtype=np.int64),
        "codes": codes,
    }


def _codes(path: Path) -> np.ndarray:
    if path.codes is not None:
        return path.codes
    return np.array([Path.MOVETO, *[Path.LINETO] * (len(path) - 1)][: len(path)], dtype=np.uint8)


def draw_paths(value: object, budget: Budget) -> list[Path]:
    """The paths that `read_paths` described."""
    entry = fields(value, "points", "lengths", "codes")
    points = checked(entry["points"], budget, None, 2)
    lengths = checked(entry["lengths"], budget, None, kinds="i")
    budget.artists(len(lengths))
    if (lengths < 0).any() or (lengths > len(points)).any() or lengths.sum() != len(points):
        raise Undrawable("paths that do not share out their points")
    ends = np.cumsum(lengths)[:-1]
    pieces = np.split(points, ends)[: len(lengths)]
    if entry["codes"] is None:
        return [Path(piece) for piece in pieces]
    codes = checked(entry["codes"], budget, len(points), kinds="u")
    known = (Path.STOP, Path.MOVETO, Path.LINETO, Path.CURVE3, Path.CURVE4, Path.CLOSEPOLY)
    if not np.isin(codes, known).all():
        raise Undrawable("codes that a path does not have")
    return [Path(piece, kind) for piece, kind in zip(pieces, np.split(codes, ends), strict=False)]
