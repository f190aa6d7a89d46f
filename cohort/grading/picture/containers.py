"""Containers: which artists belong together as bars or as error bars."""

from __future__ import annotations

from collections.abc import Iterable

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import BarContainer, Container, ErrorbarContainer

from cohort.grading.picture.arrays import pack, unpack
from cohort.grading.picture.budget import Budget, Undrawable
from cohort.grading.picture.kinds import Plain, fields, flag, index, items, one_of, or_none, short_text
from cohort.grading.picture.looks import read_each


def read_containers(axes: Axes, numbers: dict[int, int], left_out: list[str]) -> list[Plain]:
    """The containers of axes as plain data; `numbers` says by its id where each artist is."""
    places: dict[int, int] = {}
    return read_each(axes.containers, lambda one, _: _read_container(one, numbers, places), left_out, places)


def _read_container(container: Container, numbers: dict[int, int], places: dict[int, int]) -> Plain:
    """`numbers` and `places` say where its artists and the containers before it are; KeyError if one is not there."""

    def of(artists: Iterable[Artist]) -> list[int]:
        return [numbers[id(artist)] for artist in artists]

    described: Plain = {"label": or_none(short_text)(container.get_label())}
    match container:
        case BarContainer():
            values = container.datavalues
            return described | {
                "kind": "bars",
                "patches": of(container.patches),
                "values": None if values is None else pack(values),
                "orientation": container.orientation,
                "errorbar": None if container.errorbar is None else places[id(container.errorbar)],
            }
        case ErrorbarContainer():
            line, caps, bars = container.lines
            return described | {
                "kind": "errors",
                "line": None if line is None else numbers[id(line)],
                "caps": of(caps),
                "bars": of(bars),
                "has": [bool(container.has_xerr), bool(container.has_yerr)],
            }
    raise KeyError("another container")


def draw_container(description: object, axes: Axes, budget: Budget) -> Container:
    """The container that `read_containers` described, of artists that are in the axes already."""
    if type(description) is not dict:
        raise Undrawable("not a container")

    def of(artists: Iterable[Artist], chosen: object) -> list[Artist]:
        listed = list(artists)
        budget.points(len(items(chosen)))
        return [listed[index(number, listed)] for number in chosen]

    match description.get("kind"):
        case "bars":
            entry = fields(description, "kind", "label", "patches", "values", "orientation", "errorbar")
            error = entry["errorbar"]
            container = BarContainer(
                of(axes.patches, entry["patches"]),
                None if error is None else axes.containers[index(error, axes.containers)],
                datavalues=None if entry["values"] is None else unpack(entry["values"], budget),
                orientation=or_none(one_of(("vertical", "horizontal")))(entry["orientation"]),
            )
        case "errors":
            entry = fields(description, "kind", "label", "line", "caps", "bars", "has")
            line = None if entry["line"] is None else of(axes.lines, [entry["line"]])[0]
            caps, bars = of(axes.lines, entry["caps"]), of(axes.collections, entry["bars"])
            has_x, has_y = (flag(has) for has in items(entry["has"], 2))
            container = ErrorbarContainer((line, tuple(caps), tuple(bars)), has_x, has_y)
        case _:
            raise Undrawable("a container of another kind")
    container.set_label(or_none(short_text)(entry["label"]))
    return container
