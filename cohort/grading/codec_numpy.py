"""NumPy's arrays and scalars in a message: the bytes of their items, and for arrays of objects each by itself."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import numpy as np

from cohort.grading.codec_wire import Node, NotPlain, Reader, Unreadable, Writer, text_node

FIXED = {
    np.dtype(name).newbyteorder("<").str: np.dtype(name).newbyteorder("<")
    for name in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
}
# Texts, bytes, dates and times have a size or a unit besides.
SIZED = re.compile(
    r"<U[1-9][0-9]{0,8}|\|S[1-9][0-9]{0,8}|<[Mm]8(\[[1-9]?[0-9]{0,5}(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?"
)
LARGEST_CHARACTER = 0x10FFFF
DIMENSIONS = 32


def plain_dtype(dtype: np.dtype) -> np.dtype:
    """The same dtype in little endian.

    Raises
    ------
    NotPlain
        If its items are not sent as bytes: objects, structures, long doubles, texts of any length.
    """
    if dtype.kind not in "biufcmMUS":
        raise NotPlain
    plain = dtype.newbyteorder("<")
    if plain.str not in FIXED and not SIZED.fullmatch(plain.str):
        raise NotPlain
    return plain


def write_array(writer: Writer, value: np.ndarray) -> Node:
    """The node of an array of exact type ndarray."""
    if value.ndim > DIMENSIONS:
        raise NotPlain
    if value.dtype == object:
        writer.fits(value.nbytes)
        return ["objects", list(value.shape), writer.many(value.ravel().tolist())]
    dtype = plain_dtype(value.dtype)
    # Before the bytes are copied: an array may show the same few bytes a billion times.
    writer.fits(value.nbytes)
    data = np.ascontiguousarray(value, dtype).reshape(-1).view(np.uint8)
    return ["array", dtype.str, list(value.shape), writer.buffer(data)]


def read_array(reader: Reader, dtype: Node, shape: Node, number: Node) -> np.ndarray:
    """An array of its own, which can be written to."""
    known = _known_dtype(dtype)
    data = reader.buffer(number)
    count = _count(reader, shape)
    if count * known.itemsize != len(data):
        raise Unreadable("an array that does not fill its buffer")
    flat = np.empty(count, known)
    flat.view(np.uint8)[:] = np.frombuffer(data, np.uint8)
    # Bytes that are no value of their type would make NumPy behave in undefined ways.
    if known.kind == "b" and (flat.view(np.uint8) > 1).any():
        raise Unreadable("a truth value other than 0 and 1")
    if known.kind == "U" and (flat.view(np.uint32) > LARGEST_CHARACTER).any():
        raise Unreadable("a character that is none")
    return flat.astype(known.newbyteorder("="), copy=False).reshape(shape)


def read_objects(reader: Reader, shape: Node, items: Node) -> np.ndarray:
    """An array of objects."""
    values = reader.many(items)
    if _count(reader, shape) != len(values):
        raise Unreadable("an array of objects with another number of them")
    return np.fromiter(values, object, len(values)).reshape(shape)


def write_scalar(writer: Writer, value: np.generic) -> Node:
    """The node of a number, date or duration."""
    dtype = plain_dtype(value.dtype)
    return ["scalar", dtype.str, np.asarray(value, dtype).tobytes().hex()]


def read_scalar(reader: Reader, dtype: Node, content: Node) -> np.generic:
    """A number, date or duration."""
    known = _known_dtype(dtype)
    if known.kind in "US":
        raise Unreadable("a text as a number")
    data = bytes.fromhex(content)
    if len(data) != known.itemsize or (known.kind == "b" and data > b"\1"):
        raise Unreadable("a number that is none")
    return np.frombuffer(data, known).astype(known.newbyteorder("="))[0]


def write_masked(writer: Writer, value: np.ma.MaskedArray) -> Node:
    """The node of a masked array: its data, mask (None if it has none) and fill value."""
    mask = np.ma.getmask(value)
    return [
        "masked",
        writer.part(np.ndarray.view(value, np.ndarray)),
        None if mask is np.ma.nomask else writer.part(mask),
        writer.node(value.fill_value),
        value.hardmask,
    ]


def read_masked(reader: Reader, data: Node, mask: Node, fill: Node, hard: Node) -> np.ma.MaskedArray:
    """A masked array."""
    values = reader.part(data, np.ndarray)
    masked = np.ma.nomask if mask is None else reader.part(mask, np.ndarray)
    if mask is not None and (masked.dtype != bool or masked.shape != values.shape):
        raise Unreadable("a mask of another shape")
    return np.ma.MaskedArray(values, masked, fill_value=reader.node(fill), hard_mask=hard is True)


def _known_dtype(text: Node) -> np.dtype:
    if text in FIXED:
        return FIXED[text]
    if not SIZED.fullmatch(text):
        raise Unreadable("an unknown dtype")
    return np.dtype(text)


def _count(reader: Reader, shape: Node) -> int:
    if type(shape) is not list or len(shape) > DIMENSIONS:
        raise Unreadable("a shape that is none")
    if not all(type(length) is int and 0 <= length <= reader.bounds.size for length in shape):
        raise Unreadable("a length that is none")
    return math.prod(shape)


NUMBERS = (
    *(np.bool_, np.int8, np.int16, np.int32, np.int64, np.longlong, np.uint8, np.uint16, np.uint32, np.uint64),
    *(np.ulonglong, np.float16, np.float32, np.float64, np.complex64, np.complex128, np.datetime64, np.timedelta64),
)
WRITERS: dict[type, Callable[[Writer, object], Node]] = {
    np.ndarray: write_array,
    np.ma.MaskedArray: write_masked,
    type(np.ma.masked): lambda writer, value: ["masked constant"],
    # NumPy's own methods for text drop trailing zeros; Python's do not.
    np.str_: lambda writer, value: ["str_", text_node(writer, str.__str__(value))],
    np.bytes_: lambda writer, value: ["bytes_", writer.buffer(bytes.__getitem__(value, slice(None)))],
    **dict.fromkeys(NUMBERS, write_scalar),
}
READERS: dict[str, Callable[..., object]] = {
    "array": read_array,
    "objects": read_objects,
    "scalar": read_scalar,
    "masked": read_masked,
    "masked constant": lambda reader: np.ma.masked,
    "str_": lambda reader, text: np.str_(reader.part(text, str)),
    "bytes_": lambda reader, number: np.bytes_(bytes(reader.buffer(number))),
}
