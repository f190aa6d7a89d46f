"""The judge's side of its talk with a witness: questions go out, and what comes back stands for the notebook's values.

Plain values come as values, figures as figures drawn anew, functions as functions whose arguments go
there and whose results come back. All else can be looked at and called, but not compared.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from cohort.grading import frames
from cohort.grading.codec import Reference, Unreadable, dumps, loads

# Where errors are known from, so that `pytest.raises` and `except` find them.
_ERRORS_OF = ("builtins", "pandas.errors", "numpy.exceptions", "numpy.linalg", "pandera.errors", "json.decoder")
# From so many bytes the witness keeps an argument, as checks give the same table to one function after another.
LARGE = 4096
# Bytes of answers that are kept, from which it is told how the notebook behaved.
KEPT = 16 << 20
# Errors that end a loop, and groups, which cannot be made of a name and a text.
_UNFIT = (StopIteration, StopAsyncIteration, BaseExceptionGroup)


class Undefined(NameError):
    """The notebook has no such name."""


class StudentError(Exception):
    """An error of the student's code, of a kind of its own."""


class Silent(Exception):
    """The student's process does not answer any more."""


class Remote:
    """A value of the notebook's that cannot be sent: it can be looked at, but not compared."""

    def __init__(self, asks: Asks, reference: Reference) -> None:
        self.__dict__["_asks"], self.__dict__["_reference"] = asks, reference

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self._asks.ask("attribute", self._reference.number, name)

    def __repr__(self) -> str:
        return f"<a {self._reference.name} of the notebook>"

    def _refuse(self, *_: object) -> NoReturn:
        raise TypeError(f"a {self._reference.name} cannot be compared or counted with: return a plain value")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _refuse
    __bool__ = __int__ = __float__ = __index__ = __complex__ = __array__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __setattr__ = __delattr__ = __setitem__ = __delitem__ = _refuse
    __hash__ = object.__hash__


class RemoteContainer(Remote):
    """One that says how long it is."""

    def __getitem__(self, key: Any) -> Any:
        return self._asks.ask("item", self._reference.number, self._asks.written(key))

    def __len__(self) -> int:
        length = self._asks.ask("length", self._reference.number)
        if type(length) is not int or not 0 <= length < sys.maxsize:
            raise TypeError(f"the length of {self!r} is no number")
        return length

    def __iter__(self) -> Iterator[Any]:
        return iter(self._asks.ask("items", self._reference.number))


