"""Bubblewrap around a whole warm process: a file tree of its own, a process space of its own, no network."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from cohort.grading import reach

# All that the submissions of one warm process put into /tmp and /dev/shm together, in bytes.
_SPACE = 512 << 20


def bubblewrap(command: list[str], read: Sequence[Path], write: Sequence[Path]) -> list[str]:
    """The command line that runs `command` inside bubblewrap; open files that are passed on stay open.

    Parameters
    ----------
    command : list of str
        A program and its arguments.
    read, write : sequence of Path
        Files and folders that exist in there too, beside Python and the system's libraries.
    """
    arguments = ["bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    arguments += ["--die-with-parent", "--new-session", "--proc", "/proc", "--dev", "/dev"]
    arguments += ["--perms", "1777", "--size", str(_SPACE), "--tmpfs", "/dev/shm"]
    arguments += ["--perms", "1777", "--size", str(_SPACE), "--tmpfs", "/tmp", "--ro-bind-try", "/sys", "/sys"]
    real = reach.installed(read)
    # Folders above those that are shown would be closed to the user that a submission runs as.
    above = {parent for path in [*real, *reach.wanted(read), *write] for parent in path.parents}
    for folder in sorted(above - {Path("/"), Path("/tmp"), Path("/dev")}):
        arguments += ["--perms", "0755", "--dir", str(folder)]
    for path in real:
        arguments += ["--ro-bind", str(path), str(path)]
    # Names that are links, such as /bin, or lie behind one.
    for path in reach.wanted(read):
        if not any(path.is_relative_to(folder) for folder in real):
            arguments += ["--symlink", str(path.readlink())] if path.is_symlink() else ["--ro-bind", str(path)]
            arguments.append(str(path))
    for path in write:
        arguments += ["--bind", str(path), str(path)]
    return [*arguments, "--", *command]


@cache
def failure() -> str | None:
    """Why bubblewrap cannot be used here, or None if it can."""
    if not shutil.which("bwrap"):
        return "the program bwrap is not installed"
    try:
        tried = subprocess.run(bubblewrap(["true"], [], []), capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    said = tried.stderr.strip().splitlines()
    return None if tried.returncode == 0 else (said or [f"bwrap ended with status {os.EX_OSERR}"])[-1]
