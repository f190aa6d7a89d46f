"""Grades on the workers of a Dask cluster: the same units of work as on this machine, sent to other ones.

The assignment travels as a Dask worker plugin and not as scattered data: a worker that joins late, or
comes back after a crash, gets it again from the scheduler. Student code runs in the zygote that each
thread of a worker starts as a process of its own; nothing is forked from Dask's threads.
"""

from __future__ import annotations

import asyncio
import logging
import time
import warnings
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import ceil
from uuid import uuid4

from cohort.errors import CourseError
from cohort.grading.course_directory import LOG
from cohort.grading.unit import Assignment, Graded, Submission
from cohort.grading.workers import Watcher

try:
    from dask import config
    from distributed import CancelledError, Client, Future, KilledWorker, Security, wait
    from distributed.comm import connect

    from cohort.grading.desk import Desk, about, differences, grade_at_desk
except ImportError as error:
    raise CourseError(f"--dask needs Dask ({error}): run `pip install 'common-ground[dask]'`") from error

# Seconds to wait for the scheduler, for its first worker, and for a worker after the last one is gone.
CONNECT, FIRST_WORKER, NO_WORKER = 5, 15, 120
# Submissions in a task: enough to share what their cells have in common, few enough to lose with a worker.
MOST_IN_A_TASK = 8
# Tasks handed out for each thread of the cluster, the one that runs included: the scheduler holds them in memory.
AHEAD = 2
# How often Dask runs a task again that raised an error. Where a worker died, its scheduler's own cap holds.
RETRIES = 2
# Dask gives each a handler of its own that writes to the terminal.
LOGGERS = ("distributed", "distributed.client", "distributed.gc", "tornado", "tornado.application", "bokeh")


def grade(
    assignment: Assignment,
    batches: list[list[Submission]],
    address: str,
    measure: bool = False,
    watch: Watcher = lambda _: None,
) -> Iterator[Graded]:
    """Grade submissions on a Dask cluster and yield each when its task is done, in no order.

    What a lost worker had not given back is done again, by another or by the same one restarted.
    A task that Dask gives up (its worker died more often than the scheduler allows, or it raised an
    error again and again) is tried once more, each submission alone; one that fails then is given
    back with the reason.

    Parameters
    ----------
    assignment : Assignment
        What to grade. A worker uses the paths of its own machine in place of those in `setup`: its
        course (``COHORT_ROOT``, or the folder it was started in), its datasets, its sandbox.
    batches : list of list of Submission
        Submissions, like ones together; they are cut into tasks anew, for the size of the cluster.
    address : str
        Where the scheduler is, such as ``tcp://10.0.0.5:8786``.
    measure : bool
        Measure the memory of each kernel.
    watch : callable
        Called every half a second with the seconds that each student's submission has run.

    Raises
    ------
    CourseError
        If the scheduler cannot be reached or is lost; if it has no workers; if a worker's packages,
        course files, datasets or sandbox are not as here. Each names what and where.
    """
    submissions = [submission for batch in batches for submission in batch]
    if not submissions:
        return
    with _log_to_file(), _connected(address) as client:
        here = about(assignment.setup.fenced)
        _check_workers(client, address, here, assignment.setup.fenced)
        run = _Run(client, address, f"cohort-{uuid4().hex}", watch)
        client.register_plugin(Desk(run.name, assignment, measure, here))
        client.subscribe_topic(run.name, run.begun)
        try:
            yield from run.graded(submissions)
        finally:
            run.stop()


