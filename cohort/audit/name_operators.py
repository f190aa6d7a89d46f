"""Small faults by name: one statistic, function, part of a date or period is taken for another."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst
from libcst import matchers as m

from cohort.audit.calls import called, is_grouped, literal, receiver, renamed, with_text, with_value
from cohort.audit.operators import Operator

# Functions and methods that are taken for each other.
CONFUSED = {
    "mean": ("median", "sum"),
    "median": ("mean",),
    "sum": ("mean",),
    "max": ("min",),
    "min": ("max",),
    "std": ("var",),
    "var": ("std",),
    "nunique": ("count",),
    "cumsum": ("sum",),
    "cumprod": ("prod",),
    "cummax": ("cummin",),
    "cummin": ("cummax",),
    "any": ("all",),
    "all": ("any",),
    "head": ("tail",),
    "tail": ("head",),
    "first": ("last",),
    "last": ("first",),
    "nlargest": ("nsmallest",),
    "nsmallest": ("nlargest",),
    "idxmax": ("idxmin",),
    "idxmin": ("idxmax",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "ffill": ("bfill",),
    "bfill": ("ffill",),
    "nanmean": ("mean",),
    "nansum": ("sum",),
    "sin": ("cos",),
    "cos": ("sin",),
    "log": ("log1p", "log10"),
    "log1p": ("log",),
    "log10": ("log",),
    "floor": ("ceil",),
    "ceil": ("floor",),
    "radians": ("degrees",),
    "degrees": ("radians",),
    "deg2rad": ("rad2deg",),
    "rad2deg": ("deg2rad",),
    "union": ("intersection",),
    "intersection": ("union",),
    "startswith": ("endswith",),
    "endswith": ("startswith",),
}
NEGATED = {"isna": "notna", "notna": "isna", "isnull": "notnull", "notnull": "isnull"}
# Of these names, Python has functions of its own.
BUILT_IN = {"any", "all", "max", "min"}
COUNTS = {"count": ("size", "nunique"), "size": ("count",)}
# Texts that name a statistic, where a table is summed up.
SUMMED_UP = {"agg", "aggregate", "pivot_table", "transform"}
PARTS_OF_TIME = {
    "year": "month",
    "month": "day",
    "day": "month",
    "day_of_year": "day",
    "dayofyear": "day",
    "dayofweek": "day",
    "day_of_week": "day",
    "weekday": "day",
    "hour": "minute",
    "minute": "second",
}
FREQUENCIES = {"D": "W", "W": "D", "MS": "ME", "ME": "MS", "M": "Y", "YS": "YE", "YE": "YS", "h": "D"}
FREQUENCIES |= {"W-SUN": "W-MON", "W-MON": "W-SUN"}


def confused(call: cst.Call) -> Iterator[cst.BaseExpression]:
    """One statistic or function is taken for another: the mean for the median, the sine for the cosine."""
    name = called(call)
    if isinstance(call.func, cst.Attribute) or name in BUILT_IN:
        yield from (renamed(call, other) for other in CONFUSED.get(name, ()))


def gap_negated(call: cst.Call) -> Iterator[cst.Call]:
    """What is there is taken for what is missing."""
    if isinstance(call.func, cst.Attribute) and called(call) in NEGATED:
        yield renamed(call, NEGATED[called(call)])


def confused_by_name(call: cst.Call) -> Iterator[cst.Call]:
    """One statistic is taken for another, where it is named by a text."""
    if called(call) in SUMMED_UP:
        for text in m.findall(call.with_changes(func=cst.Name("_")), m.SimpleString()):
            for other in CONFUSED.get(literal(text), ()) + COUNTS.get(literal(text), ()):
                yield call.deep_replace(text, with_text(text, other))


def count_confused(call: cst.Call) -> Iterator[cst.BaseExpression]:
    """Values, rows and different values are taken for each other."""
    owner = receiver(call)
    if owner is not None and not call.args:
        grouped = is_grouped(call)
        if called(call) == "count":
            yield renamed(call, "nunique")
            yield renamed(call, "size") if grouped else cst.Attribute(owner, cst.Name("size"))
        elif called(call) == "size" and grouped:
            yield renamed(call, "count")


def other_part_of_time(node: cst.Attribute) -> Iterator[cst.Attribute]:
    """A day of the month is taken for one of the year, a year for a month."""
    if other := PARTS_OF_TIME.get(node.attr.value):
        yield node.with_changes(attr=cst.Name(other))


def seconds_of_a_day(call: cst.Call) -> Iterator[cst.BaseExpression]:
    """The seconds beyond whole days are taken for all seconds."""
    if called(call) == "total_seconds" and isinstance(call.func, cst.Attribute):
        yield call.func.with_changes(attr=cst.Name("seconds"))


def other_frequency(call: cst.Call) -> Iterator[cst.Call]:
    """Weeks begin on another day, months are named by their end, days are taken for weeks."""
    if called(call) in ("Grouper", "asfreq", "ceil", "date_range", "floor", "period_range", "resample", "to_period"):
        for arg in call.args:
            if (arg.keyword is None or arg.keyword.value == "freq") and literal(arg.value) in FREQUENCIES:
                yield with_value(call, arg, with_text(arg.value, FREQUENCIES[literal(arg.value)]))


OPERATORS: list[Operator] = [
    (cst.Call, "a function is taken for another", confused),
    (cst.Call, "what is there is taken for missing", gap_negated),
    (cst.Call, "a statistic is taken for another", confused_by_name),
    (cst.Call, "rows and values are taken for each other", count_confused),
    (cst.Attribute, "a part of a date is another", other_part_of_time),
    (cst.Call, "seconds are those beyond whole days", seconds_of_a_day),
    (cst.Call, "a period has another length or start", other_frequency),
]