class RemoteFunction(Remote):
    """A function or class of the notebook's, or another thing that it can call."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._asks.call(self._reference, args, kwargs)


_REMOTE = {"function": RemoteFunction, "class": RemoteFunction, "container": RemoteContainer}


class Asks:
    """Puts questions to a witness.

    Attributes
    ----------
    raised : list of BaseException
        The errors of the student's code.
    answers : list of bytes or None
        The messages that came back; None once they are too many to keep, or one did not come.
    """

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._room = KEPT
        self._given: list[Callable[..., Any]] = []
        self._had: dict[bytes, int] = {}
        self.raised: list[BaseException] = []
        self.answers: list[bytes] | None = []

    def ask(self, *question: Any) -> Any:
        """The value that answers a question.

        Raises
        ------
        Silent
            If no answer comes, or one that cannot be read.
        BaseException
            What the student's code raised, as the kind that it is known as here.
        """
        return self._open(list(question))[0]

    def call(self, reference: Reference, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What a function of the notebook returns; arguments that it changed are changed here, too."""
        sent = [self._argument(arg) for arg in args], {name: self._argument(arg) for name, arg in kwargs.items()}
        result, changed = self._open(["call", reference.number, *sent])
        given = {**dict(enumerate(args)), **kwargs}
        for place, now in changed.items():
            if place in given and type(now) is bytes:
                _become(given[place], self._read(now))
        return result

    def written(self, value: Any) -> bytes:
        """A value for the witness."""
        return dumps(value, self._refer)

    def _argument(self, value: Any) -> bytes | int:
        """An argument for the witness; a large one that it has had already goes by its number."""
        message = self.written(value)
        if len(message) < LARGE:
            return message
        number = self._had.get(message)
        if number is None:
            self._had[message] = len(self._had)
        return message if number is None else number

    def _open(self, question: list[Any]) -> tuple[Any, dict[Any, Any]]:
        try:
            frames.send(self._end, self.written(question))
            while True:
                match self._read(self._received()):
                    case ["value", value, dict() as changed]:
                        return value, changed
                    case ["missing"]:
                        raise Undefined(f"`{question[1]}` is not defined: did the cell run?")
                    case ["raised", dict() as about]:
                        raise self._error(about)
                    case ["call", int() as number, list() as args, dict() as kwargs]:
                        frames.send(self._end, self._called(number, args, kwargs))
                    case _:
                        raise Silent("the notebook's answer has no known form")
        except (frames.HungUp, Unreadable) as error:
            self.answers = None
            raise Silent(f"the notebook's answer cannot be read ({error})") from error

    def _received(self) -> bytes:
        message = frames.receive(self._end)
        self._room -= len(message)
        if self._room < 0:
            self.answers = None
        elif self.answers is not None:
            self.answers.append(message)
        return message

    def _read(self, message: bytes) -> Any:
        return loads(message, self._resolve)

    def _called(self, number: int, args: list[Any], kwargs: dict[str, Any]) -> bytes:
        """Let the student's code call a function that the check gave it."""
        try:
            return self.written(["value", self._given[number](*args, **kwargs)])
        except Exception as error:
            return self.written(["raised", {"message": str(error)}])

    def _refer(self, value: Any) -> Reference | None:
        if isinstance(value, Remote):
            return value._reference
        if callable(value):
            self._given.append(value)
            return Reference(len(self._given) - 1, "callback", type(value).__name__)
        return None

    def _resolve(self, reference: Reference) -> Any:
        if reference.kind in ("figure", "axes"):
            return self._picture(reference)
        return _REMOTE.get(reference.kind, Remote)(self, reference)

    def _picture(self, reference: Reference) -> Any:
        from cohort.grading import picture

        redraw = {"figure": picture.redraw, "axes": picture.redraw_axes}[reference.kind]
        try:
            return redraw(self.ask("picture", reference.number))
        except picture.Undrawable as error:
            raise Silent(f"the notebook's {reference.kind} cannot be read ({error})") from error

    def _error(self, about: dict[str, Any]) -> BaseException:
        made, message = known_error(about), about.get("message")
        error = made.__new__(made)
        error.args = (message if type(message) is str else "",)
        self.raised.append(error)
        return error


def known_error(about: dict[Any, Any]) -> type[BaseException]:
    """The class as which a check sees an error that the witness described."""
    kinds = about.get("kinds")
    kinds = [each for each in kinds if type(each) is str] if type(kinds) is list else []
    return next(filter(None, map(_known, kinds)), StudentError)


def _known(kind: str) -> type[BaseException] | None:
    """The error class of that full name, if it is one of those that checks may wait for."""
    module, _, name = kind.rpartition(".")
    if module not in _ERRORS_OF or module not in sys.modules:
        return None
    found = vars(sys.modules[module]).get(name)
    # What ends Python, or a cell, must not end the judge; nor may `all(map(f, cases))` take it for the last case.
    is_fit = isinstance(found, type) and issubclass(found, Exception) and not issubclass(found, _UNFIT)
    return found if is_fit else None


def _become(given: Any, now: Any) -> None:
    """Change a value in place, as the student's function changed its copy."""
    if type(given) is not type(now):
        return
    match type(given).__name__:
        case "list" | "bytearray":
            given[:] = now
        case "dict" | "set":
            given.clear()
            given.update(now)
        case "deque":
            given.clear()
            given.extend(now)
        case "ndarray" if given.shape == now.shape and given.dtype == now.dtype:
            given[...] = now
        case "Series" | "DataFrame":
            type(given).__init__(given, now)
