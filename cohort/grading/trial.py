"""Runs a notebook's cells in the sandbox and lets a judge hear each check where it stands among them.

What these cells print is never shown: a function may keep what a hidden check gave it, and a later
cell may print it. What students see comes from another run, without checks.
"""

from __future__ import annotations

import select
import socket
import symtable
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

from cohort.grading.forks import Node
from cohort.grading.nodes import Zygote
from cohort.grading.verdict import State, Verdict
from cohort.grading.warm import is_idle, request

# Seconds between two looks at what a notebook uses, and for it to stop what it is told to stop.
WATCH = 0.25
GRACE = 2
# How often a notebook that ended Python is run again without the cell that did it.
MOST_RESTARTS = 10
# A check that takes this much longer than its limit on a busy machine is not graded, rather than failed.
BUSY = 1.1


@dataclass(frozen=True)
class Check:
    """A check: its grade id, its whole source, and the lines (from 1) that students do not have."""

    name: str
    source: str
    hidden: frozenset[int]


@dataclass(frozen=True)
class Heard:
    """What became of a notebook.

    Attributes
    ----------
    verdicts : dict
        The verdict of each check.
    fatal : dict
        How, by the number of the step, a cell ended Python or could not be stopped. Such a cell was left out.
    cpu_seconds : float
        Processor time of the notebook's and the judge's processes.
    """

    verdicts: dict[str, Verdict]
    fatal: dict[int, str]
    cpu_seconds: float = 0.0


