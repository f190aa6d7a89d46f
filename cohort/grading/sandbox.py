"""The sandbox that a submission runs in: no network, no file but its own, bounded memory, time, processes and disk."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cohort.grading import landlock, reach, seccomp
from cohort.grading.bubblewrap import bubblewrap
from cohort.grading.layers import Layer, below_floor, layers
from cohort.grading.limits import MB, SHARED_MEMORY, Limits, exceeded, tasks_of
from cohort.grading.own_user import become, closed_to_others, spare_uid
from cohort.grading.system import prctl

__all__ = ["Layer", "Limits", "Sandbox", "below_floor", "bubblewrap", "exceeded", "layers", "spare_uid"]

_NO_NEW_PRIVILEGES = 38


class Sandbox:
    """A sandbox made ready before the fork, so that a child enters it in about a millisecond.

    Parameters
    ----------
    limits : Limits
        What one submission may use.
    read : sequence of Path
        Files and folders to read beyond Python, this package and the system's libraries.

    Raises
    ------
    OSError
        If the kernel lacks Landlock or seccomp, or libseccomp is not installed.
    """

    def __init__(self, limits: Limits, read: Sequence[Path] = ()) -> None:
        if not landlock.version():
            raise OSError(errno.ENOSYS, "this kernel has no Landlock")
        self.limits = limits
        self._root = os.geteuid() == 0
        files = reach.installed(read)
        self._reads_any = self._root and closed_to_others(files) is not None
        self._shm = reach.shared_memory(self._reads_any)
        self._grants = [(path, landlock.READ) for path in (*files, *reach.told_by_kernel())]
        self._grants += [(device, landlock.READ | landlock.WRITE) for device in reach.DEVICES]
        self._grants += [(SHARED_MEMORY, landlock.UNLISTED)] if self._shm else []
        if reach.terminals(self._shm):
            self._grants += [(path, landlock.READ | landlock.WRITE) for path in reach.TERMINALS]
        self._filter = seccomp.compiled(shared_user=not self._root)
        self._narrow_filter = seccomp.compiled(shared_user=True)

    def enter(self, folder: Path, uid: int | None) -> None:
        """Put this process, a fresh fork with one thread, into the sandbox for good.

        It keeps its open files, its working directory and its environment.

        Parameters
        ----------
        folder : Path
            The only place it may write to, with all below it.
        uid : int or None
            From `spare_uid`: as root the user to become, else None.

        Raises
        ------
        OSError
            If any layer cannot be entered. The process must then not run what a student wrote.
        """
        if self._root != bool(uid):
            raise OSError(errno.EINVAL, "the sandbox needs a user of its own as root, and only then")
        bounds = self._bounds()
        # If the machine runs out of memory, the kernel ends this process before any other.
        with suppress(OSError):
            _write("/proc/self/oom_score_adj", b"1000")
        if uid:
            if self._shm == "private":
                reach.mount_own(self.limits.folder_mb)
            become(uid, self._reads_any)
        self._fence(folder)
        for kind, most in bounds.items():
            resource.setrlimit(kind, (most, most))
        seccomp.load(self._filter)

    def narrow(self, folder: Path) -> None:
        """Part this process, a fork of one in the sandbox, from the one it was forked from and from its other forks.

        It can no longer write to, read or signal what is theirs.

        Parameters
        ----------
        folder : Path
            The only place it may write to from now on. It lies inside the folder given to `enter`.

        Raises
        ------
        OSError
            If it fails, or Landlock here cannot keep signals apart (ABI below 6).
        """
        if landlock.version() < 6:
            raise OSError(errno.ENOSYS, "Landlock here cannot keep signals apart: needs Linux 6.12")
        self._fence(folder)
        if self._root:  # the files of the other forks now belong to its own user
            seccomp.load(self._narrow_filter)

    def _fence(self, folder: Path) -> None:
        rules = landlock.ruleset([*self._grants, (folder, landlock.READ | landlock.WRITE)])
        prctl(_NO_NEW_PRIVILEGES, 1)
        landlock.restrict(rules)

    def _bounds(self) -> dict[int, int]:
        limits = self.limits
        mapped = int(_read("/proc/self/statm").split()[0]) * resource.getpagesize()
        bounds = {
            resource.RLIMIT_AS: mapped + limits.memory_mb * MB,
            resource.RLIMIT_CPU: limits.cpu_seconds,
            resource.RLIMIT_NPROC: limits.processes + (0 if self._root else tasks_of(os.getuid())),
            resource.RLIMIT_NOFILE: limits.open_files,
            resource.RLIMIT_FSIZE: limits.file_mb * MB,
            resource.RLIMIT_MSGQUEUE: 0,
            resource.RLIMIT_CORE: 0,
        }
        for kind, most in bounds.items():
            hard = resource.getrlimit(kind)[1]
            bounds[kind] = most if hard == resource.RLIM_INFINITY else min(most, hard)
        return bounds


# Plain calls: the first steps after a fork each copy the memory pages that they touch, and pathlib touches many.
def _read(path: str) -> bytes:
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, 4096)
    finally:
        os.close(file)


def _write(path: str, content: bytes) -> None:
    file = os.open(path, os.O_WRONLY)
    try:
        os.write(file, content)
    finally:
        os.close(file)
