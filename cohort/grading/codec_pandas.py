"""pandas' tables, indexes, arrays and scalars in a message: each column as an array, texts in one buffer.

Not plain, and so referred to: sparse and Arrow columns, and columns of other libraries' types; a table with such a
column is referred to as a whole. `attrs` are left out, since pandas copies them in every operation. A `freq` that has
no name of its own, such as one with holidays, is left out too.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from pandas.tseries.frequencies import to_offset

from cohort.grading import codec_arrays
from cohort.grading.codec_arrays import (
    FREQUENCY,
    INDEXES,
    ZONES,
    named_period,
    one_column,
    period_name,
    unique_keys,
    zone_node,
)
from cohort.grading.codec_wire import Node, Reader, Unreadable, Writer

# What an object of pandas takes to build, in items to read.
COST = 100
# Each step of a frequency such as business hours takes up to 60 microseconds.
STEP_COST = 20
OFFSETS = frozenset(id(kind) for kind in vars(pd.offsets).values() if isinstance(kind, type))


def write_frame(writer: Writer, value: pd.DataFrame) -> Node:
    """The node of a table."""
    writer.charge(COST)
    return [
        "DataFrame",
        writer.part(value.index),
        writer.part(value.columns),
        value.flags.allows_duplicate_labels,
        *(_values_node(writer, column) for _, column in pd.DataFrame.items(value)),
    ]


def read_frame(reader: Reader, index: Node, columns: Node, duplicates: Node, *values: Node) -> pd.DataFrame:
    """A table."""
    reader.charge(COST)
    rows = reader.part(index, *INDEXES)
    arrays = (_column(one_column(reader, each, len(rows)), rows) for each in values)
    frame = pd.DataFrame(dict(enumerate(arrays)), index=rows, copy=False)
    frame.columns = reader.part(columns, *INDEXES)
    frame.flags.allows_duplicate_labels = duplicates
    return frame


def write_series(writer: Writer, value: pd.Series) -> Node:
    """The node of a column."""
    writer.charge(COST)
    return [
        "Series",
        writer.part(value.index),
        _values_node(writer, value),
        writer.node(value.name),
        value.flags.allows_duplicate_labels,
    ]


def read_series(reader: Reader, index: Node, values: Node, name: Node, duplicates: Node) -> pd.Series:
    """A column."""
    reader.charge(COST)
    rows = reader.part(index, *INDEXES)
    array = one_column(reader, values, len(rows))
    series = pd.Series(array, rows, _object(array), name=reader.node(name), copy=False)
    series.flags.allows_duplicate_labels = duplicates
    return series


def write_index(writer: Writer, value: pd.Index) -> Node:
    """The node of an index that is an array and a name."""
    writer.charge(COST)
    return ["Index", _values_node(writer, value), writer.node(value.name)]


def read_index(reader: Reader, values: Node, name: Node) -> pd.Index:
    """An index, of the class that its values have."""
    reader.charge(COST)
    array = one_column(reader, values)
    return pd.Index(array, _object(array), name=reader.node(name), copy=False)


def write_range(writer: Writer, value: pd.RangeIndex) -> Node:
    """The node of an index that counts."""
    writer.charge(COST)
    return ["RangeIndex", value.start, value.stop, value.step, writer.node(value.name)]


def read_range(reader: Reader, start: Node, stop: Node, step: Node, name: Node) -> pd.RangeIndex:
    """An index that counts."""
    reader.charge(COST)
    return pd.RangeIndex(
        reader.part(start, int), reader.part(stop, int), reader.part(step, int), name=reader.node(name)
    )


def write_multi(writer: Writer, value: pd.MultiIndex) -> Node:
    """The node of an index of several levels."""
    writer.charge(COST)
    return [
        "MultiIndex",
        writer.many(list(value.names)),
        value.sortorder,
        *(
            node
            for level, codes in zip(value.levels, value.codes, strict=True)
            for node in (writer.part(level), writer.part(np.asarray(codes)))
        ),
    ]


def read_multi(reader: Reader, names: Node, order: Node, *parts: Node) -> pd.MultiIndex:
    """An index of several levels, which must fit together."""
    reader.charge(COST)
    levels = [unique_keys(reader, reader.part(level, *INDEXES)) for level in parts[::2]]
    codes = [one_column(reader, each) for each in parts[1::2]]
    if not all(each.dtype.kind == "i" for each in codes):
        raise Unreadable("codes that are no integers")
    sortorder = None if order is None else reader.part(order, int)
    return pd.MultiIndex(levels, codes, sortorder=sortorder, names=reader.many(names))


def write_regular(writer: Writer, value: pd.DatetimeIndex | pd.TimedeltaIndex) -> Node:
    """The node of an index of dates or durations, which may be regular."""
    writer.charge(COST)
    frequency = None if value.freq is None else _frequency_name(value.freq)
    if frequency is not None:
        writer.charge(_check_cost(value, value.freq))
    return ["regular", _values_node(writer, value), frequency, writer.node(value.name)]


def read_regular(reader: Reader, values: Node, frequency: Node, name: Node) -> pd.DatetimeIndex | pd.TimedeltaIndex:
    """An index of dates or durations; pandas checks that they have the frequency."""
    reader.charge(COST)
    index = pd.Index(
        reader.part(values, pd.arrays.DatetimeArray, pd.arrays.TimedeltaArray), name=reader.node(name), copy=False
    )
    if frequency is not None:
        offset = _named_frequency(frequency)
        reader.charge(_check_cost(index, offset))
        index.freq = offset
    return index


def write_timestamp(writer: Writer, value: pd.Timestamp) -> Node:
    """The node of a point in time, in UTC if it has a time zone."""
    zone = None if value.tz is None else zone_node(writer, value.tz)
    return ["Timestamp", writer.part(value.asm8), zone, value.fold]


def read_timestamp(reader: Reader, moment: Node, zone: Node, fold: Node) -> pd.Timestamp:
    """A point in time."""
    time = pd.Timestamp(reader.part(moment, np.datetime64))
    if zone is not None:
        return time.tz_localize("UTC").tz_convert(reader.part(zone, *ZONES))
    return time.replace(fold=1) if fold else time


def read_period(reader: Reader, ordinal: Node, period: Node) -> pd.Period:
    """A period."""
    return pd.Period(ordinal=reader.part(ordinal, int), freq=named_period(reader, period).freq)


def _values_node(writer: Writer, value: pd.Series | pd.Index) -> Node:
    array = value.array
    return writer.part(array.to_numpy() if type(array) is pd.arrays.NumpyExtensionArray else array)


def _object(array: np.ndarray | pd.api.extensions.ExtensionArray) -> type | None:
    """The dtype to tell pandas, which would else look into objects and find a dtype itself."""
    return object if array.dtype == object else None


def _column(array: np.ndarray | pd.api.extensions.ExtensionArray, index: pd.Index) -> object:
    return pd.Series(array, index, object, copy=False) if array.dtype == object else array


def _frequency_name(frequency: pd.offsets.BaseOffset) -> str | None:
    """The name that gives the frequency back, if there is one."""
    if id(type(frequency)) not in OFFSETS:
        return None
    name = frequency.freqstr
    try:
        return name if len(name) <= FREQUENCY and to_offset(name) == frequency else None
    except ValueError:
        return None


def _check_cost(index: pd.Index, frequency: pd.offsets.BaseOffset) -> int:
    """What pandas takes to check that an index is regular, in items to read."""
    quick = isinstance(frequency, (pd.offsets.Tick, pd.offsets.Day))
    return 0 if quick else STEP_COST * len(index)


def _named_frequency(name: Node) -> pd.offsets.BaseOffset:
    if type(name) is not str or len(name) > FREQUENCY:
        raise Unreadable("a frequency that is none")
    return to_offset(name)


WRITERS: dict[type, Callable[[Writer, object], Node]] = {
    pd.DataFrame: write_frame,
    pd.Series: write_series,
    pd.RangeIndex: write_range,
    pd.MultiIndex: write_multi,
    **dict.fromkeys((pd.DatetimeIndex, pd.TimedeltaIndex), write_regular),
    **dict.fromkeys((pd.Index, pd.PeriodIndex, pd.IntervalIndex, pd.CategoricalIndex), write_index),
    **codec_arrays.WRITERS,
    pd.Timestamp: write_timestamp,
    pd.Timedelta: lambda writer, value: ["Timedelta", writer.part(value.asm8)],
    pd.Period: lambda writer, value: ["Period", value.ordinal, period_name(writer, pd.PeriodDtype(value.freq))],
    pd.Interval: lambda writer, value: ["Interval", writer.node(value.left), writer.node(value.right), value.closed],
    type(pd.NaT): lambda writer, value: ["NaT"],
    type(pd.NA): lambda writer, value: ["NA"],
}
READERS: dict[str, Callable[..., object]] = {
    "DataFrame": read_frame,
    "Series": read_series,
    "RangeIndex": read_range,
    "MultiIndex": read_multi,
    "regular": read_regular,
    "Index": read_index,
    **codec_arrays.READERS,
    "Timestamp": read_timestamp,
    "Timedelta": lambda reader, value: pd.Timedelta(reader.part(value, np.timedelta64)),
    "Period": read_period,
    "Interval": lambda reader, left, right, closed: pd.Interval(reader.node(left), reader.node(right), closed),
    "NaT": lambda reader: pd.NaT,
    "NA": lambda reader: pd.NA,
}
