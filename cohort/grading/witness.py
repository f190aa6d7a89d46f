"""Answers, in the process that runs a student's cells, what the judge asks about the names that they define.

Nothing here can be trusted: a student's code shares the process and may put anything in its place.
The judge therefore believes an answer only as what it is: what the student's notebook says.

A question is a list: a verb and what it is about. The answer is a list too:

``["value", v, changed]``
    The result. `changed` holds the arguments that the call changed, by place or name.
``["raised", {...}]``
    The student's code raised an error.
``["missing"]``
    There is no such name.
``["call", number, args, kwargs]``
    The student's code calls a function that came as an argument: the judge answers with a question's own
    form of answer, and the first question is still open.
"""

from __future__ import annotations

import signal
import socket
import sys
import types
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from typing import Any

from cohort.grading import frames
from cohort.grading.asks import LARGE
from cohort.grading.codec import Reference, dumps, loads

# How much of a generator is read, and of an error's message.
MOST_ITEMS = 1_000_000
LONGEST_MESSAGE = 2000
# Types that are read to the end and sent as a list.
_RUNNING = (types.GeneratorType, map, filter, zip, enumerate, reversed)
# Arguments that a call can change.
_CHANGEABLE = ("list", "dict", "set", "bytearray", "deque", "ndarray", "Series", "DataFrame")


class Witness:
    """Serves one judge until it hangs up.

    Parameters
    ----------
    names : dict
        The notebook's names.
    end : socket.socket
        The way to the judge.
    """

    def __init__(self, names: dict[str, Any], end: socket.socket) -> None:
        self._names, self._end = names, end
        self._kept: list[Any] = []
        self._had: list[bytes] = []
        self._verbs: dict[str, Callable[..., list[Any]]] = {
            "name": self._name,
            "call": self._call,
            "attribute": lambda number, name: ["value", getattr(self._kept[number], name), {}],
            "item": lambda number, key: ["value", self._kept[number][loads(key, self._resolve)], {}],
            "length": lambda number: ["value", len(self._kept[number]), {}],
            "items": lambda number: ["value", list(islice(iter(self._kept[number]), MOST_ITEMS)), {}],
            "picture": self._picture,
        }

    def serve(self) -> None:
        """Answer until the judge hangs up."""
        while True:
            try:
                question = frames.receive(self._end)
            except frames.HungUp:
                return _close_figures()
            frames.send(self._end, self._answer(question))

    def _answer(self, question: bytes) -> bytes:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            verb, *about = loads(question, self._resolve)
            answer = dumps(self._verbs[verb](*about), self._refer)
        except frames.HungUp:
            raise
        except BaseException as error:  # KeyboardInterrupt and SystemExit too: the next question must find us here
            answer = dumps(["raised", described(error)])
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        return answer

    def _name(self, name: str) -> list[Any]:
        return ["value", self._names[name], {}] if name in self._names else ["missing"]

    def _call(self, number: int, args: list[bytes | int], kwargs: dict[str, bytes | int]) -> list[Any]:
        before = {place: self._argument(arg) for place, arg in (*enumerate(args), *kwargs.items())}
        given = {place: loads(arg, self._resolve) for place, arg in before.items()}
        function = self._kept[number]
        result = function(*(given[place] for place in range(len(args))), **{name: given[name] for name in kwargs})
        if type(result) in _RUNNING:
            result = list(islice(result, MOST_ITEMS))
        changed = {}
        for place, value in given.items():
            if type(value).__name__ in _CHANGEABLE:
                now = dumps(value, self._refer)
                if now != before[place]:
                    changed[place] = now
        return ["value", result, changed]

    def _argument(self, sent: bytes | int) -> bytes:
        """An argument as it was sent; a large one may come again by its number."""
        if isinstance(sent, int):
            return self._had[sent]
        if len(sent) >= LARGE:
            self._had.append(sent)
        return sent

    def _picture(self, number: int) -> list[Any]:
        from cohort.grading.picture import describe, describe_axes

        artist = self._kept[number]
        return ["value", describe(artist) if _kind(artist) == "figure" else describe_axes(artist), {}]

    def _refer(self, value: Any) -> Reference:
        self._kept.append(value)
        return Reference(len(self._kept) - 1, _kind(value), type(value).__name__)

    def _resolve(self, reference: Reference) -> Any:
        """One of our own values that comes back, or a function of the judge's."""
        if reference.kind == "callback":
            return lambda *args, **kwargs: self._call_back(reference.number, args, kwargs)
        return self._kept[reference.number]

    def _call_back(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        frames.send(self._end, dumps(["call", number, list(args), kwargs], self._refer))
        kind, *about = loads(frames.receive(self._end), self._resolve)
        if kind == "value":
            return about[0]
        raise RuntimeError(f"the function that was given raised an error: {about[0]['message']}")


def described(error: BaseException) -> dict[str, Any]:
    """An error as plain values: the kinds that it is one of, the nearest first, and its message."""
    kinds = [f"{each.__module__}.{each.__qualname__}" for each in type(error).__mro__]
    try:
        message = str(error)
    except BaseException:  # a student's own error may fail to say what it is
        message = ""
    return {"kinds": kinds, "message": message[:LONGEST_MESSAGE]}


def _close_figures() -> None:
    """What a check has drawn is not shown with the next cell, as a check cell's own end would close it."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        with suppress(BaseException):  # it may be anything by now
            pyplot.close("all")


def _kind(value: Any) -> str:
    kinds = {f"{each.__module__}.{each.__name__}" for each in type(value).__mro__}
    if "matplotlib.figure.Figure" in kinds:
        return "figure"
    if "matplotlib.axes._base._AxesBase" in kinds:
        return "axes"
    if isinstance(value, types.ModuleType):
        return "module"
    if isinstance(value, type):
        return "class"
    if callable(value):
        return "function"
    return "container" if hasattr(type(value), "__len__") else "object"
