"""Legends: their words, and how the entries look."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from cohort.grading.picture.budget import Budget
from cohort.grading.picture.kinds import LONGEST_TEXT, Plain, fields, flag, items, short_text
from cohort.grading.picture.looks import LINE_SHOWN, PATCH_SHOWN, SHARED, dress, plain, read_look
from cohort.grading.picture.words import say


def read_legend(legend: Legend, left_out: list[str]) -> Plain:
    """A legend as plain data; an entry is a list of its words, whether it is a line, and its look."""
    handles = [*legend.legend_handles, *[None] * len(legend.get_texts())]
    texts = [str(text.get_text())[:LONGEST_TEXT] for text in legend.get_texts()]
    return {
        "title": str(legend.get_title().get_text())[:LONGEST_TEXT],
        "entries": [[text, *_read_handle(handle, left_out)] for text, handle in zip(texts, handles, strict=False)],
        "look": read_look(legend, SHARED, left_out),
    }


def _read_handle(handle: object, left_out: list[str]) -> tuple[bool, Plain]:
    """Whether the handle of an entry is a line, and how it looks."""
    if isinstance(handle, Line2D):
        return True, read_look(handle, LINE_SHOWN, left_out)
    if isinstance(handle, Patch):
        return False, read_look(handle, PATCH_SHOWN, left_out)
    clear, look = [0.0, 0.0, 0.0, 0.0], {}
    for name in PATCH_SHOWN:
        colours = getattr(handle, f"get_{name}")() if isinstance(handle, Collection) else []
        look[name] = plain(colours[0]) if len(colours) else clear
    return False, look


def draw_legend(description: object, parent: Axes | Figure, budget: Budget) -> None:
    """Put the legend that `read_legend` described into axes or a figure."""
    entry = fields(description, "title", "entries", "look")
    title, words, handles = short_text(entry["title"]), [], []
    for item in items(entry["entries"]):
        budget.artists(2)
        text, is_line, look = items(item, 3)
        words.append(short_text(text))
        handles.append(Line2D([], []) if flag(is_line) else Rectangle((0, 0), 1, 1))
        dress(handles[-1], look, LINE_SHOWN if is_line else PATCH_SHOWN)
    # Words that start with an underscore, or are mathematics, would be taken for more than words.
    legend = parent.legend(handles, ["-"] * len(handles), loc="upper right")
    for text, said in zip(legend.get_texts(), words, strict=True):
        say(text, said)
    legend.set_title("")
    say(legend.get_title(), title)
    dress(legend, entry["look"], SHARED)
