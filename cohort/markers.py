"""nbgrader's marks in a source cell: what lies between them, students do not get."""

from __future__ import annotations

from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions

SOLUTION, HIDDEN_CHECK, MARK_SCHEME = "solution", "hidden check", "mark scheme"
# As nbgrader does, take any line that holds them.
MARKS = {
    SOLUTION: (
        ClearSolutions.begin_solution_delimeter.default_value,
        ClearSolutions.end_solution_delimeter.default_value,
    ),
    HIDDEN_CHECK: (
        ClearHiddenTests.begin_test_delimeter.default_value,
        ClearHiddenTests.end_test_delimeter.default_value,
    ),
    MARK_SCHEME: (
        ClearMarkScheme.begin_mark_scheme_delimeter.default_value,
        ClearMarkScheme.end_mark_scheme_delimeter.default_value,
    ),
}


def marked_lines(source: str, *kinds: str) -> dict[int, str]:
    """The lines of a cell, from 1, that lie between marks, with the kind of each; the marks count too.

    Parameters
    ----------
    source : str
        The cell.
    *kinds : str
        Kinds of marks to look for; all without it.
    """
    found = {}
    for kind in kinds or MARKS:
        begin, end = MARKS[kind]
        inside = False
        for number, line in enumerate(source.split("\n"), start=1):
            inside = inside or begin in line
            if inside:
                found[number] = kind
            inside = inside and end not in line
    return found


def in_sight(source: str, *kinds: str) -> str:
    """A cell without what lies between marks, and without the marks; of some kinds, or all."""
    left_out = marked_lines(source, *kinds)
    return "\n".join(line for number, line in enumerate(source.split("\n"), start=1) if number not in left_out)
