"""The one exception for problems that the user can mend."""

from __future__ import annotations

import errno
from pathlib import Path


class CourseError(Exception):
    """A problem whose message names the file and the mend, in one line for each fault.

    The command line prints it without a traceback and exits with 1.
    """


class GradebookError(CourseError):
    """The gradebook cannot be used: no submission is to blame, and all further work would fail."""


class CannotStart(CourseError):
    """The grader's kernel cannot be started on this machine: no submission is to blame."""


def exhausted(error: OSError) -> CourseError | None:
    """The mend where the whole machine has run out of something, or None if `error` is something else."""
    what = {errno.EMFILE: "open files", errno.ENFILE: "open files", errno.ENOMEM: "memory", errno.EAGAIN: "processes"}
    if error.errno not in what:
        return full_disk(error)
    return CourseError(
        f"this machine has no more {what[error.errno]} to give ({error.strerror}): end other programs or use fewer "
        "workers, and run the same command again; it continues where it was"
    )


def full_disk(error: OSError) -> CourseError | None:
    """The mend for a full disk, quota or file size limit, or None if `error` is something else."""
    if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return None
    where = f" while writing {error.filename}" if error.filename else ""
    return CourseError(
        f"no space left on the disk{where}: free some space and run the same command again; it continues where it was"
    )


def must_exist(path: Path, mend: str) -> Path:
    """`path` itself, or a CourseError that names it and says how to mend it."""
    if not path.exists():
        raise CourseError(f"{path} does not exist: {mend}")
    return path
