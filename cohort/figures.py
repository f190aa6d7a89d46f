"""Shows a figure the way the course wants it: safe colours, alt text, and the table behind it."""

from __future__ import annotations

import io

import matplotlib.pyplot as plt
import pandas as pd
from cycler import cycler
from IPython.display import HTML, display
from matplotlib.figure import Figure

# Okabe and Ito's palette, safe for the common kinds of colour blindness
# (jfly.uni-koeln.de/color), by the names used in the lessons. Sky and red are darker here, so
# that on white a dot has a contrast of 3 to 1 and a word of 4.5 to 1 (WCAG 2.2, 1.4.11 and 1.4.3).
BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, RED, PURPLE = (
    "#000000",
    "#E69F00",
    "#3D8FC4",
    "#009E73",
    "#F0E442",
    "#0072B2",
    "#A84A00",
    "#CC79A7",
)
GREY = "#6B6B6B"


def style() -> None:
    """Set Matplotlib's defaults for the course: Okabe-Ito colours, readable sizes, few lines."""
    plt.rcParams.update(
        {
            "axes.prop_cycle": cycler(color=[BLUE, RED, GREEN, PURPLE, ORANGE, SKY, BLACK]),
            "axes.spines.right": False,
            "axes.spines.top": False,
            "axes.titlelocation": "left",
            "axes.titlesize": 13,
            "axes.titleweight": "bold",
            "figure.constrained_layout.use": True,
            "figure.dpi": 100,
            "figure.figsize": (7.5, 4.0),
            "font.size": 11,
        }
    )


def show(figure: Figure, alt: str, table: pd.DataFrame) -> None:
    """Display a figure with alternative text, and the numbers behind it in a table that folds.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Closed afterwards, so that a notebook does not show it twice.
    alt : str
        What the figure shows, for those who do not see it: kind of chart, axes, trend, numbers.
    table : pandas.DataFrame
        The numbers drawn, or a summary of them where they are many.

    Raises
    ------
    ValueError
        If `alt` is too short to say all that, or an axis has no label or no title.
    """
    if len(alt.split()) < 12:
        raise ValueError("the alt text must say the kind of chart, the axes, the trend and two numbers")
    for axes in figure.axes:
        if not (axes.get_xlabel() and axes.get_ylabel()):
            raise ValueError("label both axes, with their units")
    if not any(axes.get_title("left") or axes.get_title() for axes in figure.axes):
        raise ValueError("give the figure a title that states the finding")
    width, height = (figure.get_size_inches() * figure.dpi).round().astype(int).tolist()
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=2 * figure.dpi, pil_kwargs={"optimize": True})
    plt.close(figure)
    display(
        {"image/png": png.getvalue(), "text/plain": alt},
        metadata={"image/png": {"alt": alt, "width": width, "height": height}},
        raw=True,
    )
    display(HTML(f"<details><summary>The table behind this figure</summary>\n{_html(table)}\n</details>"))


def _html(table: pd.DataFrame) -> str:
    """The table with one row of headers, each of which says that it heads a column."""
    names = [name or "row" for name in table.index.names]
    plain = table.rename_axis(index=names).reset_index()
    html = plain.to_html(border=0, index=False, float_format=lambda number: f"{number:,.4g}", na_rep="missing")
    return html.replace("<th>", '<th scope="col">')
