"""Plain values come out of a message as they went in, other values stay where they are, and no bytes do harm."""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import json
import math
import pathlib
import struct
import subprocess
import sys
import time
import typing
import uuid
import zoneinfo
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from cohort.grading.codec import Bounds, Reference, TooLarge, Unreadable, dumps, loads

SMALL = Bounds(size=1 << 20, depth=20, items=10_000)
Point = collections.namedtuple("Point", ["x", "y"])


class Day(typing.NamedTuple):
    """A named tuple with a default and annotations."""

    count: int
    label: str = ""


def same(left: object, right: object) -> bool:
    """Whether two values are equal and of the same types throughout."""
    if isinstance(left, tuple) and hasattr(left, "_fields"):
        names = type(right).__name__, getattr(right, "_fields", None)
        return (type(left).__name__, left._fields) == names and _all(left, right)
    if type(left) is not type(right):
        return False
    match left:
        case float():
            return struct.pack("d", left) == struct.pack("d", right)
        case complex():
            return same(left.real, right.real) and same(left.imag, right.imag)
        case np.ma.MaskedArray():
            return (
                same(left.data, right.data)
                and same(np.ma.getmaskarray(left), np.ma.getmaskarray(right))
                and same(left.fill_value, right.fill_value)
            )
        case np.ndarray() if left.dtype == object:
            return left.shape == right.shape and _all(left.ravel().tolist(), right.ravel().tolist())
        case np.ndarray() | np.generic():
            return (left.dtype, np.shape(left)) == (right.dtype, np.shape(right)) and left.tobytes() == right.tobytes()
        case dict():
            return _all(left, right) and _all(left.values(), right.values())
        case list() | tuple() | collections.deque():
            return _all(left, right)
        case set() | frozenset():
            return len(left) == len(right) and all(any(same(one, other) for other in right) for one in left)
        case datetime.datetime() | datetime.time():
            return left.replace(tzinfo=None) == right.replace(tzinfo=None) and (left.fold, str(left.tzinfo)) == (
                right.fold,
                str(right.tzinfo),
            )
        case decimal.Decimal():
            return str(left) == str(right)
    return left == right


def _all(left: typing.Iterable[object], right: typing.Iterable[object]) -> bool:
    left, right = list(left), list(right)
    return len(left) == len(right) and all(map(same, left, right))


ZONES = st.sampled_from(
    [
        None,
        datetime.UTC,
        datetime.timezone(datetime.timedelta(hours=-3), "local"),
        datetime.timezone(datetime.timedelta(seconds=3723)),
        zoneinfo.ZoneInfo("Africa/Nairobi"),
        zoneinfo.ZoneInfo("UTC"),
    ]
)
TEXTS = st.text(st.characters(), max_size=8) | st.text(st.sampled_from("\ud83d\udc00[,é"), max_size=200)
KEYS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**60), 10**60)
    | st.floats()
    | TEXTS
    | st.binary(max_size=5)
    | st.complex_numbers()
    | st.decimals()
    | st.fractions()
    | st.dates()
    | st.datetimes(timezones=ZONES)
    | st.times(timezones=ZONES)
    | st.timedeltas()
    | st.uuids()
    | st.builds(Point, st.integers(), TEXTS)
    | st.builds(Day, st.integers(), TEXTS)
    | st.builds(range, st.integers(), st.integers(), st.integers(1))
    | st.sampled_from([..., NotImplemented, pathlib.PurePosixPath("a/../b"), pathlib.PosixPath("/tmp"), ()])
)
HASHABLE = st.recursive(
    KEYS.filter(lambda value: not (type(value) is decimal.Decimal and value.is_snan())),
    lambda inner: st.tuples(inner, inner) | st.frozensets(inner.filter(lambda x: x == x), max_size=3),
    max_leaves=5,
)
DTYPES = (
    npst.boolean_dtypes()
    | npst.integer_dtypes(endianness="=")
    | npst.unsigned_integer_dtypes(endianness="=")
    | npst.floating_dtypes(endianness="=", sizes=(16, 32, 64))
    | npst.complex_number_dtypes(endianness="=", sizes=(64, 128))
    | npst.datetime64_dtypes(endianness="=")
    | npst.timedelta64_dtypes(endianness="=")
    | npst.unicode_string_dtypes(endianness="=")
    | npst.byte_string_dtypes(endianness="=")
)
ARRAYS = npst.arrays(DTYPES, npst.array_shapes(min_dims=0, min_side=0, max_side=4))
SCALARS = DTYPES.flatmap(lambda dtype: npst.arrays(dtype, 1)).map(lambda array: array[0])
VALUES = st.recursive(
    KEYS | ARRAYS | SCALARS | st.binary().map(bytearray) | st.builds(slice, KEYS, KEYS, KEYS),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.tuples(inner, inner)
        | st.sets(HASHABLE.filter(lambda x: x == x), max_size=4)
        | st.dictionaries(HASHABLE, inner, max_size=4)
        | st.dictionaries(HASHABLE, inner, max_size=4).map(collections.OrderedDict)
        | st.dictionaries(HASHABLE, st.integers(), max_size=4).map(collections.Counter)
        | st.builds(collections.deque, st.lists(inner, max_size=4), st.none() | st.integers(4, 9))
        | st.lists(inner, max_size=4).map(lambda items: np.fromiter(items, object, len(items)))
    ),
    max_leaves=12,
)
LONG_LISTS = (
    st.lists(st.integers(), min_size=16)
    | st.lists(st.floats(), min_size=16)
    | st.lists(TEXTS, min_size=16)
    | st.lists(st.integers() | TEXTS, min_size=16)
)