class _Run:
    """The tasks of one run that are out, and who is being graded."""

    def __init__(self, client: Client, address: str, name: str, watch: Watcher) -> None:
        self.name = name
        self._client = client
        self._address = address
        self._watch = watch
        self._out: dict[Future, list[Submission]] = {}
        self._now: dict[str, tuple[str, float]] = {}
        self._tried: set[str] = set()
        self._again: deque[Submission] = deque()
        self._worker_seen = time.monotonic()

    def begun(self, event: tuple[float, dict[str, str]]) -> None:
        """Note that a thread of the cluster has begun to grade a student's submission."""
        _, said = event
        self._now[said["by"]] = said["student"], time.monotonic()

    def graded(self, submissions: list[Submission]) -> Iterator[Graded]:
        """Hand out the submissions, and yield what comes back."""
        threads = self._threads()
        size = max(1, min(MOST_IN_A_TASK, ceil(len(submissions) / max(1, 4 * threads))))
        waiting = deque(submissions[first : first + size] for first in range(0, len(submissions), size))
        while waiting or self._out or self._again:
            room = AHEAD * max(1, self._threads()) - len(self._out)
            for _ in range(min(room, len(waiting))):
                self._submit(waiting.popleft())
            if self._again and not self._out:
                # Alone, so that one that kills its worker takes no other with it.
                self._submit([self._again.popleft()])
            with suppress(TimeoutError, CancelledError), self._client.as_current():
                wait(list(self._out), timeout=0.5, return_when="FIRST_COMPLETED")
            self._tell()
            for future in [each for each in self._out if each.done()]:
                batch = self._out.pop(future)
                done, reason = self._result(future)
                yield from done
                waiting.extendleft([rest] if (rest := batch[len(done) :]) and not reason else [])
                if reason:
                    yield from self._after_failure(batch, reason)

    def stop(self) -> None:
        """Take back the tasks that have not begun, and tell the workers to close their graders."""
        if self._client.status != "running":
            return
        with suppress(Exception):  # the scheduler may be gone, and what stopped the run is the news
            self._client.cancel(list(self._out), force=True)
            self._client.unregister_worker_plugin(self.name)

    def _submit(self, batch: list[Submission]) -> None:
        # The notebooks and files of a few students may well be more than Dask thinks wise to send.
        with config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"}):
            future = self._client.submit(grade_at_desk, self.name, batch, pure=False, retries=RETRIES)
        self._out[future] = batch

    def _result(self, future: Future) -> tuple[list[Graded], str]:
        """What a task gave back, the first of its batch first, and why it gave nothing."""
        try:
            return future.result(), ""
        except KilledWorker as error:  # also where the worker died after its result was announced
            times = error.allowed_failures + 1
            return [], f"its worker died {times} times, {error.last_worker.address} last: is there memory enough?"
        except Exception as error:
            if self._client.status != "running":
                raise self._lost() from error
            if isinstance(error, CancelledError):
                return [], "the cluster was restarted"
            return [], (str(error).strip() or type(error).__name__).splitlines()[0]

    def _after_failure(self, batch: list[Submission], reason: str) -> Iterator[Graded]:
        for submission in batch:
            if submission.student in self._tried:
                yield Graded(submission.student, reason=f"no worker of the cluster could grade it ({reason})")
            else:
                self._tried.add(submission.student)
                self._again.append(submission)

    def _threads(self) -> int:
        """Threads of the cluster at this moment.

        Raises
        ------
        CourseError
            If the scheduler is gone, or there has been no worker for long.
        """
        try:
            threads = sum(self._client.nthreads().values())
        except (OSError, RuntimeError) as error:
            raise self._lost() from error
        if threads:
            self._worker_seen = time.monotonic()
        elif time.monotonic() - self._worker_seen > NO_WORKER:
            raise _no_workers(self._address)
        return threads

    def _tell(self) -> None:
        awaited = {submission.student for batch in self._out.values() for submission in batch}
        now = time.monotonic()
        self._watch({student: now - since for student, since in list(self._now.values()) if student in awaited})

    def _lost(self) -> CourseError:
        return CourseError(
            f"the Dask scheduler at {self._address} is gone: start it again and run the command again; "
            "it continues where it was"
        )


async def _shake_hands(address: str) -> None:
    """Connect once, and let go: Dask's client would wait without end for a program that listens and says nothing."""
    (await connect(address, **Security().get_connection_args("client"))).abort()


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        asyncio.run(asyncio.wait_for(_shake_hands(address), CONNECT))
        with warnings.catch_warnings(action="ignore"):  # that versions differ: `_check_workers` says it better
            client = Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise CourseError(
            f"no Dask scheduler answers at {address!r}: start one with `dask scheduler`, or mend the address "
            "that follows --dask"
        ) from error
    try:
        yield client
    finally:
        client.close(timeout=CONNECT)


def _check_workers(client: Client, address: str, here: dict[str, str], fenced: bool) -> None:
    """Raise a CourseError unless there are workers, and all would grade as this machine does."""
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER)
    except TimeoutError:
        raise _no_workers(address) from None
    faults = {}
    for worker, there in client.run(about, fenced, on_error="return").items():
        fault = str(there) if isinstance(there, Exception) else differences(here, there)
        if fault:
            faults[worker] = fault
    if faults:
        worker, fault = next(iter(faults.items()))
        others = f" (and so {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise CourseError(
            f"the Dask worker {worker}{others} would not grade as this machine does: {fault}: give it the same "
            "packages, course (COHORT_ROOT) and datasets, and restart it"
        )


def _no_workers(address: str) -> CourseError:
    return CourseError(
        f"the Dask scheduler at {address} has no workers: start some with `dask worker {address}` and run the "
        "command again; it continues where it was"
    )


@contextmanager
def _log_to_file() -> Iterator[None]:
    """Let Dask talk to nbgrader's log, if that is open, and not to the terminal."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [logger.handlers for logger in loggers]
    files = [handler for handler in LOG.handlers if isinstance(handler, logging.FileHandler)]
    for logger in loggers:
        logger.handlers = [*files, logging.NullHandler()]
    try:
        yield
    finally:
        for logger, handlers in zip(loggers, before, strict=True):
            logger.handlers = handlers
