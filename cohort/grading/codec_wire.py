"""The form of a message between the judge and a student's process: one JSON tree, and bytes beside it.

A message is the length of the tree (8 bytes, little endian), the tree, and the buffers one after the other. The
tree is ``[node, lengths of the buffers]``. A node is a JSON scalar, which stands for itself, or a list of a tag and
what this kind of value needs. What each tag means is in fixed tables, and nothing in a message names anything else.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise, starmap
from typing import NoReturn, TypeAlias, TypeVar

import numpy as np

Node: TypeAlias = "bool | int | float | str | list[Node] | None"
Kind = TypeVar("Kind")

HEADER = struct.Struct("<Q")
LENGTHS = np.dtype("<u4")  # of the texts in a buffer, in bytes
SHORT = 100  # characters of a text that stands in the tree itself
MANY = 16  # items of a list from which a buffer is quicker than a node each
# A few equal hashes happen; more are made to be equal, as each costs a comparison with all others.
EQUAL_HASHES = 1000
NAME = 200
# A class of named tuples, or a unit of time, takes as long to make as so many items to read.
NEW_NAME = 1000


@dataclass(frozen=True)
class Bounds:
    """How large a message may be.

    Attributes
    ----------
    size : int
        Bytes of the message.
    depth : int
        Values in one another.
    items : int
        Parts of the tree, and items of lists that lie in a buffer.
    """

    size: int = 64 << 20
    depth: int = 50
    items: int = 2_000_000


@dataclass(frozen=True)
class Reference:
    """What goes in the place of a value that stays in its process.

    Attributes
    ----------
    number : int
        Which value; at least 0 and below 2**63.
    kind : str
        Such as "function", "object", "class" or "generator".
    name : str
        The name of its type, for messages; only the first 200 characters are sent.
    """

    number: int
    kind: str
    name: str


DEFAULT = Bounds()


class Unreadable(ValueError):
    """A message that is not what `dumps` writes, or is larger than the bounds."""


class TooLarge(ValueError):
    """A value that makes a message larger than the bounds, or that contains itself."""


class NotPlain(Exception):
    """A value that cannot be sent as it is, and is to be referred to."""


def refuse(reference: Reference) -> NoReturn:
    """Refuse a reference, where only plain values are expected."""
    raise Unreadable(f"a reference to a {reference.kind}")


def type_name(kind: type) -> str:
    """The name of a type, at most 200 characters, without running code of the type or of its own type."""
    return type.__dict__["__name__"].__get__(kind)[:NAME]


class Writer:
    """Turns values into nodes, and collects the buffers.

    `tables` are the functions that write each type, by the id of the type: a type's own hash may be a student's code.
    """

    def __init__(
        self,
        tables: dict[int, Callable[[Writer, object], Node]],
        refer: Callable[[object], Reference | None],
        bounds: Bounds,
    ) -> None:
        self._tables = tables
        self._refer = refer
        self._bounds = bounds
        self._buffers: list[bytes | np.ndarray] = []
        self._size = 0
        self._nodes = 0
        self._extra = 0
        self._depth = 0
        self._names: set[tuple[str, ...]] = set()

    def message(self, value: object) -> bytes:
        """The message of a value.

        Raises
        ------
        TooLarge
            If it is larger than the bounds.
        TypeError
            If it has a part that is no plain value, and `refer` gives no reference.
        """
        tree = [self.node(value), [memoryview(data).nbytes for data in self._buffers]]
        text = json.JSONEncoder(separators=(",", ":"), allow_nan=False, check_circular=False).encode(tree).encode()
        self.fits(len(text) + HEADER.size)
        if parts(text) + self._extra > self._bounds.items:
            raise TooLarge(f"a value of more than {self._bounds.items} items")
        return b"".join([HEADER.pack(len(text)), text, *self._buffers])

    def node(self, value: object) -> Node:
        """The node of any value: a reference, if it is no plain one."""
        buffers, size, extra = len(self._buffers), self._size, self._extra
        try:
            return self.part(value)
        except NotPlain:
            del self._buffers[buffers:]
            self._size, self._extra = size, extra
        reference = self._refer(value)
        if reference is None:
            raise TypeError(f"a value of type {type_name(type(value))} cannot be sent")
        return ["reference", reference.number, text_node(self, reference.kind), text_node(self, reference.name[:NAME])]

    def part(self, value: object) -> Node:
        """The node of a value that must be a plain one.

        Raises
        ------
        NotPlain
            If it is not.
        """
        kind = type(value)
        self._nodes += 1
        if self._nodes > self._bounds.items:
            raise TooLarge(f"a value of more than {self._bounds.items} items")
        if kind is float and value - value == 0:
            return value
        if kind is bool or value is None:
            return value
        write = self._tables.get(id(kind), self._tables[id(object)])
        if self._depth == self._bounds.depth:
            raise TooLarge(f"a value with more than {self._bounds.depth} values in one another")
        self._depth += 1
        try:
            return write(self, value)
        finally:
            self._depth -= 1

    def many(self, values: list[object] | tuple[object, ...]) -> Node:
        """The node of a list's items, in a buffer if they are many of one kind."""
        kinds = set(map(id, map(type, values))) if len(values) >= MANY else set()
        if kinds == {id(str)}:
            return self.texts(values)
        if kinds == {id(float)}:
            self.charge(len(values))
            return ["doubles", self.buffer(struct.pack(f"<{len(values)}d", *values))]
        if kinds == {id(int)} and min(values) >= -(1 << 63) and max(values) < 1 << 63:
            self.charge(len(values))
            return ["longs", self.buffer(struct.pack(f"<{len(values)}q", *values))]
        return ["items", *map(self.node, values)]

    def texts(self, values: list[str] | tuple[str, ...]) -> Node:
        """The node of many texts, each of exact type str."""
        self.charge(len(values))
        joined = "".join(values)
        if joined.isascii():
            sizes, data = map(len, values), joined.encode()
        else:
            each = [text.encode("utf-8", "surrogatepass") for text in values]
            sizes, data = map(len, each), b"".join(each)
        return ["texts", self.buffer(np.fromiter(sizes, LENGTHS, len(values))), self.buffer(data)]

    def buffer(self, data: bytes | np.ndarray) -> int:
        """Send bytes, or a contiguous array of numbers, beside the tree; its number."""
        size = memoryview(data).nbytes
        self.fits(size)
        self._size += size
        self._buffers.append(data)
        return len(self._buffers) - 1

    def fits(self, size: int) -> None:
        """Raise TooLarge if so many bytes more are too many."""
        if self._size + size > self._bounds.size:
            raise TooLarge(f"a value of more than {self._bounds.size} bytes")

    def charge(self, items: int) -> None:
        """Count items that are no part of the tree."""
        self._extra += items
        if self._extra > self._bounds.items:
            raise TooLarge(f"a value of more than {self._bounds.items} items")

    def charge_name(self, name: tuple[str, ...]) -> None:
        """Count what it takes to make a class or unit of this name, once a message."""
        if name not in self._names:
            self._names.add(name)
            self.charge(NEW_NAME)


