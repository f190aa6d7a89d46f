"""Runs a command and measures what it takes: seconds, processor seconds, memory; all its children included."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36  # <linux/prctl.h>


@dataclass(frozen=True)
class Sample:
    """What ran at one moment; memory that processes share counts once (PSS)."""

    at: float
    megabytes: float
    processes: int
    descriptors: int


@dataclass(frozen=True)
class Run:
    """A command that has ended: when it began (seconds since 1970), what it took, what it printed.

    `left_over` names the processes below it that still ran some seconds after its end.
    """

    began: float
    seconds: float
    cpu_seconds: float
    output: str
    errors: str
    samples: list[Sample]
    left_over: list[str]

    @property
    def peak_mb(self) -> float:
        """The most memory in any sample."""
        return max((sample.megabytes for sample in self.samples), default=float("nan"))


def watch(command: list[str], folder: Path, every: float = 0.25) -> Run:
    """Run a command in a folder, and look at it and all below it every `every` seconds.

    Raises
    ------
    RuntimeError
        If the command fails; the message ends with the end of its output.
    """
    # Whoever loses its parent becomes our child, so that its processor time is counted too.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    samples: list[Sample] = []
    over = threading.Event()
    before, began = _cpu_of_children(), time.time()

    def look() -> None:
        while not over.wait(every):
            samples.append(_sample(time.time()))

    environment = {key: value for key, value in os.environ.items() if key != "COHORT"}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        looking = threading.Thread(target=look, daemon=True)
        looking.start()
        output, errors = process.communicate()
        seconds = time.time() - began
        over.set()
        looking.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {errors[-2000:]}")
    left_over = _names_after(seconds=3)
    return Run(began, seconds, _cpu_of_children() - before, output, errors, samples, left_over)


def _names_after(seconds: float) -> list[str]:
    """What still runs below us when that time is over; what has ended by then is collected."""
    until = time.monotonic() + seconds
    while True:
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        left = list(_below(os.getpid()))
        if not left or time.monotonic() > until:
            return [Path(f"/proc/{process}/comm").read_text().strip() for process in left]
        time.sleep(0.05)


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _sample(at: float) -> Sample:
    kilobytes, processes, descriptors = 0, 0, 0
    for process in _below(os.getpid()):
        with suppress(OSError):  # it has ended since
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
            kilobytes += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
            processes += 1
            descriptors += len(os.listdir(f"/proc/{process}/fd"))  # noqa: PTH208 (no Path for each)
    return Sample(at, kilobytes * 1024 / 1e6, processes, descriptors)


def _below(process: int) -> Iterator[int]:
    """All descendants of a process."""
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, tasks.read_text().split()):
                yield child
                yield from _below(child)