@given(VALUES | LONG_LISTS)
@settings(max_examples=300, deadline=None)
def test_a_plain_value_comes_out_as_it_went_in(value):
    assert same(value, loads(dumps(value)))


@pytest.mark.parametrize("value", [-0.0, math.inf, -math.inf, math.nan, -math.nan, 5e-324, 1.7976931348623157e308])
def test_a_float_keeps_every_bit(value):
    assert struct.pack("d", value) == struct.pack("d", loads(dumps(value)))


def test_an_integer_of_ten_thousand_digits_comes_out_and_a_longer_one_is_too_large():
    longest = 10**10_000 - 1
    assert loads(dumps(-longest)) == -longest
    with pytest.raises(TooLarge):
        dumps(1 << 40_000)


def test_two_lone_surrogates_do_not_become_one_character():
    pair = "\ud83d\udc00"
    assert loads(dumps([pair, *["\ud83d", "\udc00"] * 20])) == [pair, *["\ud83d", "\udc00"] * 20]


def test_a_default_dictionary_loses_its_factory_only():
    value = collections.defaultdict(list, a=[1])
    back = loads(dumps(value))
    assert type(back) is collections.defaultdict
    assert back == value
    assert back.default_factory is None


def test_a_masked_array_keeps_data_mask_and_fill_value():
    value = np.ma.MaskedArray([1.5, 2.5, 3.5], [False, True, False], fill_value=-1, hard_mask=True)
    back = loads(dumps(value))
    assert same(value, back)
    assert back.hardmask
    assert loads(dumps(np.ma.MaskedArray([1, 2]))).mask is np.ma.nomask
    assert loads(dumps(np.ma.masked)) is np.ma.masked


def test_an_array_in_another_order_or_byte_order_comes_out_equal_and_can_be_written_to():
    for value in (
        np.arange(6.0).reshape(2, 3).T,
        np.arange(6)[::-2],
        np.arange(3, dtype=">i4"),
        np.asfortranarray([[1]]),
    ):
        back = loads(dumps(value))
        assert np.array_equal(value, back)
        assert back.dtype == value.dtype.newbyteorder("=")
        back[...] = 0


def test_text_scalars_of_numpy_keep_trailing_zeros():
    assert same(np.str_("a\0"), loads(dumps(np.str_("a\0"))))
    assert same(np.bytes_(b"a\0"), loads(dumps(np.bytes_(b"a\0"))))


