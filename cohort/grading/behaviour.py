"""How a notebook behaved before a check, as a short digest: two that answered with the same values have the same.

It is worked out in the judge's process, where no student's code runs, from the messages that were answered.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from numbers import Complex, Real
from typing import Any

import numpy as np

from cohort.grading.asks import known_error
from cohort.grading.codec import Reference, loads

# Hexadecimal digits of a digest.
DIGITS = 16
# Values are counted, so that a hostile notebook costs half a second at most; messages and arrays count more.
MOST_VALUES, COST = 500_000, 10
# Noise of calculation is rounded away first: else a number in the middle between two would fall on either side.
EXACT, COMPARED, ZERO = 12, 6, 1e-9
NAN, NOT_A_TIME = f"{math.nan}", str(np.iinfo(np.int64).min)
# Times are compared to the microsecond.
UNITS = {"M": "M8[us]", "m": "m8[us]"}


class Incomparable(Exception):
    """A value that cannot be compared, or too many of them."""


@dataclass(frozen=True)
class _Thing:
    """A value that stays in the notebook's process: only its kind is compared."""

    kind: str


def digest(source: str, answers: Sequence[bytes] | None, place: tuple[int, ...]) -> str:
    """The behaviour of a notebook; empty where nothing can be said.

    Numbers are compared to 6 digits, whatever their type; missing values are alike, and so are sequences of any type,
    as the place at which the check ended differs where it could tell them apart. Of an error its kind counts, as the
    check sees it, and of a thing that stays in the notebook's process what kind it is. Figures are not compared:
    a check may look at anything in them, and no two students write the same title.

    Parameters
    ----------
    source : str
        The check: behaviours before another one are others.
    answers : sequence of bytes or None
        The messages that the notebook answered with, in order; None if they were too many to keep.
    place : tuple of int
        The lines of the check at which it ended.

    Returns
    -------
    str
        The same on every machine; empty if there was nothing but errors, missing names and things.
    """
    if answers is None:
        return ""
    try:
        told = _Told()
        words = [told.answer(each) for each in answers]
    except Exception:  # whatever a student's process sent, it costs no more than the sentence
        return ""
    if not told.says_something:
        return ""
    return hashlib.sha256(json.dumps([source, place, words]).encode()).hexdigest()[:DIGITS]


def _thing(reference: Reference) -> _Thing:
    if reference.kind in ("figure", "axes"):
        raise Incomparable
    return _Thing(reference.kind)


class _Told:
    """Tells values in words, which are the same for all that count as alike."""

    def __init__(self) -> None:
        self.says_something = False
        self._left = MOST_VALUES

    def answer(self, message: bytes) -> str:
        """An answer of the notebook's, of one of the forms that the witness gives."""
        self._charge(COST)
        match loads(message, _thing):
            case ["value", value, dict() as changed]:
                # The judge changes no more than what is told in bytes.
                now = {str(place): loads(each, _thing) for place, each in changed.items() if type(each) is bytes}
                self.says_something |= bool(now) or not isinstance(value, _Thing)
                return f"value {self.value(value)} {self.value(now)}"
            case ["missing"]:
                return "missing"
            case ["raised", dict() as about]:
                return f"raised {known_error(about).__name__}"
            case ["call", int(), list() as args, dict() as kwargs]:
                self.says_something = True
                return f"call {self.value(args)} {self.value(kwargs)}"
        raise Incomparable

    def value(self, value: Any) -> str:
        """Any value that a message can hold."""
        self._charge(1)
        if type(value) in (int, float):  # nearly all are
            return _number(value)
        match value:
            case None | bool() | np.bool_():
                return str(value)
            case str():
                return json.dumps(value)
            case bytes() | bytearray():
                return f"bytes {value.hex()}"
            case np.datetime64() | np.timedelta64():
                return self._array(np.asarray(value))
            case Real() | Decimal():
                return _number(value)
            case Complex():
                return f"{_number(value.real)} {_number(value.imag)}j"
            case dict():
                pairs = (f"{self.value(key)}: {self.value(each)}" for key, each in value.items())
                return f"{{{', '.join(sorted(pairs))}}}"
            case set() | frozenset():
                return f"{{{', '.join(sorted(map(self.value, value)))}}}"
            case np.ndarray():
                return self._array(value)
            case Sequence():
                return f"[{', '.join(map(self.value, value))}]"
        if "pandas" in sys.modules:  # without it, no value is one of its own
            import pandas as pd

            match value:
                case pd.DataFrame():
                    columns = [self._array(column.to_numpy()) for _, column in value.items()]
                    return f"table {self.value(value.index)} {self.value(value.columns)} {' '.join(columns)}"
                case pd.Series():
                    return f"column {self.value(value.index)} {self._array(value.to_numpy())}"
                case pd.Index() | pd.api.extensions.ExtensionArray():
                    return self._array(np.asarray(value))
            if value is pd.NA or value is pd.NaT:
                return NAN
        match value:
            case datetime.datetime(tzinfo=zone):
                moment = value if zone is None else value.astimezone(datetime.UTC).replace(tzinfo=None)
                return self._array(np.asarray(moment, UNITS["M"]))
            case datetime.date():
                return self._array(np.asarray(value, UNITS["M"]))
            case datetime.timedelta():
                return self._array(np.asarray(value, UNITS["m"]))
        return repr(value)  # of Python, NumPy or pandas, or a thing: a message holds no other

    def _array(self, array: np.ndarray) -> str:
        self._charge(COST + array.size)  # before it becomes a list
        if unit := UNITS.get(array.dtype.kind):
            numbers = array.astype(unit).astype(np.int64).tolist()
            return f"{unit} {numbers}".replace(NOT_A_TIME, NAN)
        if array.ndim == 1 and array.dtype.kind in "iuf":
            return f"[{', '.join(map(_number, array.tolist()))}]"
        return self.value(array.tolist())

    def _charge(self, values: int) -> None:
        self._left -= values
        if self._left < 0:
            raise Incomparable


@functools.lru_cache(maxsize=10_000)  # a table of counts holds few different ones
def _number(value: Real | Decimal) -> str:
    number = float(f"{float(value):.{EXACT}g}")
    return f"{0.0 if abs(number) < ZERO else number:.{COMPARED}g}"
