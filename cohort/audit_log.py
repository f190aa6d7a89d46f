"""The audit log: what was done to grades, who did it, when, why, and from which commit.

A line of JSON for each event in ``audit.jsonl`` beside the cohort's gradebook, only ever added to.
It names students: it is personal data.
"""

from __future__ import annotations

import getpass
import json
import os
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from cohort import tree
from cohort.course import cohort_folder
from cohort.errors import CourseError

NO_GIT = "no git"
# A reason that is shorter tells nobody anything.
SHORTEST = 10


@dataclass(frozen=True)
class Run:
    """What the events of one command have in common.

    Attributes
    ----------
    run : str
        A name of its own.
    command, module, why : str
        What was done to which assignment, and the reason that a person gave.
    who : dict
        Name, and e-mail address where known; ``from`` says whether git or the system told it.
    commit : str
        The commit of the tree; ``no git`` where there is none.
    differs : bool or None
        Whether the source of the assignment is not just what that commit has; None without git.
    """

    run: str
    command: str
    module: str
    why: str
    who: dict[str, str]
    commit: str
    differs: bool | None


def begin(command: str, module: str, why: str) -> Run:
    """A run by whoever is at work, from the tree as it is; nothing is written yet.

    Raises
    ------
    CourseError
        If the reason is too short to be one.
    """
    why = reason(why)
    commit = _git("rev-parse", "HEAD")
    # A tree that git ignores, such as an installed copy inside another checkout, is in no commit either.
    state = _git("status", "--porcelain", "--ignored", "--", f"source/{module}") if commit else None
    differs = None if state is None else bool(state)
    return Run(uuid4().hex[:12], command, module, why, _who(), commit or NO_GIT, differs)


def reason(why: str) -> str:
    """The reason that a person gives, or a CourseError if it says nothing."""
    if len(why.strip()) < SHORTEST:
        raise CourseError(f"say in a few words why (at least {SHORTEST} letters): the audit log keeps it")
    return why.strip()


def record(run: Run, event: str, **what: object) -> None:
    """Add an event to the log; when this returns it is on the disk.

    Parameters
    ----------
    run : Run
        The run that it belongs to, as `begin` gives it.
    event : str
        A word: ``intended``, ``applied``, ``finished``.
    **what : object
        What happened, as JSON can hold it.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    entry = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "event": event} | asdict(run) | what
    line = json.dumps(entry, ensure_ascii=False) + "\n"
    file = os.open(path(), os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.fchmod(file, 0o600)
        size = os.fstat(file).st_size
        if size and os.pread(file, 1, size - 1) != b"\n":
            line = "\n" + line  # a line that a crash cut short must not take this one with it
        rest = line.encode(errors="backslashreplace")
        while rest:
            rest = rest[os.write(file, rest) :]
        os.fsync(file)
    finally:
        os.close(file)


def entries(module: str | None = None) -> tuple[list[dict], list[int]]:
    """The events in order, of one assignment or of all, and the numbers of lines that are none.

    A line is none if a crash cut it short, or somebody edited the log.
    """
    found, damaged = [], []
    lines = path().read_text(encoding="utf-8", errors="replace").split("\n") if path().exists() else []
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            entry = json.loads(line)
            if module in (None, entry["module"]):
                found.append(entry)
        except (ValueError, TypeError, KeyError):
            damaged.append(number)
    return found, damaged


def path() -> Path:
    """Where the log of the current cohort is."""
    return cohort_folder() / "audit.jsonl"


def _who() -> dict[str, str]:
    if name := _git("config", "user.name"):
        return {"name": name, "email": _git("config", "user.email") or "", "from": "git"}
    try:
        return {"name": getpass.getuser(), "from": "system"}
    except (KeyError, OSError):  # an account that has no name
        return {"name": f"user {os.getuid()}", "from": "system"}


def _git(*arguments: str) -> str | None:
    """What git says; None if there is no git, no repository, or no answer."""
    command = ["git", "--no-optional-locks", "-C", str(tree.root()), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
