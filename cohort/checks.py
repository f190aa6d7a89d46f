"""What a check may use: `award` for a part of an answer, `approx` for numbers.

It needs nothing but Python, so that checks run in a student's own notebook as they do in grading.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from numbers import Real

# In grading, the judge takes the awards of each check from here.
_given: list[tuple[float, str]] = []


def award(points: float, why: str) -> None:
    """Give points for a part of the answer; they stand, whatever the rest of the check finds.

    A check that calls it gives the sum of what it awards, and at most its own points. In a
    student's notebook the points are printed.

    Parameters
    ----------
    points : float
        More than zero.
    why : str
        What earned them, for the student.

    Raises
    ------
    ValueError
        If the points are not a number above zero, or nothing says why.
    """
    if not math.isfinite(points) or points <= 0:
        raise ValueError(f"award points above zero, not {points!r}")
    if not why.strip():
        raise ValueError("say what the points are for")
    _given.append((float(points), why.strip()))
    print(in_words(points, why.strip()))


def in_words(points: float, why: str) -> str:
    """An award as students read it."""
    return f"{points:g} {'point' if points == 1 else 'points'}: {why}"


def taken() -> list[tuple[float, str]]:
    """The awards since the last call; for the judge."""
    found = _given.copy()
    _given.clear()
    return found


class approx:
    """A number, or a list or mapping of numbers, that equals others close to it.

    ``found == approx(842, abs=0.5)`` is true from 841.5 to 842.5. Without `rel` and `abs` the
    tolerance is a millionth of the number, and at least 1e-12, as in pytest.

    Parameters
    ----------
    expected : number, sequence of numbers, or mapping to numbers
        What is right.
    rel, abs : float, optional
        The tolerance as a share of `expected`, and as a number; the larger one counts.
    """

    def __init__(
        self,
        expected: Real | Sequence[Real] | Mapping[object, Real],
        rel: float | None = None,
        abs: float | None = None,
    ) -> None:
        self._expected, self._rel, self._abs = expected, rel, abs

    def __eq__(self, found: object) -> bool:
        return self._near(found, self._expected)

    def __repr__(self) -> str:
        return f"approx({self._expected!r})"

    __hash__ = None
    # NumPy would else compare element by element.
    __array_ufunc__ = None

    def _near(self, found: object, expected: object) -> bool:
        if isinstance(expected, Mapping):
            if not isinstance(found, Mapping) or found.keys() != expected.keys():
                return False
            return all(self._near(found[key], value) for key, value in expected.items())
        if isinstance(expected, Sequence):
            try:
                pairs = list(zip(found, expected, strict=True))
            except (TypeError, ValueError):
                return False
            return all(self._near(one, other) for one, other in pairs)
        if isinstance(found, str | bytes):  # float would read a number out of it
            return False
        try:
            found, expected = float(found), float(expected)
        except (TypeError, ValueError):
            return False
        if found == expected:
            return True
        relative = self._rel if self._rel is not None else (1e-6 if self._abs is None else 0)
        absolute = self._abs if self._abs is not None else 1e-12
        return math.isfinite(found) and math.fabs(found - expected) <= max(absolute, relative * math.fabs(expected))
