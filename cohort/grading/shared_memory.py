"""Empties the shared memory that a submission leaves behind, so that the next one finds none of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cohort.grading.limits import SHARED_MEMORY


def clear_shared_memory(keep: Iterable[int], uid: int | None, ours: bool) -> None:
    """Remove the files of a submission that has ended from ``/dev/shm``.

    Parameters
    ----------
    keep : iterable of int
        Processes that stay; a private ``/dev/shm`` of theirs, which later forks share, is emptied.
    uid : int or None
        The user that only the submission has: its files are removed.
    ours : bool
        Whether this process's ``/dev/shm`` is seen by submissions alone: then it is emptied.
    """
    with suppress(OSError):
        mine = SHARED_MEMORY.stat().st_dev
        if ours or uid is not None:
            _empty(SHARED_MEMORY, None if ours else uid)
        for pid in keep:
            with suppress(OSError):
                theirs = Path(f"/proc/{pid}/root{SHARED_MEMORY}")
                if theirs.stat().st_dev != mine:
                    _empty(theirs, None)


def _empty(folder: Path, uid: int | None) -> None:
    """Remove what belongs to a user in a folder, or all if none is named."""
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError, RecursionError):
                if uid is not None and entry.stat(follow_symlinks=False).st_uid != uid:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    Path(entry.path).unlink()
