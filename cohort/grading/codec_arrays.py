"""pandas' arrays in a message: NumPy arrays of their parts, and texts in one buffer."""

from __future__ import annotations

import datetime
import functools
import zoneinfo
from collections.abc import Callable

import numpy as np
import pandas as pd

from cohort.grading.codec_wire import Node, NotPlain, Reader, Unreadable, Writer

# Characters of a frequency's name.
FREQUENCY = 60
ZONES = (datetime.timezone, zoneinfo.ZoneInfo)
INDEXES = (
    *(pd.Index, pd.RangeIndex, pd.MultiIndex, pd.DatetimeIndex, pd.TimedeltaIndex, pd.PeriodIndex),
    *(pd.IntervalIndex, pd.CategoricalIndex),
)
ARRAYS = (
    *(np.ndarray, pd.arrays.DatetimeArray, pd.arrays.TimedeltaArray, pd.arrays.PeriodArray, pd.arrays.IntervalArray),
    *(pd.Categorical, pd.arrays.IntegerArray, pd.arrays.FloatingArray, pd.arrays.BooleanArray),
    *(pd.arrays.StringArray, pd.arrays.ArrowStringArray),
)


def write_times(writer: Writer, value: pd.arrays.DatetimeArray) -> Node:
    """The node of an array of points in time, in UTC if they have a time zone."""
    values = writer.part(value.asi8.view(f"M8[{value.unit}]"))
    return ["DatetimeArray", values, None if value.tz is None else zone_node(writer, value.tz)]


def read_times(reader: Reader, values: Node, zone: Node) -> pd.arrays.DatetimeArray:
    """An array of points in time."""
    index = pd.DatetimeIndex(of_kind(reader, values, "M"), copy=False)
    return (index if zone is None else index.tz_localize("UTC").tz_convert(reader.part(zone, *ZONES))).array


def write_durations(writer: Writer, value: pd.arrays.TimedeltaArray) -> Node:
    """The node of an array of durations."""
    return ["TimedeltaArray", writer.part(value.asi8.view(f"m8[{value.unit}]"))]


def read_durations(reader: Reader, values: Node) -> pd.arrays.TimedeltaArray:
    """An array of durations."""
    return pd.TimedeltaIndex(of_kind(reader, values, "m"), copy=False).array


def write_periods(writer: Writer, value: pd.arrays.PeriodArray) -> Node:
    """The node of an array of periods."""
    return ["PeriodArray", writer.part(value.asi8), period_name(writer, value.dtype)]


def read_periods(reader: Reader, values: Node, period: Node) -> pd.arrays.PeriodArray:
    """An array of periods."""
    return pd.arrays.PeriodArray(of_kind(reader, values, "i"), dtype=named_period(reader, period))


def write_intervals(writer: Writer, value: pd.arrays.IntervalArray) -> Node:
    """The node of an array of intervals."""
    return ["IntervalArray", writer.part(value.left), writer.part(value.right), value.closed]


def read_intervals(reader: Reader, left: Node, right: Node, closed: Node) -> pd.arrays.IntervalArray:
    """An array of intervals."""
    sides = reader.part(left, *INDEXES), reader.part(right, *INDEXES)
    return pd.arrays.IntervalArray.from_arrays(*sides, closed=closed)


def write_categories(writer: Writer, value: pd.Categorical) -> Node:
    """The node of an array of categories: which category each item has, and the categories."""
    return ["Categorical", writer.part(np.asarray(value.codes)), writer.part(value.categories), value.ordered]


def read_categories(reader: Reader, codes: Node, categories: Node, ordered: Node) -> pd.Categorical:
    """An array of categories."""
    dtype = pd.CategoricalDtype(unique_keys(reader, reader.part(categories, *INDEXES)), ordered)
    return pd.Categorical.from_codes(of_kind(reader, codes, "i"), dtype=dtype)


def write_missing(tag: str) -> Callable[[Writer, object], Node]:
    """What writes an array of numbers with a mask of the missing ones."""
    return lambda writer, value: [tag, writer.part(value._data), writer.part(value._mask)]


def read_missing(kind: type) -> Callable[..., object]:
    """What reads an array of numbers with a mask."""

    def read(reader: Reader, values: Node, mask: Node) -> object:
        array = one_column(reader, values)
        return kind(array, one_column(reader, mask, len(array)))

    return read


def write_strings(writer: Writer, value: pd.arrays.StringArray) -> Node:
    """The node of an array of texts that are objects of Python."""
    missing = value.isna()
    texts = ["" if absent else text for text, absent in zip(value.to_numpy(object), missing, strict=True)]
    if not all(type(text) is str for text in texts):
        raise NotPlain
    mask = writer.part(missing) if missing.any() else None
    return ["strings", "python", value.dtype.na_value is pd.NA, mask, *writer.texts(texts)[1:]]


