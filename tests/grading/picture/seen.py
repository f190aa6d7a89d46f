"""What a check may read of a figure, and how two such readings differ."""

from __future__ import annotations

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure


def _text(text) -> tuple:
    colour, size = to_rgba(text.get_color()), text.get_fontsize()
    return text.get_text(), colour, size, text.get_rotation(), text.get_ha(), text.get_fontweight(), text.get_visible()


def _line(line) -> tuple:
    looks = (line.get_linestyle(), line.get_linewidth(), line.get_marker(), line.get_drawstyle(), line.get_markersize())
    place = list(line.get_xdata()), list(line.get_ydata()), line.get_xydata().tolist()
    return _shared(line), place, line.get_color(), looks, type(line)


def _patch(patch) -> tuple:
    numbers = [
        getattr(patch, f"get_{name}")()
        for name in ("x", "y", "width", "height", "angle", "radius", "center")
        if hasattr(patch, f"get_{name}")
    ]
    path = patch.get_path().transformed(patch.get_patch_transform()).vertices.tolist()
    looks = patch.get_facecolor(), patch.get_edgecolor(), patch.get_linewidth(), patch.get_hatch(), patch.get_fill()
    return _shared(patch), numbers, path, looks


def _collection(collection) -> tuple:
    return (
        _shared(collection),
        [path.vertices.tolist() for path in collection.get_paths() or []],
        collection.get_offsets().tolist(),
        type(collection.get_offsets()),
        collection.get_facecolor().tolist(),
        collection.get_edgecolor().tolist(),
        np.atleast_1d(collection.get_linewidth()).tolist(),
        list(collection.get_sizes()) if hasattr(collection, "get_sizes") and len(collection.get_sizes()) else [],
        None if collection.get_array() is None else collection.get_array().tolist(),
        collection.get_clim(),
        collection.get_cmap().name,
        collection.get_cmap()(0.5),
    )


def _image(image) -> tuple:
    return _shared(image), image.get_array().tolist(), list(image.get_extent()), image.get_clim(), image.get_cmap().name


def _shared(artist) -> tuple:
    return artist.get_label(), artist.get_gid(), artist.get_alpha(), artist.get_zorder(), artist.get_visible()


def _legend(legend) -> tuple | None:
    return legend and ([text.get_text() for text in legend.get_texts()], legend.get_title().get_text())


def _container(axes, container) -> tuple:
    kind = type(container).__name__
    places = [list(axes.get_children()).index(artist) for artist in container.get_children()]
    return kind, container.get_label(), len(places), [str(getattr(container, "datavalues", None))]


def _axis(axes, name: str) -> tuple:
    axis = getattr(axes, f"{name}axis")
    return (
        axis.get_label_text(),
        axis.get_label_position(),
        axis.get_scale(),
        getattr(axes, f"get_{name}lim")(),
        [float(tick) for tick in getattr(axes, f"get_{name}ticks")()],
        [label.get_text() for label in getattr(axes, f"get_{name}ticklabels")()],
        [label.get_rotation() for label in getattr(axes, f"get_{name}ticklabels")()],
        [label.get_text() for label in getattr(axes, f"get_{name}ticklabels")(minor=True)],
        [line.get_visible() for line in getattr(axes, f"get_{name}gridlines")()],
        axis.get_visible(),
    )


def _axes(axes) -> tuple:
    return (
        _shared(axes),
        np.round(axes.bbox.bounds, 6).tolist(),
        [axes.get_title(place) for place in ("left", "center", "right")],
        [_line(line) for line in axes.get_lines()],
        [_patch(patch) for patch in axes.patches],
        [_collection(collection) for collection in axes.collections],
        [_image(image) for image in axes.images],
        [(*_text(text), getattr(text, "xyann", None) and text.anncoords) for text in axes.texts],
        _legend(axes.get_legend()),
        [_container(axes, container) for container in axes.containers],
        axes.get_facecolor(),
        axes.axison,
        axes.get_aspect(),
        [axes.spines[side].get_visible() for side in ("left", "right", "top", "bottom")],
        # Last, as asking for ticks makes them.
        _axis(axes, "x"),
        _axis(axes, "y"),
    )


def seen(figure: Figure) -> tuple:
    """All that a check may read of a figure."""
    return (
        [_axes(axes) for axes in figure.axes],
        [figure.get_suptitle(), figure.get_supxlabel(), figure.get_supylabel()],
        [_text(text) for text in figure.texts],
        [_legend(legend) for legend in figure.legends],
        figure.get_facecolor(),
        figure.get_size_inches().tolist(),
        figure.dpi,
    )


def drawn(figure: Figure) -> np.ndarray:
    """The figure as drawn."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())


def same(one: object, other: object) -> bool:
    """Whether two values are equal, where NaN is NaN and an array has its type."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        exact = one.dtype == other.dtype and one.shape == other.shape
        return exact and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return bool(one == other) or (one != one and other != other)


def differences(one: object, other: object, path: str = "") -> list[str]:
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [line for key in one for line in differences(one[key], other[key], f"{path}.{key}")]
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [line for number, pair in pairs for line in differences(*pair, f"{path}[{number}]")]
    return [] if same(one, other) else [f"{path}: {one!r} / {other!r}"]
