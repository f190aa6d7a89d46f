"""A user of its own for each submission, where the grader is root."""

from __future__ import annotations

import ctypes
import fcntl
import os
import stat
import sys
import sysconfig
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from cohort.grading.system import checked, libc, prctl

# Between the numbers that directories of users hand out and those that systemd does.
_FIRST, _SLOTS, _WIDTH = 2_100_000_000, 500, 100

# Numbers of linux/prctl.h and linux/capability.h.
_KEEP_CAPABILITIES, _SET_DUMPABLE, _AMBIENT, _RAISE = 8, 4, 47, 2
_CAPABILITY_VERSION, _READ_ANY_FILE = 0x20080522, 2


def spare_uid(n: int) -> int | None:
    """A user number that nobody else has.

    This process first reserves a range of 100 numbers: it holds a lock on a file in ``/run/cohort-users``
    (or in ``/tmp``) until it ends, and takes only a range in which no process runs.

    Parameters
    ----------
    n : int
        Which of the range, modulo 100; a number whose processes have all ended can be used again.

    Returns
    -------
    int or None
        None for an ordinary user, who cannot run anything as another one.

    Raises
    ------
    OSError
        If no range is free.
    """
    if os.geteuid() != 0:
        return None
    return _reserve(os.getpid()) + n % _WIDTH


@cache
def _reserve(pid: int) -> int:
    # By process, as a fork does not inherit the lock.
    first = _first()
    if first is None:
        raise OSError(f"this container has fewer than {_SLOTS * _WIDTH} user numbers")
    folder = _lock_folder()
    # Containers may share the numbers but not the folder: a start by chance makes it unlikely that they meet.
    start = int.from_bytes(os.urandom(2))
    for slot in ((start + step) % _SLOTS for step in range(_SLOTS)):
        lock = os.open(folder / str(slot), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            continue
        base = first + slot * _WIDTH
        if not any(base <= uid < base + _WIDTH for uid in _users_running()):
            return base  # the lock stays open, and so held, until this process ends
        os.close(lock)
    raise OSError("all user numbers for submissions are in use")


def _first() -> int | None:
    """The first of the user numbers; inside a container with few of them, the highest that fit."""
    last = 0
    for line in Path("/proc/self/uid_map").read_text().splitlines():
        inside, _, count = map(int, line.split())
        last = max(last, inside + count)
    first = min(_FIRST, last - _SLOTS * _WIDTH)
    return first if first > 1000 else None


def _lock_folder() -> Path:
    for place in ("/run", "/tmp"):
        folder = Path(place, "cohort-users")
        with suppress(OSError):
            folder.mkdir(mode=0o700, exist_ok=True)
            about = folder.lstat()
            if about.st_uid == 0 and stat.S_ISDIR(about.st_mode):
                return folder
    raise OSError("neither /run nor /tmp can hold the locks of user numbers")


def _users_running() -> set[int]:
    users = set()
    for entry in os.scandir("/proc"):
        with suppress(OSError):
            if entry.name.isdecimal():
                users.add(entry.stat().st_uid)
    return users


def become(uid: int, reads_any: bool) -> None:
    """Give up root for the user `uid`, for good.

    Parameters
    ----------
    uid : int
        From `spare_uid`.
    reads_any : bool
        Keep one right of root: to read files whatever their mode. Landlock then says which.

    Raises
    ------
    OSError
        If the system refuses.
    """
    if reads_any:
        prctl(_KEEP_CAPABILITIES, 1)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    if reads_any:
        mask = 1 << _READ_ANY_FILE
        header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
        checked(libc.capset(header, (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)), "capset")
        prctl(_AMBIENT, _RAISE, _READ_ANY_FILE)  # so that programs it starts can read Python too
    # A change of user hides a process from itself in /proc. Landlock and seccomp stop tracing, not this mark.
    prctl(_SET_DUMPABLE, 1)


def closed_to_others(paths: Sequence[Path]) -> Path | None:
    """The first of these paths, or of Python's own files, that an ordinary user cannot reach; None if all are open."""
    python = [sys.executable, os.__file__, ctypes.__file__, __file__, sysconfig.get_path("purelib")]
    for path in [*paths, *map(Path, python)]:
        real = path.resolve()
        need = stat.S_IROTH | stat.S_IXOTH if real.is_dir() else stat.S_IROTH
        modes = [place.stat().st_mode & stat.S_IXOTH for place in real.parents]
        if not all(modes) or real.stat().st_mode & need != need:
            return path
    return None
