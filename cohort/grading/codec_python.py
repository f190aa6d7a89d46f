"""Python's own values in a message: numbers, texts, containers, dates and times, paths, named tuples."""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import functools
import pathlib
import struct
import uuid
import zoneinfo
from collections.abc import Callable

from cohort.grading.codec_wire import (
    NAME,
    Node,
    NotPlain,
    Reader,
    TooLarge,
    Unreadable,
    Writer,
    read_text,
    text_node,
    type_name,
)

DIGITS = 10_000
BITS = 33_220  # of the largest integer of so many digits
FIELDS = 100
TIMES = ("hour", "minute", "second", "microsecond")
DATES = ("year", "month", "day")
NAMED = frozenset(vars(collections.namedtuple("Named", ()))) | {
    *("__annotations__", "__orig_bases__", "__annotate__", "__annotate_func__", "__annotations_cache__"),
    *("__firstlineno__", "__static_attributes__", "__classdictcell__"),
}


def write_float(writer: Writer, value: float) -> Node:
    """The node of a float that is no finite number, with its sign and payload."""
    return value if value - value == 0 else ["float", struct.pack(">d", value).hex()]


def read_float(reader: Reader, content: Node) -> float:
    """A float that is no finite number."""
    return struct.unpack(">d", bytes.fromhex(content))[0]


def write_int(writer: Writer, value: int) -> Node:
    """The node of an integer; hexadecimal if it is long, as Python limits the digits of decimal ones."""
    if -(1 << 63) <= value < 1 << 63:
        return value
    if value.bit_length() > BITS:
        raise TooLarge(f"an integer of more than {DIGITS} digits")
    return ["int", f"{value:x}"]


def read_int(reader: Reader, digits: Node) -> int:
    """A long integer."""
    if len(digits) > BITS // 4 + 2:
        raise Unreadable("an integer of too many digits")
    return int(digits, 16)


def write_pairs(tag: str, kind: type[dict]) -> Callable[[Writer, dict], Node]:
    """What writes a kind of dictionary, in its order, with methods that an instance cannot replace."""
    return lambda writer, value: [tag, writer.many(list(kind.keys(value))), writer.many(list(kind.values(value)))]


def read_pairs(kind: Callable[[dict], object]) -> Callable[..., object]:
    """What reads a kind of dictionary."""

    def read(reader: Reader, keys: Node, values: Node) -> object:
        names = reader.keys(reader.many(keys))
        pairs = dict(zip(names, reader.many(values), strict=True))
        if len(pairs) != len(names):
            raise Unreadable("a key that is there twice")
        return kind(pairs)

    return read


def read_set(kind: type[set] | type[frozenset]) -> Callable[..., object]:
    """What reads a kind of set."""

    def read(reader: Reader, items: Node) -> object:
        values = reader.keys(reader.many(items))
        found = kind(values)
        if len(found) != len(values):
            raise Unreadable("an item of a set that is there twice")
        return found

    return read


def write_sequence(tag: str) -> Callable[[Writer, object], Node]:
    """What writes a container by its items."""
    return lambda writer, value: [tag, writer.many(list(value))]


def write_other(writer: Writer, value: object) -> Node:
    """The node of a named tuple; no other class that somebody made is plain."""
    kind = type(value)
    # With `type` as their type, classes have no attributes that run code.
    if type(kind) is not type or len(kind.__bases__) != 1 or kind.__bases__[0] is not tuple:
        raise NotPlain
    space = dict(kind.__dict__)
    fields = space.get("_fields")
    if type(fields) is not tuple or not all(type(field) is str for field in fields):
        raise NotPlain
    name, values = type_name(kind), list(tuple.__iter__(value))
    if len(values) != len(fields) or not space.keys() <= NAMED.union(fields) or not _nameable(name, fields):
        raise NotPlain
    writer.charge_name((name, *fields))
    return ["named", name, text_node(writer, " ".join(fields)), writer.many(values)]


def read_named(reader: Reader, name: Node, fields: Node, items: Node) -> tuple:
    """A named tuple, of a class of the same name and fields."""
    names = tuple(reader.part(fields, str).split(" ")) if fields else ()
    if type(name) is not str or not _nameable(name, names):
        raise Unreadable("names of a named tuple that are none")
    reader.charge_name((name, *names))
    return _named(name, names)._make(reader.many(items))


def _nameable(name: str, fields: tuple[str, ...]) -> bool:
    return len(fields) <= FIELDS and all(each.isidentifier() and len(each) <= NAME for each in (name, *fields))


@functools.lru_cache(maxsize=1000)
def _named(name: str, fields: tuple[str, ...]) -> type[tuple]:
    return collections.namedtuple(name, fields)


def write_fields(tag: str, *names: str) -> Callable[[Writer, object], Node]:
    """What writes a value by its attributes, each of which must be plain."""
    return lambda writer, value: [tag, *(writer.part(getattr(value, name)) for name in names)]


def write_timed(tag: str, *names: str) -> Callable[[Writer, object], Node]:
    """What writes a date or time by its numbers, its fold and its time zone."""
    return lambda writer, value: [
        tag,
        *(getattr(value, name) for name in (*names, "fold")),
        writer.part(value.tzinfo),
    ]


def read_timed(kind: type) -> Callable[..., object]:
    """What reads a date or time."""

    def read(reader: Reader, *content: Node) -> object:
        *numbers, fold, zone = content
        found = reader.part(zone, type(None), datetime.timezone, zoneinfo.ZoneInfo)
        return kind(*_integers(numbers), tzinfo=found, fold=fold)

    return read


