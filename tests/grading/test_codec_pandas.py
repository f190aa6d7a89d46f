"""Tables, columns and indexes come out of a message as they went in, down to dtype, frequency and time zone."""

from __future__ import annotations

import datetime
import json
import struct
import time
import zoneinfo
from contextlib import suppress

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from hypothesis.extra import pandas as pdst

from cohort.grading.codec import Bounds, Reference, TooLarge, Unreadable, dumps, loads

NAIROBI = zoneinfo.ZoneInfo("Africa/Nairobi")
PARIS = zoneinfo.ZoneInfo("Europe/Paris")
DATES = pd.date_range("2024-10-20", periods=4, tz=PARIS)
OBJECTS = np.fromiter([1, "a", None, (1, 2.5)], object, 4)
ARRAYS = {
    "bool": np.array([True, False, True, False]),
    "int8": np.array([1, 2, 3, -4], np.int8),
    "float32": np.array([1, np.nan, -0.0, np.inf], np.float32),
    "complex": np.array([1j, 2, 3, 4]),
    "objects": OBJECTS,
    "objects that are texts": np.array(["a", "b", "é", ""], object),
    "str": pd.array(["a", np.nan, "é\0", ""], "str"),
    "str in Python": pd.array(["a", np.nan, "\ud800", ""], pd.StringDtype("python", np.nan)),
    "string": pd.array(["a", pd.NA, "é", ""], pd.StringDtype("pyarrow", pd.NA)),
    "string in Python": pd.array(["a", pd.NA, "é", ""], pd.StringDtype("python", pd.NA)),
    "part of a longer str": pd.array(["long", "a", "é", np.nan, "", "b"], "str")[1:5],
    "Int64": pd.array([1, pd.NA, 3, 4], "Int64"),
    "UInt8": pd.array([1, pd.NA, 3, 4], "UInt8"),
    "Float32": pd.array([1.5, pd.NA, 3, 4], "Float32"),
    "boolean": pd.array([True, pd.NA, False, True], "boolean"),
    "category": pd.Categorical(["b", None, "a", "b"]),
    "ordered category": pd.Categorical([3, 1, 2, 1], [3, 2, 1, 0], ordered=True),
    "category of dates": pd.Categorical(DATES),
    "category of intervals": pd.cut([1, 2, 3, 4], 2),
    "category of objects": pd.Categorical.from_codes([1, 0, -1, 0], ["a", 1.5]),
    "datetime64[us]": pd.array(DATES.tz_localize(None)),
    "datetime64[s] with NaT": pd.array(np.array([1, "NaT", 3, 4], "M8[s]")),
    "datetime64[ns, Paris]": DATES.as_unit("ns").array,
    "datetime64[UTC]": DATES.tz_convert("UTC").array,
    "datetime64[ZoneInfo UTC]": DATES.tz_convert(zoneinfo.ZoneInfo("UTC")).array,
    "datetime64[+02:00]": DATES.tz_convert(datetime.timezone(datetime.timedelta(hours=2))).array,
    "timedelta64": pd.array(np.array([1, "NaT", 3, 4], "m8[ms]")),
    "period[M]": pd.period_range("2020", periods=4, freq="M").array,
    "period[2W]": pd.period_range("2020", periods=4, freq="2W-MON").array,
    "period[Q]": pd.PeriodIndex(["2020Q1", None, "2021Q2", "2021Q3"], freq="Q-JUN").array,
    "interval": pd.interval_range(0, 4, closed="left").array,
    "interval of dates": pd.interval_range(pd.Timestamp("2020"), periods=4, closed="both").array,
    "interval with missing": pd.arrays.IntervalArray.from_tuples([(0.0, 1.5), np.nan, (2, 3), (3, 4)]),
}
INDEXES = {
    "range": pd.RangeIndex(3, 11, 2, name="n"),
    "int": pd.Index([3, 1, 2, 3], name=("a", 1)),
    "int16": pd.Index(np.array([3, 1, 2, 4], np.int16)),
    "str": pd.Index(["a", "b", "a", None], name="é"),
    "object": pd.Index(OBJECTS, name=pd.Timestamp("2020")),
    "Int64": pd.Index(ARRAYS["Int64"]),
    "daily": DATES,
    "month ends": pd.date_range("2024", periods=4, freq="ME", name="month"),
    "weeks": pd.date_range("2024", periods=4, freq="2W-WED", unit="s"),
    "quarter": pd.date_range("2024", periods=4, freq="QS-FEB"),
    "business days": pd.date_range("2024", periods=4, freq="B"),
    "backwards": pd.date_range("2024", periods=4, freq="D")[::-1],
    "irregular": DATES[[0, 2, 3, 1]],
    "hours": pd.timedelta_range("1h", periods=4, freq="90min"),
    "periods": pd.period_range("2020", periods=4, freq="M", name="p"),
    "intervals": pd.interval_range(0, 4),
    "categories": pd.CategoricalIndex(["b", "a", "b", None], ["c", "b", "a"], name="c"),
    "levels": pd.MultiIndex.from_product([["b", "a"], DATES[:2]], names=["x", None]),
    "levels with missing": pd.MultiIndex([["a", "b"], [1.5, 2.5]], [[0, 1, -1, 0], [1, -1, 0, 1]], names=[1, "y"]),
    "levels not used": pd.MultiIndex.from_product([["b", "a", "z"], [1, 2]])[:4],
}


