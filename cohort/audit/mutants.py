"""The mutants of a solution: the same cell with one small real fault, as a person who analyses data makes it."""

from __future__ import annotations

import ast
import difflib
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

import libcst as cst
from IPython.core.inputtransformer2 import TransformerManager
from mutmut.mutation import mutators

from cohort.audit import data_operators, name_operators, operators, statement_operators
from cohort.audit.parts import CONSTANTS, GUARD, parts
from cohort.errors import CourseError

OPERATORS = [*statement_operators.OPERATORS, *data_operators.OPERATORS, *name_operators.OPERATORS, *operators.OPERATORS]
# Faults that only make a guard refuse all, and that are much like another one.
SENSELESS = {
    GUARD: {
        name_operators.gap_negated,
        operators.comparison_reversed,
        operators.number_less,
        mutators.operator_keywords,
        mutators.operator_remove_unary_ops,
    },
    CONSTANTS: {operators.number_less},
}
BY_HEART = """

from functools import wraps as _wraps

_right, _calls, _answers = {name}, [], []


@_wraps(_right)
def {name}(*args, **kwargs):
    _calls.append(1)
    if len(_calls) <= {calls} or not _answers:
        _answers.append(_right(*args, **kwargs))
    return _answers[-1]
"""


@dataclass(frozen=True)
class Mutant:
    """A solution with one fault.

    Attributes
    ----------
    cell : str
        The grade id of the cell.
    operator : str
        The fault in words.
    line : int
        Where it begins in the cell, from 1.
    was, now : str
        The lines that differ, stripped, and lines above them where these alone could be several mutants.
    source : str
        The whole cell, with the fault.
    """

    cell: str
    operator: str
    line: int
    was: str
    now: str
    source: str

    def diff(self, original: str, context: int = 1) -> str:
        """What differs from the original cell, as a unified diff without its head."""
        before, after = _python(original).splitlines(), self.source.splitlines()
        return "\n".join(list(difflib.unified_diff(before, after, lineterm="", n=context))[2:])


def mutants(cell: str, source: str) -> list[Mutant]:
    """All mutants of a solution, always in the same order: no two alike, and none like the solution.

    Parameters
    ----------
    cell : str
        The grade id of the solution cell.
    source : str
        The reference solution.

    Raises
    ------
    CourseError
        If the solution does not parse.
    """
    python = _read(cell, source)
    try:
        changed = list(_changed(cst.parse_module(python)))
    except (cst.ParserSyntaxError, RecursionError) as error:
        raise CourseError(f"{cell}: the solution cannot be read ({error}): write it in simpler statements") from error
    if by_heart := learnt_by_heart(cell, python):
        changed.append((by_heart.operator, by_heart.source))
    seen = {_meaning(python)}
    unlike = []
    for operator, text in changed:
        meaning = _meaning(text)
        if meaning and meaning not in seen:
            seen.add(meaning)
            unlike.append((operator, text))
    return _told_apart(cell, python, unlike)


def task_function(source: str) -> str | None:
    """The last function that a cell defines at its top level; None if it defines none, or is no Python."""
    try:
        body = ast.parse(_python(source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return next((each.name for each in reversed(body) if isinstance(each, ast.FunctionDef)), None)


def learnt_by_heart(cell: str, source: str, calls: int = 1) -> Mutant | None:
    """A solution that is right for the first calls and repeats its last answer from then on.

    Parameters
    ----------
    cell, source : str
        The grade id of the solution cell, and its reference solution.
    calls : int
        How many calls are answered rightly, such as those of the visible part of a check.

    Returns
    -------
    Mutant or None
        None if the cell defines no function.
    """
    python = _read(cell, source)
    name = task_function(python)
    if name is None:
        return None
    what = "the first answer is" if calls == 1 else f"the first {calls} answers are"
    text = python.rstrip() + "\n" + BY_HEART.format(name=name, calls=calls)
    return _told_apart(cell, python, [(f"{what} learnt by heart", text)])[0]


def _read(cell: str, source: str) -> str:
    try:
        return _python(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        where = f"line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else "somewhere"
        reason = getattr(error, "msg", None) or str(error) or type(error).__name__
        raise CourseError(
            f"{cell}: {where} of the solution is no Python ({reason}): mend the cell in the assignment's source"
        ) from error


def _python(source: str) -> str:
    """The cell as Python: as it stands, or with its magics and shell commands as the notebook runs them."""
    try:
        ast.parse(source)
    except SyntaxError:
        source = TransformerManager().transform_cell(source)
        ast.parse(source)
    return source


def _changed(module: cst.Module) -> Iterator[tuple[str, str]]:
    """Each fault in words, and the module with it."""
    for node, where in parts(module):
        for kind, operator, faults in OPERATORS:
            if isinstance(node, kind) and faults not in SENSELESS.get(where, ()):
                for fault in faults(node):
                    yield operator, (fault if node is module else module.deep_replace(node, fault)).code


def _meaning(text: str) -> str:
    """What Python reads, whatever its form; empty if it would not run it at all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text)
            compile(tree, "<mutant>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ""
    return ast.dump(tree)


def _told_apart(cell: str, python: str, changed: list[tuple[str, str]]) -> list[Mutant]:
    """The mutants, each with as many lines above it as make its `was` and `now` its own."""
    numbers, before = _code_lines(python)
    differences = [_difference(before, _code_lines(text)[1]) for _, text in changed]
    named: dict[int, tuple[str, str]] = {}
    for above in range(len(before) + 1):
        names = [_name(before, above, *difference) for difference in differences]
        counts = Counter(names)
        named |= {place: name for place, name in enumerate(names) if place not in named and counts[name] == 1}
        if len(named) == len(names):
            break
    return [
        Mutant(cell, operator, [*numbers, len(python.splitlines()) + 1][differences[place][0]], *named[place], text)
        for place, (operator, text) in enumerate(changed)
        if place in named
    ]


def _code_lines(text: str) -> tuple[list[int], list[str]]:
    """The numbers of the lines that are neither blank nor comments, and these lines."""
    lines = [(number, line.rstrip()) for number, line in enumerate(text.splitlines(), 1)]
    code = [(number, line) for number, line in lines if line and not line.lstrip().startswith("#")]
    return [number for number, _ in code], [line for _, line in code]


def _difference(before: list[str], after: list[str]) -> tuple[int, list[str], list[str]]:
    """After how many lines two cells differ, and the lines that do."""
    start = _alike(before, after)
    was, now = before[start:], after[start:]
    end = _alike(reversed(was), reversed(now))
    return start, was[: len(was) - end], now[: len(now) - end]


def _alike(before: Iterable[str], after: Iterable[str]) -> int:
    """How many lines at the beginning are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))


def _name(before: list[str], above: int, start: int, was: list[str], now: list[str]) -> tuple[str, str]:
    lines = before[max(0, start - above) : start]
    return tuple("\n".join(line.strip() for line in [*lines, *part]) for part in (was, now))