class Reader:
    """Turns nodes into values. `function` gives what reads a tag, out of fixed tables."""

    def __init__(
        self,
        message: bytes,
        function: Callable[[str], Callable[..., object]],
        resolve: Callable[[Reference], object],
        bounds: Bounds,
    ) -> None:
        self._function = function
        self._resolve = resolve
        self.bounds = bounds
        self._depth = 0
        self._names: set[tuple[str, ...]] = set()
        if len(message) > bounds.size:
            raise Unreadable("a message larger than the bounds")
        (length,) = HEADER.unpack_from(message)
        start = HEADER.size + length
        if start > len(message):
            raise Unreadable("a tree that ends beyond the message")
        text = bytes(message[HEADER.size : start])
        self._left = bounds.items - parts(text)
        self.charge(0)
        self._tree, lengths = json.loads(text.decode("ascii"), parse_constant=_refuse_constant)
        if type(lengths) is not list or not all(type(each) is int and each >= 0 for each in lengths):
            raise Unreadable("lengths of buffers that are none")
        self._bytes = memoryview(message)
        self._ends = list(accumulate(lengths, initial=start))
        if self._ends[-1] != len(message):
            raise Unreadable("buffers that do not fill the message")
        self._used = bytearray(len(lengths))

    def value(self) -> object:
        """The value of the message."""
        value = self.node(self._tree)
        if not all(self._used):
            raise Unreadable("a buffer that nothing uses")
        return value

    def node(self, node: Node) -> object:
        """The value of a node."""
        if type(node) is not list:
            if type(node) is dict:
                raise Unreadable("a JSON object")
            return node
        if self._depth == self.bounds.depth:
            raise Unreadable("values too deep in one another")
        self._depth += 1
        tag, *rest = node
        value = self._resolve(self._reference(*rest)) if tag == "reference" else self._function(tag)(self, *rest)
        self._depth -= 1
        return value

    def part(self, node: Node, *kinds: type[Kind]) -> Kind:
        """The value of a node, which must be of exactly one of these types."""
        value = self.node(node)
        if type(value) not in kinds:
            raise Unreadable(f"a value that is no {kinds[0].__name__}")
        return value

    def many(self, node: Node) -> list[object]:
        """The items of a list."""
        tag, *rest = node
        match tag:
            case "items":
                return [self.node(each) for each in rest]
            case "texts":
                return list(self.texts(*rest))
            case "doubles" | "longs":
                data = self.buffer(*rest)
                self.charge(len(data) // 8)
                return list(struct.unpack(f"<{len(data) // 8}{tag[0].replace('l', 'q')}", data))
        raise Unreadable("a list of an unknown kind")

    def texts(self, lengths: Node, data: Node) -> Iterator[str]:
        """Many texts."""
        offsets, content = self.offsets(lengths, data)
        if content.isascii():
            text = content.decode("ascii")
            return (text[start:stop] for start, stop in pairwise(offsets.tolist()))
        spans = starmap(slice, pairwise(offsets.tolist()))
        return (content[span].decode("utf-8", "surrogatepass") for span in spans)

    def offsets(self, lengths: Node, data: Node) -> tuple[np.ndarray, bytes]:
        """Where each of many texts begins in the bytes, with the end of the last, as int64; and the bytes."""
        sizes = np.frombuffer(self.buffer(lengths), LENGTHS)
        self.charge(len(sizes))
        content = bytes(self.buffer(data))
        offsets = np.zeros(len(sizes) + 1, np.int64)
        np.cumsum(sizes, out=offsets[1:])
        if offsets[-1] != len(content):
            raise Unreadable("texts that do not fill their buffer")
        return offsets, content

    def buffer(self, number: Node) -> memoryview:
        """The bytes of a buffer, which can be had once."""
        if type(number) is not int or not 0 <= number < len(self._used) or self._used[number]:
            raise Unreadable("a buffer that is not there or was used")
        self._used[number] = True
        return self._bytes[self._ends[number] : self._ends[number + 1]]

    def keys(self, values: list[object]) -> list[object]:
        """The same values, if they can be looked up in a table in bounded time."""
        if len(values) - len(set(map(hash, values))) > EQUAL_HASHES:
            raise Unreadable("keys with equal hashes")
        return values

    def charge(self, items: int) -> None:
        """Count items that are no part of the tree."""
        self._left -= items
        if self._left < 0:
            raise Unreadable("a message of too many items")

    def charge_name(self, name: tuple[str, ...]) -> None:
        """Count what it takes to make a class or unit of this name, once a message."""
        if name not in self._names:
            self._names.add(name)
            self.charge(NEW_NAME)

    def _reference(self, number: Node, kind: Node, name: Node) -> Reference:
        reference = Reference(number, self.part(kind, str), self.part(name, str))
        if type(number) is not int or not 0 <= number < 1 << 63 or max(len(reference.kind), len(reference.name)) > NAME:
            raise Unreadable("a reference that is none")
        return reference


def text_node(writer: Writer, text: str) -> Node:
    """The node of a text: in the tree if it is short, else in a buffer.

    A text in the tree has no comma and no bracket, so that these count the parts of the tree; and no lone surrogates,
    which JSON would join into pairs.
    """
    short = len(text) <= SHORT and "," not in text and "[" not in text
    if short and (text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)):
        return text
    return ["text", writer.buffer(text.encode("utf-8", "surrogatepass"))]


def read_text(reader: Reader, number: Node) -> str:
    """The text in a buffer."""
    return bytes(reader.buffer(number)).decode("utf-8", "surrogatepass")


def parts(tree: bytes) -> int:
    """How many parts a tree has, counted before it is built."""
    return tree.count(b",") + tree.count(b"[")


def _refuse_constant(name: str) -> NoReturn:
    raise Unreadable(f"the number {name}")