def alike(value: object) -> object:
    """Send a value through a message, check that it came out as it went in, and give it."""
    back = loads(dumps(value))
    assert type(back) is type(value)
    exact = {"check_exact": True, "check_freq": True}
    match value:
        case pd.DataFrame():
            pd.testing.assert_frame_equal(back, value, check_index_type=True, check_column_type=True, **exact)
            alike(value.columns)
            alike(value.index)
        case pd.Series():
            pd.testing.assert_series_equal(back, value, check_index_type=True, **exact)
            alike(value.index)
        case pd.MultiIndex():
            pd.testing.assert_index_equal(back, value, exact=True)
            for left, right in zip(back.levels, value.levels, strict=True):
                pd.testing.assert_index_equal(left, right, exact=True)
        case pd.Index():
            pd.testing.assert_index_equal(back, value, exact=True)
            assert type(back.name) is type(value.name)
            assert getattr(back, "freq", None) == getattr(value, "freq", None)
        case np.ndarray():
            np.testing.assert_array_equal(back, value)
            assert back.dtype == value.dtype
        case pd.api.extensions.ExtensionArray():
            pd.testing.assert_extension_array_equal(back, value, check_exact=True)
            _same_dtype(back.dtype, value.dtype)
    return back


def _same_dtype(left: object, right: object) -> None:
    assert left == right
    for name in ("storage", "na_value", "tz", "unit", "ordered", "freq", "closed", "subtype"):
        one, other = getattr(left, name, None), getattr(right, name, None)
        assert type(one) is type(other)
        assert one is other or one == other or one != one


@pytest.mark.parametrize("name", ARRAYS)
def test_an_array_comes_out_as_it_went_in_alone_in_a_column_and_in_a_table(name):
    array = ARRAYS[name]
    alike(array)
    for part in (slice(None), slice(0, 0), slice(1, 3)):
        alike(pd.Series(array[part], dtype=array.dtype, name="column"))
    index = pd.Index(list("abca"))
    table = pd.DataFrame({name: pd.Series(array, index, array.dtype), "other": pd.Series([1, 2, 3, 4], index)})
    alike(table)
    alike(pd.concat([table, table], axis=1))


@pytest.mark.parametrize("name", INDEXES)
def test_an_index_comes_out_as_it_went_in_and_so_do_its_rows_and_columns(name):
    index = INDEXES[name]
    alike(index)
    alike(index[:0])
    alike(pd.Series(range(4), index))
    alike(pd.DataFrame(np.arange(8).reshape(4, 2), index))
    alike(pd.DataFrame(np.arange(8).reshape(2, 4), columns=index))


