"""Figures as lessons and students draw them."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, MonthLocator
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

DAYS = pd.date_range("1995-07-14", periods=7)
COUNTS = np.array([10.0, 12, 20, 30, 14, 16, 24])


def new_figure(**options) -> tuple[Figure, Axes]:
    figure = Figure(**options)
    return figure, figure.add_subplot()


def excess() -> Figure:
    figure, axes = new_figure()
    axes.plot(DAYS, pd.Series(COUNTS), marker="o", label="observed")
    axes.plot(DAYS, COUNTS / 2, linestyle="--", label="expected")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("Date")
    axes.set_ylabel("Deaths per day")
    axes.set_title("1995-07-14 to 1995-07-20: 842 more deaths than expected")
    axes.legend()
    figure.autofmt_xdate()
    return figure


def plain() -> Figure:
    figure, axes = new_figure(figsize=(5, 3), dpi=80, facecolor="#eeeeee")
    axes.plot([1, 2, 3], [4, 5, 6.5], color="C1", linewidth=3, alpha=0.5, gid="mine", zorder=7)
    axes.plot(range(3), [1, np.nan, 3], "s:", color=(0.1, 0.2, 0.3))
    axes.plot([1, 2], [2, 1], dashes=(5, 2), color=("red", 0.5), marker="*", markerfacecolor="none")
    axes.set_title("to the left, with $100 and 5 $", loc="left")
    axes.set_facecolor("0.9")
    axes.grid(True, axis="y")
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params("x", rotation=45)
    return figure


def pandas_plot() -> Figure:
    figure, axes = new_figure()
    pd.DataFrame({"observed": COUNTS, "expected": COUNTS / 2}, index=DAYS).plot(ax=axes, title="Two lines")
    return figure


def pandas_bars() -> Figure:
    figure, axes = new_figure()
    pd.DataFrame({"a": [1, 2], "b": [3, 4]}, index=["north", "south"]).plot.bar(ax=axes, stacked=True)
    return figure


def bars() -> Figure:
    figure, axes = new_figure()
    container = axes.bar(["a", "b", "c"], [1, float("nan"), 3], yerr=[0.1, 0.2, 0.3], hatch="//", label="bars")
    axes.bar_label(container)
    axes.legend()
    return figure


def bars_across() -> Figure:
    figure, axes = new_figure()
    axes.barh(["a", "b"], [1, 2], color=["red", (0, 1, 0, 0.5)], alpha=0.3, edgecolor="black")
    axes.invert_yaxis()
    return figure


def histogram() -> Figure:
    figure, axes = new_figure()
    axes.hist(COUNTS, bins=4)
    axes.hist(COUNTS * 2, bins=4, edgecolor="white")
    return figure


def points() -> Figure:
    figure, axes = new_figure()
    shown = axes.scatter(COUNTS, COUNTS**2, c=COUNTS, s=COUNTS, cmap="viridis", label="weeks")
    axes.scatter([1, 2], [3, np.nan], color=["red", "blue"], marker="x", alpha=0.5)
    figure.colorbar(shown, ax=axes, label="deaths")
    axes.legend()
    return figure


def areas() -> Figure:
    figure, axes = new_figure()
    axes.step(DAYS, COUNTS, where="post")
    axes.fill_between(DAYS, COUNTS - 1, COUNTS + 1, alpha=0.2, color="C0", label="95 % interval")
    axes.stackplot(DAYS, COUNTS, COUNTS)
    axes.axhline(3, color="red", linestyle=":")
    axes.axvline(DAYS[2])
    axes.axvspan(DAYS[1], DAYS[2], alpha=0.3)
    axes.axhspan(1, 2, label="band")
    axes.vlines(DAYS, 0, COUNTS)
    axes.text(DAYS[1], 5, "heat wave", rotation=30, fontsize=14, fontweight="bold")
    axes.text(0.5, 0.5, "centre", transform=axes.transAxes, ha="center")
    return figure


def errors() -> Figure:
    figure, axes = new_figure()
    axes.errorbar([1, 2, 3], [2, 3, 4], xerr=0.1, yerr=[0.1, 0.2, 0.3], capsize=3, fmt="o", label="mean")
    axes.legend(title="Legend", loc="upper left", bbox_to_anchor=(1.02, 1))
    return figure


def logarithm() -> Figure:
    figure, axes = new_figure()
    axes.loglog([1, 10, 1000], [1, 20, 5000])
    axes.grid(True, which="both")
    return figure


def twins() -> Figure:
    figure, axes = new_figure()
    axes.plot(COUNTS, label="deaths")
    other = axes.twinx()
    other.plot(COUNTS * 2, "r", label="degrees")
    other.set_ylabel("Temperature (°C)")
    figure.legend()
    return figure


def several() -> Figure:
    figure = Figure(figsize=(8, 6))
    grid = figure.subplots(2, 2, sharex=True, sharey="row")
    for number, axes in enumerate(grid.flat):
        axes.plot(COUNTS * number)
        axes.set_title(f"part {number}")
    grid[1, 1].axis("off")
    grid[0, 0].legend([], [])
    figure.suptitle("Four parts")
    figure.supxlabel("week")
    figure.supylabel("deaths")
    figure.text(0.9, 0.1, "source: made up", fontsize=7)
    return figure


def annotated() -> Figure:
    figure, axes = new_figure()
    axes.plot(DAYS, COUNTS)
    axes.annotate("peak", (DAYS[3], 30), xytext=(10, 5), textcoords="offset points", arrowprops={"arrowstyle": "->"})
    axes.annotate("half way", (0.5, 0.5), xycoords="axes fraction")
    return figure


def dates() -> Figure:
    figure, axes = new_figure()
    axes.plot([datetime.date(2024, month, 1) for month in range(1, 13)], range(12))
    axes.plot([datetime.datetime(2024, month, 3, 12) for month in range(1, 13)], range(12))
    axes.plot(pd.date_range("2024-01-01", periods=3, tz="Africa/Lagos"), range(3))
    axes.xaxis.set_major_locator(MonthLocator(interval=2))
    axes.xaxis.set_major_formatter(DateFormatter("%b %Y"))
    return figure


def image() -> Figure:
    figure, axes = new_figure()
    shown = axes.imshow([[1, 2, np.nan], [4, 5, 6]], cmap="cividis", vmin=0, vmax=6, extent=(0, 3, 0, 2))
    figure.colorbar(shown)
    other = figure.add_axes((0, 0, 0.2, 0.2))
    other.imshow(np.zeros((2, 2, 3), dtype=np.uint8))
    other.pcolormesh(np.arange(6).reshape(2, 3))
    return figure


def boxes() -> Figure:
    figure, axes = new_figure()
    axes.boxplot([COUNTS, COUNTS * 2], tick_labels=["north", "south"], patch_artist=True)
    axes.violinplot([COUNTS])
    return figure


def categories() -> Figure:
    figure, axes = new_figure()
    axes.plot(["low", "middle", "high"], [1, 2, 3])
    axes.scatter(["low", "high"], ["x", "y"])
    axes.set_xticks(["low", "high"], ["few", "many"])
    return figure


def pie() -> Figure:
    figure, axes = new_figure()
    axes.pie([1, 2, 3], labels=["a", "b", "c"], autopct="%.0f %%", wedgeprops={"width": 0.4})
    axes.add_patch(Rectangle((0, 0), 1, 1, angle=30, linestyle="--", transform=axes.transAxes))
    return figure


def empty() -> Figure:
    return Figure()


def empty_axes() -> Figure:
    return new_figure(layout="constrained")[0]


FIGURES = [
    *(excess, plain, pandas_plot, pandas_bars, bars, bars_across, histogram, points, areas, errors, logarithm, twins),
    *(several, annotated, dates, image, boxes, categories, pie, empty, empty_axes),
]
