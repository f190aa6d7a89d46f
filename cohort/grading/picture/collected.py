"""Collections: points, bundles of lines, areas between lines, coloured fields."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection, LineCollection, PathCollection, PolyCollection, QuadMesh
from matplotlib.transforms import IdentityTransform

from cohort.grading.picture.arrays import checked, pack, rgba, unpack
from cohort.grading.picture.budget import Budget, Undrawable
from cohort.grading.picture.images import colour_by, read_colours
from cohort.grading.picture.kinds import Plain, fields, one_of
from cohort.grading.picture.looks import COLLECTION, dress, read_look
from cohort.grading.picture.paths import draw_paths, read_paths
from cohort.grading.picture.places import read_coordinates, transform_of

COLLECTIONS: Final[dict[str, type[Collection]]] = {
    "QuadMesh": QuadMesh,
    "LineCollection": LineCollection,
    "PolyCollection": PolyCollection,
    "PathCollection": PathCollection,
}


def read_collection(collection: Collection, left_out: list[str]) -> Plain:
    """A collection as plain data; StopIteration if it is of another kind."""
    kind = next(name for name, known in COLLECTIONS.items() if isinstance(collection, known))
    mesh = kind == "QuadMesh"
    around = collection.get_offset_transform()
    offsets = collection.get_offsets()
    if type(around) is IdentityTransform and len(offsets) == 1 and not np.any(offsets):
        offsets = None
    return {
        "kind": kind,
        "paths": None if mesh else read_paths(collection.get_paths()),
        "corners": np.asarray(collection.get_coordinates(), dtype=float) if mesh else None,
        "sizes": np.asarray(collection.get_sizes(), dtype=float) if kind == "PathCollection" else None,
        "offsets": None if offsets is None else pack(offsets),
        "around": read_coordinates(around, collection.axes, left_out),
        "coordinates": read_coordinates(Artist.get_transform(collection), collection.axes, left_out),
        "facecolor": np.asarray(collection.get_facecolor(), dtype=float).reshape(-1, 4),
        "edgecolor": np.asarray(collection.get_edgecolor(), dtype=float).reshape(-1, 4),
        "linewidth": np.atleast_1d(np.asarray(collection.get_linewidth(), dtype=float)),
        "colours": read_colours(collection, left_out),
        "look": read_look(collection, COLLECTION, left_out),
    }


def draw_collection(description: object, axes: Axes, budget: Budget) -> Collection:
    """The collection that `read_collection` described."""
    names = ("kind", "paths", "corners", "sizes", "offsets", "around", "coordinates")
    entry = fields(description, *names, "facecolor", "edgecolor", "linewidth", "colours", "look")
    collection = _draw_shape(entry, budget)
    if entry["offsets"] is not None:
        collection.set_offsets(unpack(entry["offsets"], budget, None, 2))
    collection.set_offset_transform(transform_of(entry["around"], axes))
    collection.set_transform(transform_of(entry["coordinates"], axes))
    if entry["colours"] is not None:
        colour_by(collection, entry["colours"], budget)
    collection.set_facecolor(rgba(entry["facecolor"], budget))
    collection.set_edgecolor(rgba(entry["edgecolor"], budget))
    widths = checked(entry["linewidth"], budget, None)
    if not ((widths >= 0) & (widths <= 1e4)).all():
        raise Undrawable("widths of lines outside 0 to 10,000 points")
    collection.set_linewidth(widths)
    dress(collection, entry["look"], COLLECTION)
    return collection


def _draw_shape(entry: Plain, budget: Budget) -> Collection:
    kind = one_of(COLLECTIONS)(entry["kind"])
    if kind == "QuadMesh":
        return QuadMesh(checked(entry["corners"], budget, None, None, 2))
    paths = draw_paths(entry["paths"], budget)
    if kind == "PathCollection":
        return PathCollection(paths, checked(entry["sizes"], budget, None))
    points = [path.vertices for path in paths]
    if kind == "LineCollection":
        return LineCollection(points)
    collection = PolyCollection([])
    collection.set_verts_and_codes(points, [path.codes for path in paths])
    return collection
