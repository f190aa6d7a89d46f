"""Images, and numbers that are shown as colours: of images and of collections."""

from __future__ import annotations

from typing import Final

from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.colors import Normalize
from matplotlib.image import AxesImage

from cohort.grading.picture.arrays import pack, unpack
from cohort.grading.picture.budget import Budget
from cohort.grading.picture.kinds import Plain, fields, finite, items, one_of, or_none
from cohort.grading.picture.looks import IMAGE, class_name, dress, read_look

# Named as the process starts, before a student's code can add to them.
COLOUR_MAPS: Final = frozenset(colormaps)


def read_colours(artist: AxesImage | Collection, left_out: list[str]) -> Plain | None:
    """The numbers, their colour map and its limits; None if there are no numbers.

    A colour map of the student's own and a norm that is not linear are left out: the first is told as viridis.
    """
    values = artist.get_array()
    if values is None:
        return None
    if type(artist.norm) is not Normalize:
        left_out.append(class_name(artist.norm))
    name = str(artist.get_cmap().name)
    if name not in COLOUR_MAPS:
        left_out.append("colour map")
        name = "viridis"
    limits = [None if limit is None else float(limit) for limit in artist.get_clim()]
    return {"values": pack(values), "map": name, "limits": limits}


def colour_by(artist: AxesImage | Collection, description: object, budget: Budget) -> None:
    """Show the numbers that `read_colours` described."""
    entry = fields(description, "values", "map", "limits")
    low, high = (or_none(finite)(limit) for limit in items(entry["limits"], 2))
    artist.set_norm(Normalize(low, high))
    artist.set_cmap(one_of(COLOUR_MAPS)(entry["map"]))
    values = unpack(entry["values"], budget)
    artist.set_data(values) if isinstance(artist, AxesImage) else artist.set_array(values)


def read_image(image: AxesImage, left_out: list[str]) -> Plain:
    """An image as plain data."""
    return {
        "colours": read_colours(image, left_out),
        "extent": [float(side) for side in image.get_extent()],
        "origin": str(image.origin),
        "look": read_look(image, IMAGE, left_out),
    }


def draw_image(description: object, axes: Axes, budget: Budget) -> AxesImage:
    """The image that `read_image` described."""
    entry = fields(description, "colours", "extent", "origin", "look")
    extent = tuple(finite(side) for side in items(entry["extent"], 4))
    image = AxesImage(axes, origin=one_of(("upper", "lower"))(entry["origin"]), extent=extent)
    colour_by(image, entry["colours"], budget)
    dress(image, entry["look"], IMAGE)
    image.set_transform(axes.transData)
    return image