@pytest.mark.parametrize(
    "value",
    [
        np.longdouble(1),
        np.zeros(2, np.longdouble),
        np.zeros(2, [("a", "i4"), ("b", "f8")]),
        np.rec.array([(1, 2)]),
        np.array(["a"], np.dtypes.StringDType()),
        collections.UserDict(a=1),
        len,
        int,
        object(),
        (number for number in [1]),
        type("Text", (str,), {})("a"),
        type("Pair", (Point,), {})(1, 2),
        typing.NamedTuple("Area", [("side", int)])(2)._replace,
        datetime.datetime(2020, 1, 1, tzinfo=type("Zone", (datetime.tzinfo,), {})()),
        sys,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_plain_is_referred_to_as_a_whole(value):
    kept = []
    message = dumps([value], lambda other: kept.append(other) or Reference(7, "object", "N" * 300))
    assert len(kept) == 1
    assert kept[0] is value
    assert loads(message, lambda reference: reference) == [Reference(7, "object", "N" * 200)]
    with pytest.raises(TypeError, match=type(value).__name__):
        dumps([value])
    with pytest.raises(Unreadable):
        loads(message)


def test_a_named_tuple_with_a_method_of_its_own_is_referred_to():
    class Square(typing.NamedTuple):
        side: int

        def area(self) -> int:
            return self.side**2

    with pytest.raises(TypeError, match="Square"):
        dumps(Square(2))


class Lying(type):
    """The type of a class whose every question has a hostile answer."""

    def __getattribute__(cls, name):
        raise SystemExit("asked the class")

    __hash__ = __eq__ = __instancecheck__ = __subclasscheck__ = __bool__ = None


def _hostile(base: type, meta: type = type) -> object:
    def strike(self: object, *rest: object, **named: object) -> typing.NoReturn:
        raise SystemExit("touched")

    names = "eq bool array reduce reduce_ex iter len hash getattribute repr str getitem float int index fspath bytes"
    body = {f"__{name}__": strike for name in names.split()}
    kind = meta("Hostile", (base,), body | {"__class__": property(strike), "_fields": ("a",), "__slots__": ()})
    return base.__new__(kind)


BASES = [
    object,
    str,
    int,
    float,
    list,
    dict,
    tuple,
    set,
    bytes,
    complex,
    np.ndarray,
    collections.deque,
    decimal.Decimal,
]


@pytest.mark.parametrize("meta", [type, Lying])
@pytest.mark.parametrize("base", BASES)
def test_a_hostile_object_is_referred_to_untouched(base, meta):
    hostile = _hostile(base, meta) if base is not np.ndarray else np.ndarray.__new__(type("A", (base,), {}), 1)
    kept = []

    def refer(value: object) -> Reference:
        kept.append(value)
        return Reference(len(kept), "object", "")

    message = dumps([hostile, {"a": hostile}, [hostile] * 20, np.fromiter([hostile], object, 1)], refer)
    assert len(kept) == 23
    assert all(value is hostile for value in kept)
    assert len(loads(message, lambda reference: reference.number)) == 4


def test_a_tuple_class_that_only_looks_like_a_named_tuple_runs_no_code():
    hostile = _hostile(tuple)
    with pytest.raises(TypeError, match="Hostile"):
        dumps(hostile)


def test_a_value_that_contains_itself_is_too_large():
    value = []
    value.append(value)
    with pytest.raises(TooLarge):
        dumps(value)


def test_a_value_beyond_each_bound_is_too_large_to_write_and_to_read():
    deep = []
    for _ in range(30):
        deep = [deep]
    doubled = [0]
    for _ in range(16):
        doubled = [doubled, doubled]
    for value in (
        deep,
        doubled,
        bytes(2 << 20),
        ["a"] * 20_000,
        list(range(20_000)),
        [None] * 20_000,
        np.zeros(1 << 18),
    ):
        with pytest.raises(TooLarge):
            dumps(value, bounds=SMALL)
        with pytest.raises(Unreadable):
            loads(dumps(value), bounds=SMALL)


def test_an_array_that_shows_few_bytes_a_billion_times_is_too_large_and_not_copied():
    with pytest.raises(TooLarge):
        dumps(np.broadcast_to(np.float64(1), (1 << 20, 1 << 20)))


def _message(tree: object, *buffers: bytes, lengths: list[int] | None = None) -> bytes:
    text = json.dumps([tree, [len(each) for each in buffers] if lengths is None else lengths]).encode()
    return struct.pack("<Q", len(text)) + text + b"".join(buffers)


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\xff" * 8,
        b"\xff" * 100,
        struct.pack("<Q", 2**63) + b"[]",
        _message(None, lengths=[10]),
        _message(None, b"unused"),
        _message(["list", ["items", ["bytes", 0], ["bytes", 0]]], b"twice"),
        _message(["bytes", -1], b"a"),
        _message(["bytes", True], b"a", b"b"),
        _message(["bytes", 0], b"aa", lengths=[-2, 4]),
        _message({"a": 1}),
        _message(["__class__"]),
        _message(["list"]),
        _message([]),
        _message([[]]),
        _message(math.nan),
        _message(["dict", ["items", 1, 1.0], ["items", 1, 2]]),
        _message(["dict", ["items", 1], ["items"]]),
        _message(["dict", ["items", ["list", ["items"]]], ["items", 1]]),
        _message(["set", ["items", 1, True]]),
        _message(["array", "|b1", [1], 0], b"\2"),
        _message(["array", "<U1", [1], 0], b"\xff" * 4),
        _message(["array", "<f8", [2**64, 2**64], 0], b""),
        _message(["array", "<f8", [-1, -1], 0], b"\0" * 8),
        _message(["array", "<f8", [2], 0], b"\0" * 8),
        _message(["array", "|O", [1], 0], b"\0" * 8),
        _message(["array", "<f8,<i4", [1], 0], b"\0" * 12),
        _message(["array", "<U0", [10**15], 0], b""),
        _message(["array", "<f8", [1] * 33, 0], b"\0" * 8),
        _message(["objects", [2], ["items", 1]]),
        _message(["list", ["texts", 0, 1]], struct.pack("<II", 5, 2**32 - 1), b"abc"),
        _message(["list", ["texts", 0, 1]], struct.pack("<I", 1), b"\xff"),
        _message(["named", "import os", "a", ["items", 1]]),
        _message(["named", "A", "__class__", ["items", 1]]),
        _message(["named", "A", "a a", ["items", 1, 2]]),
        _message(["named", "A", "a)", ["items", 1]]),
        _message(["ZoneInfo", "Nowhere/Land"]),
        _message(["ZoneInfo", "../../../etc/passwd"]),
        _message(["ZoneInfo", "/etc/passwd"]),
        _message(["date", 2020, 13, 1]),
        _message(["datetime", 2020, 1, 1, 0, 0, 0, 0, 0, 5]),
        _message(["Fraction", 1, 0]),
        _message(["int", "f" * 100_000]),
        _message(["range", 1, 2, 0]),
        _message(["Decimal", "one"]),
        _message(["UUID", -1]),
        _message(["reference", -1, "object", "a"]),
        _message(["reference", 1, "object", 5]),
        _message(["list", ["items", *([["set", ["items"]]] * 5000)]]),
    ],
)
def test_a_message_that_no_writer_makes_is_unreadable(message):
    with pytest.raises(Unreadable):
        loads(message, bounds=SMALL)


