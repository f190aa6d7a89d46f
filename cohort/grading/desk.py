"""What a Dask worker keeps of a run: the assignment, and for each of its threads a grader with its zygote."""

from __future__ import annotations

import asyncio
import logging
import platform
import threading
import time
from contextlib import suppress
from contextvars import Context
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version

from distributed import Worker, WorkerPlugin, get_worker
from jupyter_core.utils import ensure_event_loop

from cohort import datasets, tree
from cohort.done import fingerprint_files
from cohort.errors import CourseError
from cohort.grading.course_directory import LOG
from cohort.grading.execute import setup
from cohort.grading.grader import Grader
from cohort.grading.layers import below_floor
from cohort.grading.unit import Assignment, Graded, Submission

# Seconds after which a task gives back what it has, so that little is lost with a worker and progress shows.
LONG = 5
# What outputs and scores can depend on.
PACKAGES = (
    "common-ground",
    "distributed",
    "ipykernel",
    "ipython",
    "matplotlib",
    "nbclient",
    "nbconvert",
    "nbformat",
    "nbgrader",
    "numpy",
    "pandas",
    "pyarrow",
    "statsmodels",
)


def about(fenced: bool) -> dict[str, str]:
    """What the grading of a submission depends on here, besides the assignment.

    Parameters
    ----------
    fenced : bool
        Whether submissions run in the sandbox: then tell whether it holds.
    """
    root = tree.root()
    files = [path for path in (root / "course.yml", *(root / "places").rglob("*")) if path.is_file()]
    found = {"Python": platform.python_version()}
    for package in PACKAGES:
        with suppress(PackageNotFoundError):
            found[package] = version(package)
    found["course.yml and places"] = fingerprint_files(files, root)[:8]
    if fenced:
        found["sandbox"] = "; ".join(below_floor()) or "holds"
    cached = {name: datasets.cached(name) for name in datasets.names()}
    return found | {f"dataset {name}": path.name for name, path in cached.items() if path.exists()}


def differences(here: dict[str, str], there: dict[str, str]) -> str:
    """In words, what a worker lacks or has otherwise than the machine that commands; empty if nothing."""
    found = {name: there.get(name, "missing") for name in here}
    return ", ".join(f"{name} {found[name]} (here {here[name]})" for name in here if found[name] != here[name])


def grade_at_desk(run: str, batch: list[Submission]) -> list[Graded]:
    """The task that a Dask worker runs: grade the first of a batch of submissions, as many as there is time for."""
    return get_worker().plugins[run].grade(batch)


@dataclass
class _Seat:
    """A thread's grader.

    `context` is its own: jupyter_core keeps the event loop of a thread in a context variable, and a
    task may see those of another thread.
    """

    grader: Grader
    context: Context = field(default_factory=Context)
    taken: threading.Lock = field(default_factory=threading.Lock)

    def close(self) -> None:
        self.grader.__exit__()
        self.context.run(ensure_event_loop).close()


class Desk(WorkerPlugin):
    """A run's place on a Dask worker, which closes with the worker or with the run.

    Parameters
    ----------
    name : str
        The run's, and of its topic among Dask's events: who began to grade which student.
    assignment : Assignment
        What to grade.
    measure : bool
        Measure the memory of each kernel.
    here : dict
        What `about` said where the run was started.
    """

    def __init__(self, name: str, assignment: Assignment, measure: bool, here: dict[str, str]) -> None:
        self.name = name
        self._assignment = assignment
        self._measure = measure
        self._here = here

    def setup(self, worker: Worker) -> None:
        """Move in; Dask calls it on every worker, also on those that join later."""
        LOG.addHandler(logging.NullHandler())  # else what nbgrader remarks on submissions fills the worker's terminal
        self._worker = worker
        self._seats: dict[int, _Seat] = {}
        self._closed = False

    async def teardown(self, worker: Worker) -> None:
        """Close the graders. One at work closes itself after the submission that it has in hand."""
        self._closed = True
        for thread in list(self._seats):
            await asyncio.to_thread(self.leave, thread)

    def grade(self, batch: list[Submission]) -> list[Graded]:
        """Grade the first of these submissions, and as many more as `LONG` allows; in their order.

        Raises
        ------
        CourseError
            If this worker would not grade as the machine does where the run was started.
        """
        thread = threading.get_ident()
        seat = self._seats.get(thread) or self._sit_down(thread)
        try:
            with seat.taken:
                return seat.context.run(self._grade, seat.grader, batch)
        finally:
            if self._closed:
                self.leave(thread)

    def leave(self, thread: int) -> None:
        """Close the grader of a thread, unless it is at work."""
        seat = self._seats.get(thread)
        if seat and seat.taken.acquire(blocking=False):
            try:
                if self._seats.pop(thread, None):
                    seat.close()
            finally:
                seat.taken.release()

    def _sit_down(self, thread: int) -> _Seat:
        # A run that was killed has left its desk and its zygote: a thread has one grader at a time.
        for other in list(self._worker.plugins.values()):
            if isinstance(other, Desk) and other is not self:
                other.leave(thread)
        fenced = self._assignment.setup.fenced
        if wrong := differences(self._here, about(fenced)):
            raise CourseError(f"the worker {self._worker.address} is not as the machine that commands: {wrong}")
        own = replace(setup(fenced), limits=self._assignment.setup.limits)
        self._seats[thread] = _Seat(Grader(replace(self._assignment, setup=own), self._measure))
        return self._seats[thread]

    def _grade(self, grader: Grader, batch: list[Submission]) -> list[Graded]:
        by = f"{self._worker.address}/{threading.get_ident()}"
        until = time.monotonic() + LONG
        found: list[Graded] = []
        coming = grader.grade(batch)
        for submission in batch:
            if self._closed or (found and time.monotonic() > until):
                break
            self._worker.log_event(self.name, {"student": submission.student, "by": by})
            found.append(next(coming))
        return found
