"""What one submission may use, and the watch that finds out if it used more."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MB = 1 << 20
SHARED_MEMORY = Path("/dev/shm")
# Folders in one another; what lies deeper could not be watched, as no path reaches it.
DEEPEST = 100


@dataclass(frozen=True)
class Limits:
    """What one submission may use. One MB is 1,048,576 bytes.

    Attributes
    ----------
    memory_mb : int
        Address space of each process above what the warm process maps already, and memory of all its
        processes together, in MB.
    cpu_seconds : int
        Processor time of each process.
    processes : int
        Processes and threads at once. As an ordinary user, the user's tasks of the moment come on top.
    open_files : int
        Files that each process may have open.
    file_mb : int
        Size of one file, in MB.
    folder_mb : int
        All files of its folder, deleted ones that it holds open, and shared memory together, in MB.
    folder_files : int
        Number of files and folders in there.
    """

    memory_mb: int = 2048
    cpu_seconds: int = 600
    processes: int = 64
    open_files: int = 256
    file_mb: int = 100
    folder_mb: int = 200
    folder_files: int = 10_000


def exceeded(limits: Limits, pids: Iterable[int], folder: Path, uid: int | None) -> str | None:
    """Which limit the processes of a submission broke together, if any.

    The kernel enforces limits for each process; this adds them up. Called about four times a second.

    Parameters
    ----------
    limits : Limits
        What it may use.
    pids : iterable of int
        Its processes, as far as known.
    folder : Path
        Its folder.
    uid : int or None
        The user that only it has: then all processes of this user and its shared memory count too.

    Returns
    -------
    str or None
        In words, such as "used more than 2048 MB of memory".
    """
    running = set(pids) | (set(processes_of(uid)) if uid is not None else set())
    most = limits.memory_mb * MB
    # The quick sum counts what processes share once for each; the exact one takes the kernel milliseconds.
    if sum(map(_resident, running)) > most and sum(map(_fair_share, running)) > most:
        return f"used more than {limits.memory_mb} MB of memory"
    size = 0
    try:
        for files, about in enumerate(_all_files(running, folder, uid), start=1):
            size += about.st_blocks * 512
            if size > limits.folder_mb * MB:
                return f"wrote more than {limits.folder_mb} MB of files"
            if files > limits.folder_files:
                return f"made more than {limits.folder_files} files"
    except _TooDeep:
        return f"made more than {DEEPEST} folders in one another"
    return None


def processes_of(uid: int) -> Iterator[int]:
    """The processes that run as a user now."""
    for entry in os.scandir("/proc"):
        with suppress(OSError):
            if entry.name.isdecimal() and entry.stat().st_uid == uid:
                yield int(entry.name)


def tasks_of(uid: int) -> int:
    """How many processes and threads a user has now."""
    total = 0
    for pid in processes_of(uid):
        with suppress(OSError):
            total += Path(f"/proc/{pid}/task").stat().st_nlink - 2
    return total


def _all_files(pids: Iterable[int], folder: Path, uid: int | None) -> Iterator[os.stat_result]:
    yield from _files_below(folder)
    if uid is not None:
        yield from (about for about in _files_below(SHARED_MEMORY) if about.st_uid == uid)
    deleted = {}
    for pid in pids:
        # Its shared memory may be a mount that only it sees.
        if uid is not None and not deleted:
            with suppress(OSError):
                theirs = Path(f"/proc/{pid}/root{SHARED_MEMORY}")
                if theirs.stat().st_dev != SHARED_MEMORY.stat().st_dev:
                    yield from _files_below(theirs)
        deleted |= {(about.st_dev, about.st_ino): about for about in (*_deleted(pid), *_mapped(pid))}
    yield from deleted.values()


class _TooDeep(Exception):
    """Folders lie in one another so deep that they cannot be looked into."""


def _files_below(folder: Path | str, depth: int = 0) -> Iterator[os.stat_result]:
    if depth > DEEPEST:
        raise _TooDeep
    try:
        entries = os.scandir(folder)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise _TooDeep from error
        return
    with entries:
        for entry in entries:
            with suppress(OSError):
                about = entry.stat(follow_symlinks=False)
                yield about
                if stat.S_ISDIR(about.st_mode):
                    yield from _files_below(entry.path, depth + 1)


def _deleted(pid: int) -> Iterator[os.stat_result]:
    """Files that have no name any more but still take space, as a process holds them open."""
    with suppress(OSError), os.scandir(f"/proc/{pid}/fd") as entries:
        for entry in entries:
            with suppress(OSError):
                about = entry.stat()
                if stat.S_ISREG(about.st_mode) and about.st_nlink == 0:
                    yield about


def _mapped(pid: int) -> Iterator[os.stat_result]:
    """Deleted files that a process holds in its memory only; the kernel tells their size to root alone."""
    with suppress(OSError), Path(f"/proc/{pid}/maps").open("rb") as lines:
        for line in lines:
            # /dev/zero stands for memory that processes share, which counts as memory.
            if line.endswith(b" (deleted)\n") and b"/dev/zero" not in line:
                start, end = (int(number, 16) for number in line.split(None, 1)[0].split(b"-"))
                with suppress(OSError):
                    yield Path(f"/proc/{pid}/map_files/{start:x}-{end:x}").stat()


def _resident(pid: int) -> int:
    """Bytes of memory and swap of a process, what it shares with others included."""
    return _kilobytes(pid, "status", ("VmRSS:", "VmSwap:")) * 1024


def _fair_share(pid: int) -> int:
    """Bytes of memory and swap of a process, each shared page divided among those that share it."""
    share = _kilobytes(pid, "smaps_rollup", ("Pss:", "SwapPss:")) * 1024
    return share or _resident(pid)  # in some containers the kernel does not tell


def _kilobytes(pid: int, name: str, fields: tuple[str, ...]) -> int:
    try:
        lines = Path(f"/proc/{pid}/{name}").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(fields))
