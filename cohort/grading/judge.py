"""Runs a check in a process that a student's code never runs in, and says what it found.

The check is plain Python. The names that it uses and does not define are asked of the witness, the
student's process: plain values come as values, figures as figures drawn anew, functions as functions
whose arguments go there and whose results come back. All else comes as a thing that can be looked
at and called but not compared: nothing of the student's decides whether two things are equal.
"""

from __future__ import annotations

import ast
import builtins
import itertools
import socket
from collections.abc import Iterator
from numbers import Real
from typing import Any

from cohort import checks
from cohort.grading.asks import Asks, Remote, Silent, StudentError, Undefined
from cohort.grading.behaviour import digest
from cohort.grading.verdict import Award, State, Verdict

# What a check's code is called in a traceback.
FILE = "<check>"


class _Names(dict):
    """The names of a check: its own, the instructor's, and for all others the notebook's."""

    def __init__(self, asks: Asks, own: dict[str, Any]) -> None:
        super().__init__({"__builtins__": builtins, "__name__": "__main__"})
        self._asks, self._own = asks, own

    def __missing__(self, name: str) -> Any:
        if name not in self._own and hasattr(builtins, name):
            raise KeyError(name)
        found = self._own[name] if name in self._own else self._asks.ask("name", name)
        if isinstance(found, Remote) and found._reference.kind == "module":
            raise Undefined(f"`{name}` is a module that the notebook imports: the check has to import it itself")
        self[name] = found
        return found


def hear(source: str, own: dict[str, Any], end: socket.socket, hidden: frozenset[int]) -> Verdict:
    """Run a check.

    Parameters
    ----------
    source : str
        The check.
    own : dict
        Names that the instructor's cells define and the student's do not: they are the judge's own.
    end : socket.socket
        The way to the witness.
    hidden : frozenset of int
        The lines of the check that students do not have, from 1. What fails there is told by the
        check's own message alone.

    Returns
    -------
    Verdict
        *Not graded* if the check itself is at fault.
    """
    asks = Asks(end)
    checks.taken()
    try:
        partial = _run(source, _Names(asks, own))
    except BaseException as error:
        secret = _line(error) in hidden
        state, message = _failure(error, asks, source, secret)
        withheld = state is State.FAILED and not secret and not _is_constant(error, source)
        behaviour = digest(source, asks.answers, _place(error)) if state is State.FAILED else ""
        return Verdict(state, message, _awards(), not secret, withheld, behaviour)
    awards = _awards()
    if not awards and partial is not None:
        awards = (Award(partial, "partial credit"),)
    # Whether these are all the points that the check gives, only those know who have the notebook.
    return Verdict(State.PASSED, "", awards, behaviour=digest(source, asks.answers, ()) if awards else "")


def _awards() -> tuple[Award, ...]:
    return tuple(itertools.starmap(Award, checks.taken()))


def _run(source: str, names: _Names) -> float | None:
    """Run the code; the number that its last line gives, nbgrader's own form of partial credit."""
    tree = ast.parse(source, FILE)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, FILE, "exec"), names)
    if last is None:
        return None
    value = eval(compile(ast.Expression(last.value), FILE, "eval"), names)
    return float(value) if isinstance(value, Real) and not isinstance(value, bool) else None


def _failure(error: BaseException, asks: Asks, source: str, secret: bool) -> tuple[State, str]:
    """The verdict on a check that raised an error, and what the student is told.

    The text of the student's own errors is not: a function may put into it what a hidden check gave it.
    """
    if isinstance(error, Undefined | Silent):
        return State.FAILED, str(error)
    if error in asks.raised:
        # A class may be called anything: only names that are not of the student's making are shown.
        return State.FAILED, f"your code raised {'an error' if type(error) is StudentError else type(error).__name__}"
    if isinstance(error, AssertionError):
        # A library's assertion shows the values that it compared.
        return State.FAILED, (str(error) if _is_own(error) else "") or _words(error, source, secret)
    if isinstance(error, SyntaxError | ImportError | KeyboardInterrupt | MemoryError):
        return State.NOT_GRADED, f"the check failed by itself ({type(error).__name__})"
    return State.FAILED, f"the check could not work with what it got: {type(error).__name__}"


def _words(error: BaseException, source: str, secret: bool) -> str:
    """What to say of an assertion that has no message."""
    return "a hidden check is not met" if secret else f"not met: {source.splitlines()[_line(error) - 1].strip()}"


def _is_constant(error: BaseException, source: str) -> bool:
    """Whether the text that is told stands in the check itself, so that no value can be in it."""
    if isinstance(error, Undefined):
        return True
    if not isinstance(error, AssertionError) or not _is_own(error):
        return False
    words = str(error)
    texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return not words or any(text == words for text in texts)


def _is_own(error: BaseException) -> bool:
    """Whether the check itself raised it, and not a library that it called."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_code.co_filename == FILE


def _line(error: BaseException) -> int:
    """The line of the check at which it ended: the outermost one, as helpers may stand above the hidden part."""
    return next((line for code, line in _lines(error) if code == "<module>"), 0)


def _place(error: BaseException) -> tuple[int, ...]:
    """The lines of the check at which it ended: the outermost, and the innermost, which may be in a helper."""
    lines = [line for _, line in _lines(error)]
    return (lines[0], lines[-1]) if lines else ()


def _lines(error: BaseException) -> Iterator[tuple[str, int]]:
    """The lines of the check that an error came through, each with the name of its function."""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE:
            yield trace.tb_frame.f_code.co_name, trace.tb_lineno
        trace = trace.tb_next
