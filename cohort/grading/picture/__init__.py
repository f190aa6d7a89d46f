"""A picture as plain data, and a real matplotlib figure made from such data, for checks that judge it elsewhere.

What is said of a figure is what checks read: words, lines, bars, points, areas, images, ticks and their looks. The
student's process writes it; the judge draws from it and trusts none of it. Strings are only ever words to show, or
one of a fixed set: nothing in a message leads to a file, a font, a parse of mathematics, or code.
"""

from __future__ import annotations

from cohort.grading.picture.budget import Undrawable, Unsupported
from cohort.grading.picture.figures import describe, describe_axes, redraw, redraw_axes

__all__ = ["Undrawable", "Unsupported", "describe", "describe_axes", "redraw", "redraw_axes"]