@pytest.mark.parametrize(
    "value",
    [
        pd.Timestamp("2024-10-27 02:30").as_unit("us"),
        pd.Timestamp("2024-10-27 02:30").replace(fold=1),
        pd.Timestamp("2024-10-27 00:30", tz="UTC").tz_convert(PARIS),
        pd.Timestamp("2024-10-27 01:30", tz="UTC").tz_convert(PARIS),
        pd.Timestamp(1, unit="ns"),
        pd.Timestamp(1, unit="ns", tz=NAIROBI),
        pd.Timestamp("9999-01-01").as_unit("s"),
        pd.Timedelta(1, "ns"),
        pd.Timedelta(5, "s").as_unit("ms"),
        pd.Period("2020-03", "M"),
        pd.Period("2020-03", "3M"),
        pd.Period("2020-03-04", "W-TUE"),
        pd.Interval(1, 2.5, "both"),
        pd.Interval(pd.Timestamp("2020"), pd.Timestamp("2021"), "neither"),
    ],
    ids=str,
)
def test_a_scalar_comes_out_as_it_went_in(value):
    back = loads(dumps(value))
    assert type(back) is type(value)
    assert back == value
    for name in ("unit", "fold", "freqstr", "closed", "tz", "nanosecond"):
        assert getattr(back, name, None) == getattr(value, name, None)


def test_missing_values_are_the_only_ones_of_their_kind():
    assert loads(dumps([pd.NaT, pd.NA]))[0] is pd.NaT
    assert loads(dumps([pd.NaT, pd.NA]))[1] is pd.NA


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame(),
        pd.DataFrame(index=DATES),
        pd.DataFrame(columns=["a", "b"]),
        pd.DataFrame(columns=pd.MultiIndex.from_tuples([("a", 1)])),
        pd.DataFrame({"a": pd.Series([], dtype="str")}),
        pd.DataFrame([[1, "x"], [2, "y"]], columns=["a", "a"]),
        pd.DataFrame([[1, 2.5]], columns=pd.Index([None, 1.5], name="odd")),
        pd.DataFrame({"a": [1]}).set_flags(allows_duplicate_labels=False),
        pd.DataFrame({"day": DATES, "n": range(4)}).groupby("day").agg(["sum", "mean"]),
        pd.DataFrame(np.eye(3)).T.loc[::-1],
        pd.DataFrame({"a": [pd.Series([1]), {"b": [pd.NA]}]}, dtype=object).iloc[:0],
    ],
)
def test_an_odd_table_comes_out_as_it_went_in(table):
    alike(table)


def test_objects_in_a_table_may_be_tables_and_references():
    table = pd.DataFrame({"a": pd.Series([pd.Series([1.5]), len, "text"], dtype=object)})
    back = loads(dumps(table, lambda value: Reference(3, "function", "builtin")), lambda reference: reference.number)
    assert back["a"].tolist()[1:] == [3, "text"]
    pd.testing.assert_series_equal(back["a"][0], pd.Series([1.5]))


def test_a_table_that_came_out_can_be_changed_and_is_independent():
    table = pd.DataFrame({"a": [1.5, 2.5], "b": ["x", "y"]})
    back = alike(table)
    back.loc[0, "a"] = 9.0
    back.loc[1, "b"] = "z"
    back["c"] = 1
    assert table.equals(pd.DataFrame({"a": [1.5, 2.5], "b": ["x", "y"]}))


def test_notes_on_a_table_and_a_frequency_without_a_name_are_left_out():
    table = pd.DataFrame({"a": [1]})
    table.attrs["note"] = len
    assert loads(dumps(table)).attrs == {}
    days = pd.date_range("2024", periods=3, freq=pd.offsets.CustomBusinessDay(holidays=["2024-01-02"]))
    back = loads(dumps(days))
    assert back.freq is None
    assert back.equals(days)
    months = pd.date_range("2024", periods=3, freq=pd.DateOffset(months=1))
    assert loads(dumps(months)).equals(months)


def test_a_frequency_of_somebody_elses_class_is_left_out_untouched():
    class Step(pd.DateOffset):
        @property
        def freqstr(self) -> str:
            raise SystemExit("touched")

    index = DATES.copy()
    index._freq = Step()
    assert loads(dumps(index)).freq is None


class Table(pd.DataFrame):
    """A table of a class of somebody's own."""

    def __len__(self) -> int:
        raise SystemExit("touched")


