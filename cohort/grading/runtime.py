"""The folder in which a warm process and its forks work, and the removal of those that killed runs left behind."""

from __future__ import annotations

import fcntl
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from cohort.grading.collect import remove

_PREFIX = "cohort-grading-"


def new_runtime() -> tuple[Path, int]:
    """A folder, and an open file whose lock says that it is in use until this process ends or closes it."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = _locked(folder)
        # Another run's `sweep` may have come in between.
        if lock is not None and os.fstat(lock).st_nlink:
            folder.chmod(0o711)  # another user's process must be able to reach its folder in here
            return folder, lock
        if lock is not None:
            os.close(lock)


def sweep() -> None:
    """Remove the folders whose process was killed, so that it could not remove them itself."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        lock = _locked(folder)
        if lock is not None:
            remove(folder.parent, folder)
            os.close(lock)


def _locked(folder: Path) -> int | None:
    """The folder, opened and locked; None if it is in use, or not this user's."""
    with suppress(OSError):
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            if os.fstat(lock).st_uid == os.geteuid():
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return lock
        except OSError:
            pass
        os.close(lock)
    return None