def test_deep_trees_and_trees_of_many_parts_are_refused_before_they_fill_the_memory():
    start = time.perf_counter()
    for text in (b"[" * 2_000_000, b"[" * 900 + b"]" * 900, b'["list",' * 40_000, b"[" + b"[]," * 10_000_000 + b"1]"):
        with pytest.raises(Unreadable):
            loads(struct.pack("<Q", len(text)) + text)
    assert time.perf_counter() - start < 10


def test_keys_made_to_have_equal_hashes_are_refused_in_little_time():
    prime = (1 << 61) - 1
    keys = [prime * number for number in range(1, 40_000)]
    message = dumps([["dict"], keys])
    tree = ["dict", ["items", *(["int", f"{key:x}"] for key in keys)], ["items", *[0] * len(keys)]]
    assert loads(message)[1] == keys
    start = time.perf_counter()
    with pytest.raises(Unreadable, match="hashes"):
        loads(_message(tree))
    assert time.perf_counter() - start < 2


def test_many_classes_of_named_tuples_are_too_many_items():
    many = [collections.namedtuple(f"Kind{number}", "a")(1) for number in range(20)]
    with pytest.raises(TooLarge):
        dumps(many, bounds=SMALL)
    with pytest.raises(Unreadable):
        loads(dumps(many), bounds=SMALL)


