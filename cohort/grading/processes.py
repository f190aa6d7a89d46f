"""What the kernel tells about processes, under /proc."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36

_adopts = False


def adopt_orphans() -> None:
    """Become the parent of all below whose own parent ends, so that none can get away."""
    global _adopts
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        _adopts = True


def end_orphans() -> None:
    """End all below this process, if it adopts orphans: nothing else is below it then."""
    while _adopts and (found := descendants(os.getpid())):
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def descendants(pid: int) -> list[int]:
    """The processes that `pid` started, those that they started, and so on; empty where there is no /proc."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        with suppress(OSError):  # it ended meanwhile
            for task in Path("/proc", str(waiting.pop()), "task").iterdir():
                children = [int(child) for child in (task / "children").read_text().split()]
                found += children
                waiting += children
    return found


def private_mb(pid: int) -> float | None:
    """Memory that a process shares with no other, in megabytes of 10^6 bytes; None if it is gone."""
    try:
        lines = Path("/proc", str(pid), "smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    kilobytes = sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
    return kilobytes * 1024 / 1e6
