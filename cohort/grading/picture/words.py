"""Words: texts and annotations in axes, and the words of a figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text

from cohort.grading.picture.budget import Budget
from cohort.grading.picture.kinds import LONGEST_TEXT, Plain, fields, flag, one_of, or_none, pair, short_text
from cohort.grading.picture.looks import TEXT, class_name, dress, read_look
from cohort.grading.picture.places import read_coordinates, transform_of

# Where the place of an annotation may count from.
PLACES: Final = (
    "data",
    *(f"{of} {unit}" for of in ("figure", "subfigure", "axes") for unit in ("points", "pixels", "fraction")),
    *(f"offset {unit}" for unit in ("points", "pixels", "fontsize")),
)
FIGURE_WORDS: Final = ("suptitle", "supxlabel", "supylabel")


def say(text: Text, words: str) -> None:
    """Let a text show these words as they are, never as mathematics."""
    text.set_parse_math(False)
    text.set_text(words)


def read_text(text: Text, left_out: list[str]) -> Plain:
    """A text or an annotation as plain data; Undrawable if it is too long."""
    annotation = None
    if isinstance(text, Annotation):
        annotation = {
            "xy": [float(text.convert_xunits(text.xy[0])), float(text.convert_yunits(text.xy[1]))],
            "of": _read_place(text.xycoords, left_out),
            "from": _read_place(text.anncoords, left_out),
            "arrow": text.arrow_patch is not None,
        }
    return {
        "text": short_text(str(text.get_text())),
        "position": [float(number) for number in text.get_unitless_position()],
        "annotation": annotation,
        "coordinates": read_coordinates(text.get_transform(), text.axes, left_out) if annotation is None else "data",
        "look": read_look(text, TEXT, left_out),
    }


def _read_place(place: object, left_out: list[str]) -> str:
    if type(place) is str and place in PLACES:
        return place
    left_out.append("place of an annotation")
    return "data"


def draw_text(description: object, axes: Axes, budget: Budget) -> Text:
    """The text or annotation that `read_text` described."""
    entry = fields(description, "text", "position", "annotation", "coordinates", "look")
    words, position = short_text(entry["text"]), pair(entry["position"])
    if entry["annotation"] is None:
        text = Text(*position, words, parse_math=False)
        text.set_transform(transform_of(entry["coordinates"], axes))
    else:
        place = fields(entry["annotation"], "xy", "of", "from", "arrow")
        text = Annotation(
            words,
            pair(place["xy"]),
            xytext=position,
            xycoords=one_of(PLACES)(place["of"]),
            textcoords=one_of(PLACES)(place["from"]),
            arrowprops={"arrowstyle": "->"} if flag(place["arrow"]) else None,
            parse_math=False,
        )
    dress(text, entry["look"], TEXT)
    return text


def read_figure_texts(figure: Figure, left_out: list[str]) -> Iterator[Plain]:
    """The words of a figure as plain data, its title and labels too; the place in parts of the figure."""
    roles = {getattr(figure, f"get_{name}")(): name for name in reversed(FIGURE_WORDS)}
    for text in figure.texts:
        words = str(text.get_text())
        if len(words) > LONGEST_TEXT:
            left_out.append(class_name(text))
            continue
        place = text.get_transform() - figure.transFigure
        yield {
            "text": words,
            "role": roles.pop(words, None) if words else None,
            "position": [float(number) for number in place.transform(text.get_unitless_position())],
            "look": read_look(text, TEXT, left_out),
        }


def draw_figure_text(description: object, figure: Figure) -> None:
    """Put words into a figure, as `read_figure_texts` described them."""
    entry = fields(description, "text", "role", "position", "look")
    words, (x, y) = short_text(entry["text"]), pair(entry["position"])
    role = or_none(one_of(FIGURE_WORDS))(entry["role"])
    text = getattr(figure, role)("", x=x, y=y) if role else figure.text(x, y, "")
    say(text, words)
    dress(text, entry["look"], TEXT)