def test_an_error_of_resolve_makes_the_message_unreadable():
    def resolve(reference: Reference) -> object:
        raise LookupError(reference.number)

    with pytest.raises(Unreadable):
        loads(dumps(len, lambda _: Reference(1, "function", "len")), resolve)


def test_a_reference_that_cannot_be_hashed_is_no_key():
    message = dumps({len: 1}, lambda _: Reference(1, "function", "len"))
    assert loads(message, lambda _: "len") == {"len": 1}
    with pytest.raises(Unreadable):
        loads(message, lambda _: [])


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_random_bytes_are_unreadable_or_a_value(content):
    _value_or_unreadable(content)


@given(VALUES, st.data())
@settings(max_examples=300, deadline=None)
def test_a_damaged_message_is_unreadable_or_another_value(value, data):
    message = bytearray(dumps(value))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(message) - 1))
        piece = data.draw(st.binary(max_size=3) | st.sampled_from([b"[", b"]", b",", b"9", b'"', b"-", b"e9"]))
        message[place : place + data.draw(st.integers(0, 3))] = piece
        if not message:
            break
    _value_or_unreadable(bytes(message))


def _nodes() -> st.SearchStrategy:
    from cohort.grading import codec, codec_pandas

    tags = st.sampled_from([*codec.READERS, *codec_pandas.READERS, "items", "texts", "doubles", "longs", "reference"])
    leaves = st.none() | st.booleans() | st.integers(-3, 3) | st.integers() | st.floats(allow_nan=False, width=16)
    leaves |= st.text(max_size=4) | st.sampled_from(
        ["<f8", "<M8[s]", "<i8", "|b1", "D", "M", "2h", "python", "pyarrow"]
    )
    return st.recursive(
        leaves, lambda inner: st.builds(lambda tag, rest: [tag, *rest], tags, st.lists(inner, max_size=6))
    )


@given(_nodes(), st.lists(st.binary(max_size=16), max_size=4))
@settings(max_examples=500, deadline=None)
def test_a_tree_of_known_tags_in_any_order_is_unreadable_or_a_value(tree, buffers):
    try:
        message = _message(tree, *buffers)
    except ValueError:
        return
    _value_or_unreadable(message)


def _value_or_unreadable(message: bytes) -> None:
    with suppress(Unreadable):
        loads(message, lambda reference: reference.number, SMALL)


def test_writing_imports_no_pandas():
    code = "from cohort.grading.codec import dumps, loads; loads(dumps([1]))\n"
    code += "import sys; assert 'pandas' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_module_that_only_is_called_pandas_does_not_matter():
    code = "import sys, types; sys.modules['pandas'] = types.ModuleType('pandas')\n"
    code += "from cohort.grading.codec import dumps, loads; assert loads(dumps([1])) == [1]"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_uuid_or_fraction_with_replaced_parts_is_referred_to():
    replaced = uuid.uuid4()
    object.__setattr__(replaced, "int", _hostile(object))
    third = fractions.Fraction(1, 3)
    third._denominator = _hostile(object)
    for value in (replaced, third):
        with pytest.raises(TypeError):
            dumps(value)
