"""Values between the judge and a student's process: plain data as it is, anything else by a reference to it.

No code of a message runs, and none of a value: what a value is, is told by its exact type, so that an object of a
class of the student's own is not plain, whatever it says of itself.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from contextlib import suppress

from cohort.grading import codec_numpy, codec_python
from cohort.grading.codec_wire import (
    DEFAULT,
    Bounds,
    Node,
    Reader,
    Reference,
    TooLarge,
    Unreadable,
    Writer,
    refuse,
    type_name,
)

__all__ = ["Bounds", "Reference", "TooLarge", "Unreadable", "dumps", "loads", "refuse", "type_name"]

WRITERS: dict[type, Callable[[Writer, object], Node]] = codec_python.WRITERS | codec_numpy.WRITERS
READERS: dict[str, Callable[..., object]] = codec_python.READERS | codec_numpy.READERS


def dumps(
    value: object, refer: Callable[[object], Reference | None] = lambda _: None, bounds: Bounds = DEFAULT
) -> bytes:
    """The message of a value.

    Plain are numbers, texts, bytes, the containers of Python and `collections`, named tuples, dates and times,
    paths, UUIDs, and what `codec_numpy` and `codec_pandas` know. A named tuple with methods of its own is not plain.

    Parameters
    ----------
    value : object
        Any value.
    refer : callable
        Keeps a value that is not plain, and gives the reference to send instead; None if it cannot be sent.
    bounds : Bounds
        How large the message may be.

    Returns
    -------
    bytes
        What `loads` reads, with the same bounds. A value that is in two places comes out as two.

    Raises
    ------
    TooLarge
        If the message is larger than the bounds, or the value contains itself.
    TypeError
        If a part is not plain and `refer` gives None.
    """
    # Importing pandas takes half a second, and without it no value can be one of its own.
    return Writer(_table("pandas" in sys.modules), refer, bounds).message(value)


def loads(message: bytes, resolve: Callable[[Reference], object] = refuse, bounds: Bounds = DEFAULT) -> object:
    """The value of a message.

    Parameters
    ----------
    message : bytes
        What `dumps` wrote, or anything else.
    resolve : callable
        Gives the value of a reference. By default references are refused.
    bounds : Bounds
        How large the message may be.

    Returns
    -------
    object
        Of the same types as the value that was sent; arrays are its own and can be written to.

    Raises
    ------
    Unreadable
        If the message is not what `dumps` writes, is larger than the bounds, or `resolve` raised an error.
    """
    try:
        return Reader(message, _read_tag, resolve, bounds).value()
    except Unreadable:
        raise
    # Whoever wrote the message chose which function refuses it, and so with which error. An error's own text may show
    # a value of theirs, so it is not repeated.
    except Exception as error:
        raise Unreadable(f"a message that cannot be read ({type_name(type(error))})") from error


@functools.cache
def _table(with_pandas: bool) -> dict[int, Callable[[Writer, object], Node]]:
    writers = dict(WRITERS)
    if with_pandas:
        # A module of the student's own may be called pandas; then no value is one of the real one.
        with suppress(ImportError, AttributeError):
            from cohort.grading import codec_pandas

            writers |= codec_pandas.WRITERS
    return {id(kind): write for kind, write in writers.items()}


def _read_tag(tag: str) -> Callable[..., object]:
    if tag in READERS:
        return READERS[tag]
    from cohort.grading import codec_pandas

    return codec_pandas.READERS[tag]