def read_integers(kind: Callable[..., object]) -> Callable[..., object]:
    """What reads a value that is made of integers."""
    return lambda reader, *numbers: kind(*_integers([reader.node(number) for number in numbers]))


def read_texts(kind: Callable[..., object]) -> Callable[..., object]:
    """What reads a value that is made of one text."""
    return lambda reader, text: kind(reader.part(text, str))


def write_timezone(writer: Writer, value: datetime.timezone) -> Node:
    """The node of a time zone that is an offset, with its name if it has one."""
    offset, *name = value.__getinitargs__()
    return ["timezone", writer.part(offset), *map(writer.part, name)]


def read_timezone(reader: Reader, offset: Node, *name: Node) -> datetime.timezone:
    """A time zone that is an offset."""
    return datetime.timezone(reader.part(offset, datetime.timedelta), *(reader.part(each, str) for each in name))


def write_fraction(writer: Writer, value: fractions.Fraction) -> Node:
    """The node of a fraction, whose parts anybody could have replaced."""
    if type(value.numerator) is not int or type(value.denominator) is not int:
        raise NotPlain
    return ["Fraction", writer.part(value.numerator), writer.part(value.denominator)]


def write_as_text(tag: str) -> Callable[[Writer, object], Node]:
    """What writes a value by its text."""
    return lambda writer, value: [tag, text_node(writer, str(value))]


def write_zone(writer: Writer, value: zoneinfo.ZoneInfo) -> Node:
    """The node of a time zone of the database."""
    if type(value.key) is not str:
        raise NotPlain
    return ["ZoneInfo", text_node(writer, value.key)]


def write_uuid(writer: Writer, value: uuid.UUID) -> Node:
    """The node of a UUID."""
    if type(value.int) is not int:
        raise NotPlain
    return ["UUID", writer.part(value.int)]


def _integers(values: list[object]) -> list[int]:
    if not all(type(value) is int for value in values):
        raise Unreadable("a number that is no integer")
    return values


def _default(pairs: dict) -> collections.defaultdict:
    return collections.defaultdict(None, pairs)


PATHS = {kind.__name__: kind for kind in (pathlib.PurePosixPath, type(pathlib.Path()))}
WRITERS: dict[type, Callable[[Writer, object], Node]] = {
    float: write_float,
    int: write_int,
    str: text_node,
    bytes: lambda writer, value: ["bytes", writer.buffer(value)],
    bytearray: lambda writer, value: ["bytearray", writer.buffer(bytes(value))],
    complex: write_fields("complex", "real", "imag"),
    type(...): lambda writer, value: ["ellipsis"],
    type(NotImplemented): lambda writer, value: ["not implemented"],
    range: write_fields("range", "start", "stop", "step"),
    slice: lambda writer, value: ["slice", *map(writer.node, (value.start, value.stop, value.step))],
    **{kind: write_sequence(kind.__name__) for kind in (list, tuple, set, frozenset)},
    **{kind: write_pairs(kind.__name__, kind) for kind in (dict, collections.OrderedDict, collections.Counter)},
    # Its factory would be code.
    collections.defaultdict: write_pairs("defaultdict", dict),
    collections.deque: lambda writer, value: ["deque", writer.many(list(value)), value.maxlen],
    decimal.Decimal: write_as_text("Decimal"),
    fractions.Fraction: write_fraction,
    datetime.date: write_fields("date", *DATES),
    datetime.datetime: write_timed("datetime", *DATES, *TIMES),
    datetime.time: write_timed("time", *TIMES),
    datetime.timedelta: write_fields("timedelta", "days", "seconds", "microseconds"),
    datetime.timezone: write_timezone,
    zoneinfo.ZoneInfo: write_zone,
    uuid.UUID: write_uuid,
    **{kind: write_as_text(name) for name, kind in PATHS.items()},
    # Stands for all other types.
    object: write_other,
}
READERS: dict[str, Callable[..., object]] = {
    "float": read_float,
    "int": read_int,
    "text": read_text,
    "bytes": lambda reader, number: bytes(reader.buffer(number)),
    "bytearray": lambda reader, number: bytearray(reader.buffer(number)),
    "complex": lambda reader, real, imag: complex(reader.part(real, float), reader.part(imag, float)),
    "ellipsis": lambda reader: ...,
    "not implemented": lambda reader: NotImplemented,
    "range": read_integers(range),
    "slice": lambda reader, *limits: slice(*map(reader.node, limits)),
    "list": lambda reader, items: reader.many(items),
    "tuple": lambda reader, items: tuple(reader.many(items)),
    "set": read_set(set),
    "frozenset": read_set(frozenset),
    "dict": read_pairs(lambda pairs: pairs),
    "OrderedDict": read_pairs(collections.OrderedDict),
    "Counter": read_pairs(collections.Counter),
    "defaultdict": read_pairs(_default),
    "deque": lambda reader, items, longest: collections.deque(reader.many(items), longest),
    "named": read_named,
    "Decimal": read_texts(decimal.Decimal),
    "Fraction": read_integers(fractions.Fraction),
    "date": read_integers(datetime.date),
    "datetime": read_timed(datetime.datetime),
    "time": read_timed(datetime.time),
    "timedelta": read_integers(lambda days, seconds, micro: datetime.timedelta(days, seconds, micro)),
    "timezone": read_timezone,
    "ZoneInfo": read_texts(zoneinfo.ZoneInfo),
    "UUID": read_integers(lambda number: uuid.UUID(int=number)),
    **{name: read_texts(kind) for name, kind in PATHS.items()},
}
