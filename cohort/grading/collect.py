"""Takes what a submission left in its folder, which it may have laid out as a trap, and removes the folder."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cohort.grading.limits import DEEPEST, MB, Limits

# Files that were there before carry this time (ns), so that what a submission wrote can be told.
GIVEN = 10**18

# A link is refused; a pipe does not wait for who writes to it.
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


@dataclass
class Left:
    """What a submission left.

    Attributes
    ----------
    files : dict
        Content of each file that it wrote or changed, by path.
    kept : set of str
        Files that it was given and left as they were.
    excess : str
        Which limit the files break, in words; empty if none.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    excess: str = ""


def collect(runtime: Path, folder: Path, limits: Limits) -> Left:
    """The plain files below ``work`` in a submission's folder; links, pipes and sockets are passed by.

    Every name is opened in the folder above it, never by its path, so no link leads out, not even one
    that takes a folder's place meanwhile.

    Parameters
    ----------
    runtime : Path
        A folder that the submission cannot change.
    folder : Path
        The submission's, anywhere below.
    limits : Limits
        How many files, and of what size, are taken at most.
    """
    left = Left()
    size = 0
    with _opened(runtime, folder / "work") as work:
        for name, file in _plain_files(work) if work is not None else ():
            about = os.fstat(file)
            if about.st_mtime_ns == GIVEN:
                left.kept.add(name)
                continue
            size += about.st_size
            if size > limits.folder_mb * MB:
                left.excess = f"wrote more than {limits.folder_mb} MB of files"
                break
            if len(left.files) == limits.folder_files:
                left.excess = f"made more than {limits.folder_files} files"
                break
            with os.fdopen(os.dup(file), "rb") as content:
                left.files[name] = content.read()
    return left


def remove(runtime: Path, folder: Path) -> None:
    """Remove a submission's folder below `runtime`, however deep; what cannot be removed stays."""
    with _opened(runtime, folder.parent) as parent:
        if parent is None:
            return
        with suppress(RecursionError):
            shutil.rmtree(folder.name, ignore_errors=True, dir_fd=parent)
        if _exists(folder.name, parent):
            command = ["rm", "-rf", "--", folder.name]
            subprocess.run(command, cwd=f"/proc/{os.getpid()}/fd/{parent}", stderr=subprocess.DEVNULL, check=False)


@contextmanager
def _opened(runtime: Path, folder: Path) -> Iterator[int | None]:
    """A folder below `runtime`, opened step by step; None if a step is missing or a link."""
    place: int | None = os.open(runtime, _OPEN | os.O_DIRECTORY)
    try:
        for part in folder.relative_to(runtime).parts:
            above = place
            try:
                place = os.open(part, _OPEN | os.O_DIRECTORY, dir_fd=above)
            except OSError:
                place = None
                break
            finally:
                os.close(above)
        yield place
    finally:
        if place is not None:
            os.close(place)


def _plain_files(place: int, above: str = "", depth: int = 0) -> Iterator[tuple[str, int]]:
    """The path of each plain file below an opened folder, and the file opened."""
    for name in sorted(os.listdir(place)):
        try:
            file = os.open(name, _OPEN, dir_fd=place)
        except OSError:
            continue
        try:
            mode = os.fstat(file).st_mode
            if stat.S_ISREG(mode):
                yield f"{above}{name}", file
            elif stat.S_ISDIR(mode) and depth < DEEPEST:
                yield from _plain_files(file, f"{above}{name}/", depth + 1)
        finally:
            os.close(file)


def _exists(name: str, parent: int) -> bool:
    try:
        os.lstat(name, dir_fd=parent)
    except OSError:
        return False
    return True
