"""Checks of single values: each returns the value as matplotlib takes it, or raises Undrawable."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from matplotlib.colors import is_color_like

from cohort.grading.picture.budget import Undrawable

LONGEST_TEXT = 10_000

Check = Callable[[object], object]
Plain = dict[str, object]


def fields(value: object, *names: str) -> Plain:
    """A dict of these names, no more and no fewer."""
    if type(value) is not dict or value.keys() != set(names):
        raise Undrawable(f"not a dict of {', '.join(names)}")
    return value


def items(value: object, length: int | None = None) -> list[object]:
    """A list of that length; None stands for any."""
    if type(value) is not list or length not in (None, len(value)):
        raise Undrawable("not a list, or not as long as it should be")
    return value


def flag(value: object) -> bool:
    """True or False."""
    if type(value) is not bool:
        raise Undrawable("not a bool")
    return value


def short_text(value: object) -> str:
    """A text that is not too long to draw."""
    if type(value) is not str or len(value) > LONGEST_TEXT:
        raise Undrawable(f"not a text of at most {LONGEST_TEXT} characters")
    return value


def real(value: object) -> float:
    """A number as data have them, NaN and infinity too."""
    if type(value) is float:
        return value
    return finite(value)


def within(low: float, high: float) -> Callable[[object], float]:
    """A check for a number in that range."""

    def check(value: object) -> float:
        if type(value) not in (int, float) or not low <= value <= high:
            raise Undrawable(f"not a number from {low} to {high}")
        return value

    return check


finite = within(-1e300, 1e300)
fraction = within(0, 1)


def one_of(options: Iterable[str | int]) -> Check:
    """A check for one of these names."""
    known = frozenset(options)

    def check(value: object) -> object:
        if type(value) not in (str, int) or value not in known:
            raise Undrawable("not one of the names that are known")
        return value

    return check


def or_none(inner: Check) -> Check:
    """A check that lets None through, too."""
    return lambda value: None if value is None else inner(value)


def index(value: object, among: list[object]) -> int:
    """The number of something in a list."""
    if type(value) is not int or not 0 <= value < len(among):
        raise Undrawable("a number of something that is not there")
    return value


def pair(value: object) -> tuple[float, float]:
    """A point: x and y."""
    x, y = (real(number) for number in items(value, 2))
    return x, y


def colour(value: object) -> object:
    """A name that matplotlib knows, a name and an opacity, or three or four parts from 0 to 1."""
    match value:
        case str() if len(value) <= 100 and is_color_like(value):
            return value
        case [str() as name, part] if type(value) is list:
            return colour(name), fraction(part)
        case [_, _, _] | [_, _, _, _] if type(value) is list:
            return tuple(fraction(part) for part in value)
    raise Undrawable("not a colour")