@pytest.mark.parametrize(
    "value",
    [
        Table.__new__(Table),
        pd.DataFrame({"a": [1], "b": pd.arrays.SparseArray([1])}),
        pd.Series([1], dtype="int64[pyarrow]"),
        pd.Index([1], dtype="int64[pyarrow]"),
        pd.DateOffset(months=1),
        pd.DataFrame({"a": [1]}).groupby("a"),
        pd.StringDtype(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_plain_is_referred_to_as_a_whole(value):
    kept = []
    message = dumps([value], lambda other: kept.append(other) or Reference(1, "object", ""))
    assert len(kept) == 1
    assert kept[0] is value
    assert loads(message, lambda reference: reference.number) == [1]


def test_a_class_of_somebody_elses_time_zone_is_not_plain():
    class Zone(datetime.tzinfo):
        def utcoffset(self, moment: object) -> datetime.timedelta:
            return datetime.timedelta(hours=1)

    with pytest.raises(TypeError):
        dumps(pd.Timestamp("2020", tz=Zone()))


COLUMNS = st.sampled_from(
    [
        pdst.column("i", dtype="int64"),
        pdst.column("f", dtype="float64"),
        pdst.column("b", dtype=bool),
        pdst.column("s", elements=st.text(st.characters(exclude_categories=["Cs"])), dtype=object),
        pdst.column("t", dtype="M8[us]"),
        pdst.column("d", dtype="m8[ns]"),
        pdst.column("u", elements=st.none() | st.integers() | st.text() | st.floats(), dtype=object),
    ]
)


@given(
    st.lists(COLUMNS, unique_by=lambda column: column.name).flatmap(
        lambda columns: pdst.data_frames(columns, index=pdst.indexes(dtype="int64", max_size=8) | pdst.range_indexes())
    )
)
@settings(max_examples=100, deadline=None)
def test_any_table_comes_out_as_it_went_in(table):
    alike(table)
    alike(table.convert_dtypes() if len(table) else table)


@given(pdst.series(elements=st.none() | st.text(st.characters(exclude_categories=["Cs"])), dtype=object))
@settings(max_examples=100, deadline=None)
def test_any_column_of_texts_comes_out_as_it_went_in(column):
    alike(column)
    for dtype in ("str", pd.StringDtype("python", np.nan), "string", "category"):
        alike(column.astype(dtype))


@given(npst.arrays(st.sampled_from(["M8[s]", "M8[ms]", "M8[us]", "M8[ns]"]), st.integers(0, 8)), st.data())
@settings(max_examples=100, deadline=None)
def test_any_dates_come_out_as_they_went_in(values, data):
    index = pd.DatetimeIndex(values)
    zone = data.draw(st.sampled_from([None, "UTC", NAIROBI, datetime.timezone(datetime.timedelta(minutes=-90))]))
    alike(index if zone is None else index.tz_localize("UTC").tz_convert(zone))


def _message(tree: object, *buffers: bytes) -> bytes:
    text = json.dumps([tree, [len(each) for each in buffers]]).encode()
    return struct.pack("<Q", len(text)) + text + b"".join(buffers)


HUGE = ["RangeIndex", 0, 10**12, 1, None]
TWO = ["RangeIndex", 0, 2, 1, None]
EIGHT = ["array", "<i8", [1], 0]


@pytest.mark.parametrize(
    "tree",
    [
        ["Series", HUGE, EIGHT, None, True],
        ["Series", HUGE, ["array", "<i8", [], 0], None, True],
        ["DataFrame", HUGE, TWO, True, ["array", "<i8", [], 0]],
        ["DataFrame", HUGE, TWO, True, EIGHT],
        ["DataFrame", TWO, TWO, True, EIGHT],
        ["DataFrame", ["list", ["items", 1]], TWO, True, EIGHT],
        ["Series", ["RangeIndex", 0, 1, 1, None], 5, None, True],
        ["Index", ["array", "<i8", [1, 1], 0], None],
        ["Index", EIGHT, ["list", ["items"]]],
        ["RangeIndex", 0, 1, 0, None],
        ["regular", ["DatetimeArray", ["array", "<M8[s]", [1], 0], None], "nonsense", None],
        ["regular", ["DatetimeArray", ["array", "<M8[s]", [1], 0], None], "D" * 1000, None],
        ["regular", ["DatetimeArray", EIGHT, None], None, None],
        ["DatetimeArray", ["array", "<M8[s]", [1], 0], "Africa/Nairobi"],
        ["Categorical", EIGHT, ["Index", ["array", "<i8", [0], 0], None], False],
        ["Categorical", EIGHT, ["RangeIndex", 0, 0, 1, None], False],
        ["PeriodArray", EIGHT, "nonsense"],
        ["PeriodArray", ["array", "<f8", [1], 0], "M"],
        ["IntervalArray", ["RangeIndex", 0, 1, 1, None], ["RangeIndex", -1, 0, 1, None], "left"],
        ["IntegerArray", EIGHT, ["array", "|b1", [0], 0]],
        ["MultiIndex", ["items", None], None, ["RangeIndex", 0, 1, 1, None], EIGHT],
        ["Timestamp", "2020", None, 0],
    ],
)
def test_a_message_that_no_writer_makes_is_unreadable(tree):
    start = time.perf_counter()
    with pytest.raises(Unreadable):
        loads(_message(tree, struct.pack("<q", 5)))
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("storage", ["python", "pyarrow"])
@pytest.mark.parametrize(
    ("lengths", "data"), [([1, 1], "é".encode()), ([1], b"\xff"), ([5], b"abc"), ([2**32 - 1, 2], b"a"), ([1], b"ab")]
)
def test_texts_that_are_no_texts_are_unreadable(storage, lengths, data):
    sizes = struct.pack(f"<{len(lengths)}I", *lengths)
    with pytest.raises(Unreadable):
        loads(_message(["strings", storage, False, None, 0, 1], sizes, data))


def test_dates_that_do_not_have_the_frequency_are_unreadable():
    message = dumps(pd.date_range("2024", periods=4))
    days = np.array(["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"], "M8[us]").tobytes()
    other = np.array(["2024-01-01", "2024-01-02", "2024-01-05", "2024-01-04"], "M8[us]").tobytes()
    assert days in message
    with pytest.raises(Unreadable):
        loads(message.replace(days, other))


def test_frequencies_and_units_that_take_long_to_read_are_too_many_items():
    bounds = Bounds(items=10_000)
    hours = pd.date_range("1000", periods=2000, freq="cbh", unit="s")
    units = [pd.Period(ordinal=1, freq=f"{number}D") for number in range(1, 50)]
    for value in (hours, units):
        with pytest.raises(TooLarge):
            dumps(value, bounds=bounds)
        with pytest.raises(Unreadable):
            loads(dumps(value), bounds=bounds)
    assert loads(dumps([units[0]] * 1000, bounds=bounds), bounds=bounds) == [units[0]] * 1000


def test_a_table_larger_than_the_bounds_is_too_large():
    bounds = Bounds(size=1 << 16, depth=10, items=1000)
    for table in (pd.DataFrame(np.zeros((100, 100))), pd.DataFrame({"a": ["x"] * 2000}), [pd.Series([1])] * 10):
        with pytest.raises(TooLarge):
            dumps(table, bounds=bounds)
        with pytest.raises(Unreadable):
            loads(dumps(table), bounds=bounds)


@given(st.sampled_from([*ARRAYS.values(), *INDEXES.values()]), st.data())
@settings(max_examples=300, deadline=None)
def test_a_damaged_message_is_unreadable_or_another_value(value, data):
    message = bytearray(dumps(value))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(message) - 1))
        message[place] = data.draw(st.integers(0, 255) | st.sampled_from(b'[],"0129DMB'))
    with suppress(Unreadable):
        loads(bytes(message), bounds=Bounds(1 << 20, 20, 10_000))


def test_a_table_of_usual_size_takes_a_few_milliseconds():
    rows = 5114
    numbers = np.random.default_rng(1995).normal(size=(5, rows))
    table = pd.DataFrame(
        {
            "day": pd.date_range("1987", periods=rows),
            "city": ["chicago", "naïrobi"] * (rows // 2),
            "note": [f"row {row}" for row in range(rows)],
            **dict(zip("abcde", numbers, strict=True)),
        }
    )
    alike(table)
    message = dumps(table)
    assert min(_seconds(lambda: dumps(table)) for _ in range(10)) < 0.02
    assert min(_seconds(lambda: loads(message)) for _ in range(10)) < 0.02


def _seconds(work: object) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
