"""Worker processes on this machine: batches of submissions go out, graded ones come back as each is done."""

from __future__ import annotations

import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from cohort.errors import CannotStart, CourseError, exhausted
from cohort.grading.course_directory import nbgrader_log
from cohort.grading.grader import Grader
from cohort.grading.processes import adopt_orphans
from cohort.grading.runtime import sweep
from cohort.grading.unit import Assignment, Graded, Submission

PR_SET_PDEATHSIG = 1
# "spawn": a worker starts an event loop and a zygote, and must inherit neither.
PROCESSES = get_context("spawn")

Watcher = Callable[[dict[str, float]], None]


@dataclass
class _Worker:
    """A process, our end of the pipe to it, and what it works on, the present submission first."""

    process: object
    pipe: Connection
    batch: deque[Submission] = field(default_factory=deque)
    since: float = 0.0


def grade(
    assignment: Assignment,
    batches: list[list[Submission]],
    workers: int,
    measure: bool = False,
    watch: Watcher = lambda _: None,
    grader: Callable[[Any, bool], AbstractContextManager[Any]] = Grader,
) -> Iterator[Graded]:
    """Grade batches in worker processes and yield each submission when it is done, in no order.

    A submission whose worker dies is tried once more, alone; then it is given back with the reason.

    Parameters
    ----------
    assignment : Assignment
        What to grade.
    batches : list of list of Submission
        Submissions that one worker takes after another, so that like ones are together.
    workers : int
        How many processes.
    measure : bool
        Measure the memory of each kernel.
    watch : callable
        Called every half a second with the seconds that each student's submission has run.
    grader : callable
        Makes what grades in a worker from the first and the fourth parameter: a `Grader`, or another with its method.
    """
    waiting = deque(batches)
    tried: set[str] = set()
    busy: list[_Worker] = []
    leaving: list[_Worker] = []
    try:
        while waiting or busy:
            while waiting and len(busy) < workers:
                busy.append(_start(grader, assignment, measure, waiting.popleft()))
            ready = wait([worker.pipe for worker in busy], timeout=0.5)
            watch({worker.batch[0].student: time.monotonic() - worker.since for worker in busy if worker.batch})
            for worker in [each for each in busy if each.pipe in ready]:
                try:
                    graded = worker.pipe.recv()
                except (EOFError, ConnectionError):
                    busy.remove(worker)
                    yield from _after_death(worker, waiting, tried)
                    continue
                if isinstance(graded, CourseError):
                    raise graded
                if graded is None and waiting:
                    _give(worker, waiting.popleft())
                    continue
                if graded is None:
                    busy.remove(worker)
                    worker.pipe.close()  # so it ends; whoever works on is not kept waiting for it
                    leaving.append(worker)
                    continue
                worker.batch.popleft()
                worker.since = time.monotonic()
                yield graded
    finally:
        for worker in busy:
            worker.process.kill()  # its zygote ends when the worker hangs up, and all forks with it
        for worker in busy + leaving:
            worker.process.join()
            worker.pipe.close()
        sweep()


def _start(grader: Callable, assignment: Assignment, measure: bool, batch: list[Submission]) -> _Worker:
    ours, theirs = PROCESSES.Pipe()
    process = PROCESSES.Process(target=_work, args=(theirs, grader, assignment, measure), daemon=True)
    process.start()
    theirs.close()
    worker = _Worker(process, ours)
    _give(worker, batch)
    return worker


def _give(worker: _Worker, batch: list[Submission]) -> None:
    worker.batch, worker.since = deque(batch), time.monotonic()
    with suppress(ConnectionError):  # a worker that died is found when it is waited for
        worker.pipe.send(batch)


def _after_death(worker: _Worker, waiting: deque[list[Submission]], tried: set[str]) -> Iterator[Graded]:
    """Put back what a dead worker had left; what killed two workers is given up."""
    worker.process.join()
    worker.pipe.close()
    if not worker.batch:
        return
    suspect = worker.batch.popleft()
    if worker.batch:
        waiting.appendleft(list(worker.batch))
    if suspect.student in tried:
        how = f"exit status {worker.process.exitcode}"
        yield Graded(suspect.student, reason=f"the process that graded it ended twice ({how}): is there memory enough?")
    else:
        tried.add(suspect.student)
        waiting.append([suspect])


def _work(pipe: Connection, grader: Callable, assignment: Assignment, measure: bool) -> None:
    """What a worker process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    adopt_orphans()
    with nbgrader_log(), grader(assignment, measure) as desk, suppress(EOFError, ConnectionError):
        while True:
            try:
                for graded in desk.grade(pipe.recv()):
                    pipe.send(graded)
                pipe.send(None)
            except CannotStart as error:
                pipe.send(error)
            except OSError as error:
                fault = exhausted(error)
                if fault is None:
                    raise
                pipe.send(fault)