def write_arrow_strings(writer: Writer, value: pd.arrays.ArrowStringArray) -> Node:
    """The node of an array of texts that Arrow holds, whose buffer is sent as it is."""
    import pyarrow as pa

    array = value.__arrow_array__()
    if type(array) is pa.ChunkedArray:
        array = array.combine_chunks()
    writer.charge(len(array))
    _, offsets, data = array.buffers()
    offsets = np.frombuffer(offsets or b"\0" * 8, np.int64)[array.offset : array.offset + len(array) + 1]
    writer.fits(int(offsets[-1] - offsets[0]))
    content = np.frombuffer(data or b"", np.uint8)[offsets[0] : offsets[-1]]
    mask = writer.part(array.is_null().to_numpy(zero_copy_only=False)) if array.null_count else None
    sizes = np.diff(offsets).astype("<u4")
    return ["strings", "pyarrow", value.dtype.na_value is pd.NA, mask, writer.buffer(sizes), writer.buffer(content)]


def read_strings(
    reader: Reader, storage: Node, na: Node, mask: Node, lengths: Node, data: Node
) -> pd.arrays.StringArray | pd.arrays.ArrowStringArray:
    """An array of texts."""
    dtype = pd.StringDtype(storage, pd.NA if na else np.nan)
    missing = None if mask is None else of_kind(reader, mask, "b")
    if storage == "pyarrow":
        return _arrow_strings(dtype, missing, *reader.offsets(lengths, data))
    texts = list(reader.texts(lengths, data))
    values = np.fromiter(texts, object, len(texts))
    if missing is not None:
        if len(missing) != len(values):
            raise Unreadable("a mask of another length")
        values[missing] = dtype.na_value
    return pd.arrays.StringArray(values, dtype=dtype)


def _arrow_strings(
    dtype: pd.StringDtype, missing: np.ndarray | None, offsets: np.ndarray, content: bytes
) -> pd.arrays.ArrowStringArray:
    import pyarrow as pa

    if missing is not None and len(missing) != len(offsets) - 1:
        raise Unreadable("a mask of another length")
    present = None if missing is None else pa.py_buffer(np.packbits(~missing, bitorder="little").tobytes())
    buffers = [present, pa.py_buffer(offsets.tobytes()), pa.py_buffer(content)]
    array = pa.Array.from_buffers(pa.large_string(), len(offsets) - 1, buffers)
    array.validate(full=True)  # all of it is UTF-8, and no text begins within a character
    return pd.arrays.ArrowStringArray(array, dtype=dtype)


def one_column(reader: Reader, node: Node, length: int | None = None) -> np.ndarray | pd.api.extensions.ExtensionArray:
    """An array of one dimension; pandas would repeat a single value, and cut a table into columns."""
    array = reader.part(node, *ARRAYS)
    if array.ndim != 1 or (length is not None and len(array) != length):
        raise Unreadable("a column of another shape")
    return array


def of_kind(reader: Reader, node: Node, kind: str) -> np.ndarray:
    """An array of NumPy of one dimension, of a dtype of this kind."""
    array = reader.part(node, np.ndarray)
    if array.ndim != 1 or array.dtype.kind != kind:
        raise Unreadable("an array of another kind")
    return array


def unique_keys(reader: Reader, index: pd.Index) -> pd.Index:
    """The same index, if pandas can find out in bounded time whether its objects are unique."""
    if index.dtype == object:
        reader.keys(index.tolist())
    return index


def zone_node(writer: Writer, zone: datetime.tzinfo) -> Node:
    """The node of a time zone, which must be a plain one."""
    if not any(type(zone) is kind for kind in ZONES):
        raise NotPlain
    return writer.part(zone)


def period_name(writer: Writer, dtype: pd.PeriodDtype) -> str:
    """The name of how long periods are, such as "M"."""
    name = dtype.name.removeprefix("period[").removesuffix("]")
    writer.charge_name((name,))
    return name


def named_period(reader: Reader, name: Node) -> pd.PeriodDtype:
    """The dtype of periods by the name of how long they are."""
    if type(name) is not str or len(name) > FREQUENCY:
        raise Unreadable("a period that is none")
    reader.charge_name((name,))
    return _period(name)


@functools.lru_cache(maxsize=1000)
def _period(name: str) -> pd.PeriodDtype:
    return pd.PeriodDtype(name)


WRITERS: dict[type, Callable[[Writer, object], Node]] = {
    pd.arrays.DatetimeArray: write_times,
    pd.arrays.TimedeltaArray: write_durations,
    pd.arrays.PeriodArray: write_periods,
    pd.arrays.IntervalArray: write_intervals,
    pd.Categorical: write_categories,
    pd.arrays.IntegerArray: write_missing("IntegerArray"),
    pd.arrays.FloatingArray: write_missing("FloatingArray"),
    pd.arrays.BooleanArray: write_missing("BooleanArray"),
    pd.arrays.StringArray: write_strings,
    pd.arrays.ArrowStringArray: write_arrow_strings,
}
READERS: dict[str, Callable[..., object]] = {
    "DatetimeArray": read_times,
    "TimedeltaArray": read_durations,
    "PeriodArray": read_periods,
    "IntervalArray": read_intervals,
    "Categorical": read_categories,
    "IntegerArray": read_missing(pd.arrays.IntegerArray),
    "FloatingArray": read_missing(pd.arrays.FloatingArray),
    "BooleanArray": read_missing(pd.arrays.BooleanArray),
    "strings": read_strings,
}