class Trial:
    """One notebook before its judge. Close it, or use it in a ``with`` statement.

    Parameters
    ----------
    zygote, judges : Zygote
        Where the notebook's cells run, and where checks do. In `judges` no student's code ever runs.
    steps : sequence of str or Check
        The notebook's code cells in order, and the checks among them.
    files : dict
        Content of the files beside the notebook, by path.
    shared : sequence of str
        The first cells, which are the instructor's; both zygotes have run them.
    timeout : float
        Seconds for each cell and each check.
    alike : bool
        Whether the files are those beside which the first cells ran already.
    """

    def __init__(
        self,
        zygote: Zygote,
        judges: Zygote,
        steps: Sequence[str | Check],
        files: dict[str, bytes],
        shared: Sequence[str] = (),
        timeout: float = 20,
        alike: bool = True,
    ) -> None:
        self._zygote, self._judges, self._steps, self._files = zygote, judges, steps, files
        self._shared, self._timeout, self._alike = list(shared), timeout, alike
        self._own = own_names(shared, [step for step in steps[len(shared) :] if isinstance(step, str)])
        self._leaf: Node | None = None
        self._bench: Node | None = None
        self._done = self._restarts = 0
        self._looked = time.monotonic()
        self._fatal: dict[int, str] = {}
        self._cpu_seconds = 0.0

    def __enter__(self) -> Trial:
        return self

    def __exit__(self, *_: object) -> None:
        self._end_leaf()
        self._end_bench()

    def hear(self) -> Heard:
        """Hear all checks, in order.

        Raises
        ------
        CannotFork, CannotStart
            If this machine fails.
        """
        verdicts = {}
        for number, step in enumerate(self._steps):
            if isinstance(step, Check):
                verdicts[step.name] = self._verdict(number, step)
        self._end_leaf()
        self._end_bench()
        return Heard(verdicts, self._fatal, self._cpu_seconds)

    def _verdict(self, number: int, check: Check) -> Verdict:
        while not self._run_up_to(number):
            self._restarts += 1
            if self._restarts > MOST_RESTARTS:
                return Verdict(State.FAILED, f"the cells before it end Python again and again: {self._culprits()}")
        verdict = self._heard(check)
        if verdict.state is State.FAILED and "is not defined" in verdict.message and self._fatal:
            return replace(verdict, message=f"{verdict.message} {self._culprits()}")
        return verdict

    def _culprits(self) -> str:
        return "; ".join(f"code cell {number + 1} {how}" for number, how in sorted(self._fatal.items()))

    def _run_up_to(self, number: int) -> bool:
        """Run the cells before a step; False if one of them ended Python, which is then left out from now on."""
        if self._leaf is None:
            node, given = self._zygote.furthest(self._shared if self._alike else [], for_all=True)
            self._leaf = self._zygote.fork(node, self._files if node is self._zygote.root else {})
            self._done = len(given)
        for place in range(self._done, number):
            step = self._steps[place]
            if isinstance(step, str) and place not in self._fatal and (how := self._run(step)):
                self._fatal[place] = how
                self._end_leaf()
                return False
            self._done = place + 1
        return True

    def _run(self, code: str) -> str:
        """Run a cell and drop what it says; how it ended Python, or ran on, if it did."""
        message = request(code, silent=False, store_history=True, allow_stdin=False, stop_on_error=False)
        if not self._tell(self._leaf, {"do": "run", "message": message}):
            return "ended Python"
        until, interrupted = time.monotonic() + self._timeout, False
        while True:
            (said,) = self._listen(self._leaf)
            if said is None:
                return self._how_it_ended()
            if any(is_idle(each) for each in said):
                return ""
            if how := self._watched_now_and_then():
                return how
            if time.monotonic() > until:
                if interrupted:
                    return f"ran longer than {self._timeout:g} s and could not be interrupted"
                self._zygote.interrupt(self._leaf)
                until, interrupted = time.monotonic() + GRACE, True

    def _heard(self, check: Check) -> Verdict:
        """Let the judge hear one check; the notebook's process may not outlive it."""
        bench = self._bench or self._new_bench()
        ours, theirs = socket.socketpair()
        with ours, theirs:
            about = {"source": check.source, "own": self._own, "hidden": sorted(check.hidden)}
            asked = self._tell(self._leaf, {"do": "testify"}, theirs.fileno())
            bench.channel.send({"do": "judge", **about}, ours.fileno())
        if not asked:
            self._end_leaf()
        start, told, how, released = time.monotonic(), 0, "", False
        while True:
            verdict, said = self._listen(bench, self._leaf)
            released = released or _has_testified(said)
            took = time.monotonic() - start
            if verdict is None:
                self._end_bench()
                return Verdict(State.NOT_GRADED, "the judge ended by itself")
            if verdict:
                break
            if self._leaf is not None:
                how = self._how_it_ended() if said is None else self._watched_now_and_then()
                if how:
                    self._end_leaf()
            if took > self._timeout * BUSY + told * GRACE:
                told += 1
                if told == 1 and self._leaf is not None:
                    self._zygote.interrupt(self._leaf)
                elif told == 2:
                    self._end_leaf()  # the judge hears that nobody answers any more
                elif told > 2:
                    self._end_bench()
                    return Verdict(State.NOT_GRADED, f"the check did not end within {self._timeout:g} s")
        found = Verdict.read(verdict[0])
        if told:
            how = how or f"ran longer than {self._timeout:g} s"
        elif took > self._timeout:
            return Verdict(State.NOT_GRADED, f"it took {took:.1f} s of {self._timeout:g} s, on a machine that was busy")
        if self._leaf is not None and not released:
            how = self._release() or how
        if how and found.state is State.FAILED:
            found = Verdict(State.FAILED, f"your code {how} in this check", found.awards, found.in_sight)
        return found

    def _release(self) -> str:
        """Wait until the notebook's process has noticed that the judge is gone; how it ended instead, if it did."""
        until = time.monotonic() + GRACE
        while time.monotonic() < until:
            (said,) = self._listen(self._leaf)
            if said is None:
                return self._how_it_ended()
            if _has_testified(said):
                return ""
        self._end_leaf()
        return ""

    def _watched_now_and_then(self) -> str:
        """Look at what the notebook uses, if the last look is a while ago; which limit it broke, or how it ended."""
        if time.monotonic() - self._looked < WATCH:
            return ""
        self._looked = time.monotonic()
        alive, reason = self._zygote.check(self._leaf)
        return reason if reason else "" if alive else self._how_it_ended()

    def _how_it_ended(self) -> str:
        end = self._zygote.end(self._leaf)
        self._leaf = None
        self._cpu_seconds += end.cpu_seconds
        return "ended Python" if end.exit is None or end.exit >= 0 else f"made Python end with signal {-end.exit}"

    def _new_bench(self) -> Node:
        node, _ = self._judges.furthest(self._shared, for_all=True)
        self._bench = self._judges.fork(node, {})
        return self._bench

    def _end_leaf(self) -> None:
        if self._leaf is not None:
            self._cpu_seconds += self._zygote.end(self._leaf).cpu_seconds
            self._leaf = None

    def _end_bench(self) -> None:
        if self._bench is not None:
            self._cpu_seconds += self._judges.end(self._bench).cpu_seconds
            self._bench = None

    def _tell(self, node: Node, message: dict[str, Any], file: int | None = None) -> bool:
        """Send a message; False if nobody takes it."""
        node.channel.end.settimeout(self._timeout)
        try:
            node.channel.send(message, file)
        except OSError:
            return False
        finally:
            node.channel.end.settimeout(None)
        return True

    def _listen(self, *nodes: Node | None) -> list[list[dict[str, Any]] | None]:
        """What each process says within a moment; None from one that is gone or talks nonsense."""
        ends = [node.channel.end for node in nodes if node is not None]
        ready = select.select(ends, [], [], WATCH)[0]
        return [_said(node) if node is not None and node.channel.end in ready else [] for node in nodes]


def own_names(shared: Sequence[str], cells: Sequence[str]) -> list[str]:
    """The names that the instructor's cells define at their top level and the student's do not.

    What the instructor's cells import stays theirs: a check may compare with it.
    """
    theirs = {each.get_name() for cell in cells for each in _defined(cell)}
    ours = [each for cell in shared for each in _defined(cell)]
    return sorted({each.get_name() for each in ours if each.is_imported() or each.get_name() not in theirs})


def _defined(code: str) -> list[symtable.Symbol]:
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        # Magics and shell commands are no Python until they are transformed.
        table = symtable.symtable(TransformerManager().transform_cell(code), "<cell>", "exec")
        return [each for each in table.get_symbols() if each.is_assigned() or each.is_imported()]
    return []


def _said(node: Node) -> list[dict[str, Any]] | None:
    with suppress(ValueError, RecursionError, OSError):
        piece = node.channel.end.recv(1 << 20)
        return node.channel.feed(piece) if piece else None
    return None


def _has_testified(said: list[dict[str, Any]] | None) -> bool:
    return any(message.get("type") == "testified" for message in said or [])
