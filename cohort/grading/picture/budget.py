"""How much a picture may hold, and the errors for one that cannot be drawn."""

from __future__ import annotations

from typing import Final

MOST_AXES: Final = 100
MOST_ARTISTS: Final = 5_000
MOST_POINTS: Final = 5_000_000


class Undrawable(ValueError):
    """A description that is not what `describe` writes."""


class Unsupported(Undrawable):
    """A picture that cannot be described: one with polar, 3D or other axes that are not plain x and y."""


class Budget:
    """What is left to draw. Each method takes some of it, and raises Undrawable once it is used up."""

    def __init__(self) -> None:
        self._axes, self._artists, self._points = MOST_AXES, MOST_ARTISTS, MOST_POINTS

    def axes(self) -> None:
        """Take one pair of axes."""
        self._axes -= 1
        if self._axes < 0:
            raise Undrawable(f"more than {MOST_AXES} axes")

    def artists(self, number: int = 1) -> None:
        """Take that many artists."""
        self._artists -= number
        if self._artists < 0:
            raise Undrawable(f"more than {MOST_ARTISTS} artists")

    def points(self, number: int) -> None:
        """Take that many numbers of arrays."""
        self._points -= number
        if self._points < 0:
            raise Undrawable(f"more than {MOST_POINTS} points")
