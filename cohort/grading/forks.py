"""The worker's side of a warm process and of the processes that are forked from it."""

from __future__ import annotations

import base64
import itertools
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from cohort.errors import CannotStart, CourseError, exhausted
from cohort.grading import bubblewrap
from cohort.grading.channel import Channel
from cohort.grading.collect import collect, remove
from cohort.grading.limits import Limits
from cohort.grading.own_user import spare_uid
from cohort.grading.processes import end_orphans
from cohort.grading.runtime import new_runtime, sweep

# What a kernel is told of the environment that grading runs in; everything else stays outside.
ENVIRONMENT = ("PATH", "LANG", "LANGUAGE", "TZ")
# One thread a process, as a fork has only the thread that forked; and the backend that ipykernel sets.
SETTINGS = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    # The user that a submission runs as has no entry in /etc/passwd.
    "USER": "student",
    "LOGNAME": "student",
}

# Seconds for a fork to come up; what a student's code has spoilt may never.
ANSWERS_WITHIN = 15


class CannotFork(CourseError):
    """A process could not be forked; the message says why."""


@dataclass(frozen=True)
class Setup:
    """How a zygote is started.

    Attributes
    ----------
    fenced : bool
        Whether submissions run in the sandbox.
    limits : Limits
        What one submission may use.
    read : tuple of Path
        Folders and files that submissions may read, besides Python and the system's own.
    environment : tuple of pairs of str
        Variables to set for the cells; of the grader's own they see a few harmless ones.
    bubblewrap : bool
        Whether to use bubblewrap where it can be.
    """

    fenced: bool = True
    limits: Limits = field(default_factory=Limits)
    read: tuple[Path, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    bubblewrap: bool = True


@dataclass
class Node:
    """A process that waits after some cells.

    `outputs` are the messages of each cell on the way from the node above. `children` are the nodes
    below, by the cells on the way to them. `for_all` tells a node of the instructor's own cells.
    """

    pid: int
    channel: Channel
    folder: Path
    uid: int | None = None
    fenced: bool = False
    for_all: bool = False
    outputs: list[list[dict[str, Any]]] = field(default_factory=list)
    children: dict[tuple[str, ...], Node] = field(default_factory=dict)

    @property
    def ended(self) -> bool:
        """Whether the process is gone."""
        try:
            return not self.channel.end.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def all(self) -> list[Node]:
        """The node and all below it."""
        return [self, *itertools.chain.from_iterable(child.all() for child in self.children.values())]


@dataclass(frozen=True)
class End:
    """What a process left behind.

    Attributes
    ----------
    files : dict
        Content of each file that it wrote or changed, by path in its working folder.
    kept : frozenset of str
        Files that it was given and left as they were.
    excess : str
        Which limit its files broke, in words; empty if none.
    exit : int or None
        Its exit status; the negative number of a signal that ended it.
    cpu_seconds : float
        Processor time it used.
    private_mb : float or None
        Memory that it shared with no other process, in megabytes, if it was measured.
    """

    files: dict[str, bytes]
    kept: frozenset[str]
    excess: str
    exit: int | None
    cpu_seconds: float
    private_mb: float | None


class Forks:
    """A warm process and all that is forked from it. Close it, or use it in a ``with`` statement.

    Raises
    ------
    CourseError
        If it does not start.
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self._closed = False
        self._numbers = itertools.count(1)
        wrapped = setup.fenced and setup.bubblewrap and not bubblewrap.failure()
        sweep()
        with _starting():
            self.runtime, self._lock = new_runtime()
            _bring_fonts(self.runtime)
            channel = self._start(wrapped)
        read = [str(path) for path in setup.read]
        fences = {"fenced": setup.fenced, "limits": asdict(setup.limits), "read": read, "shm_is_ours": wrapped}
        channel.send(fences)
        ready = channel.receive()
        if not ready or "failed" in ready:
            reason = ready["failed"] if ready else self._last_words()
            self.close()
            raise CannotStart(f"the kernel of the grader did not start ({reason}): see `cohort doctor`")
        self.root = Node(ready["ready"], channel, self.runtime)

    def _start(self, wrapped: bool) -> Channel:
        channel, theirs = Channel.pair()
        command = [sys.executable, "-m", "cohort.grading.zygote", str(theirs.fileno())]
        if wrapped:
            command = bubblewrap.bubblewrap(command, self.setup.read, [self.runtime])
        environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        environment |= {name: value for name, value in os.environ.items() if name.startswith("LC_")}
        self._log = self.runtime / "zygote.log"
        self._process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            cwd=self.runtime,
            env={**environment, **SETTINGS, **dict(self.setup.environment), "HOME": str(self.runtime)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._log.open("wb"),
            start_new_session=True,
        )
        theirs.close()
        return channel

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether the root is still there."""
        return self._process.poll() is None

    def fork(self, node: Node, files: dict[str, bytes], fence: bool = True) -> Node:
        """A process that goes on where `node` stands, in a folder of its own.

        Parameters
        ----------
        node : Node
            Where to go on.
        files : dict
            Content of files to put into the new folder, by path; what `node` wrote is there too.
        fence : bool
            False for cells that the instructor wrote.

        Raises
        ------
        CannotFork
            If the process of `node` cannot be forked, or the sandbox could not be entered.
        CannotStart
            If the machine has run out of something.
        """
        number = next(self._numbers)
        fenced = fence and self.setup.fenced
        nested = node.fenced
        folder = (node.folder if nested else self.runtime) / str(number)
        with _starting():
            uid = node.uid if nested else spare_uid(number) if fenced else None
            channel, theirs = Channel.pair()
        fork = {
            "do": "fork",
            "folder": str(folder),
            "copy": node is not self.root,
            "fence": fenced and not nested,
            "uid": None if nested else uid,
        }
        try:
            node.channel.send(fork, theirs.fileno())
        except OSError as error:
            raise CannotFork(f"the process before it is gone ({error})") from error
        finally:
            theirs.close()
        # What answers may be a student's: it may say nothing, nonsense, or the number of another process.
        channel.end.settimeout(ANSWERS_WITHIN)
        given = {name: base64.b64encode(content).decode() for name, content in files.items()}
        try:
            channel.send({"files": given})
            answer = channel.receive()
        except (OSError, ValueError, RecursionError) as error:
            channel.close()
            raise CannotFork("it does not answer") from error
        channel.end.settimeout(None)
        pid = (answer or {}).get("ready")
        if not isinstance(pid, int) or pid < 2 or pid in self._kept():
            channel.close()
            failed = answer or {}
            if not node.fenced and (fault := exhausted(OSError(failed.get("errno"), failed.get("failed")))):
                raise CannotStart(str(fault))
            raise CannotFork(str(failed.get("failed", "it ended at once")))
        return Node(pid, channel, folder, uid, fenced)

    def can_be_forked(self, node: Node) -> str:
        """Why a process cannot be forked faithfully; empty if it can."""
        return self._ask("forkable", pid=node.pid, folder=str(node.folder))["reason"]

    def check(self, node: Node) -> tuple[bool, str]:
        """Whether a process lives, and which limit it broke, if it did: then it is ended."""
        kept, parked = self._kept(), self._parked(node)
        answer = self._ask("check", pid=node.pid, keep=kept, parked=parked, folder=str(node.folder), uid=node.uid)
        return answer["alive"], answer["reason"]

    def interrupt(self, node: Node) -> None:
        """Interrupt what a process is doing, as Ctrl-C would."""
        self._ask("interrupt", pid=node.pid)

    def end(self, node: Node, measure: bool = False) -> End:
        """End a process and whatever it started, and take what it wrote."""
        kept = [pid for pid in self._kept() if pid != node.pid]
        answer = self._ask("end", pid=node.pid, keep=kept, parked=self._parked(node), uid=node.uid, measure=measure)
        node.channel.close()
        left = collect(self.runtime, node.folder, self.setup.limits)
        remove(self.runtime, node.folder)
        return End(
            files=left.files,
            kept=frozenset(left.kept),
            excess=left.excess,
            exit=answer.get("exit"),
            cpu_seconds=answer.get("cpu_seconds", 0.0),
            private_mb=answer["private_mb"],
        )

    def close(self) -> None:
        """End everything; again, it does nothing."""
        if self._closed:
            return
        self._closed = True
        root = getattr(self, "root", None)
        for node in root.all() if root else []:
            node.channel.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        end_orphans()
        remove(self.runtime.parent, self.runtime)
        os.close(self._lock)

    def _kept(self) -> list[int]:
        return [node.pid for node in self.root.all()]

    def _parked(self, node: Node) -> list[int]:
        return [each.pid for each in self.root.all() if each.fenced and each is not node]

    def _ask(self, what: str, **about: Any) -> dict[str, Any]:
        try:
            self.root.channel.send({"do": what, **about})
            answer = self.root.channel.receive()
        except OSError:
            answer = None
        if answer is None:
            raise CannotFork(f"the kernel of the grader ended by itself ({self._last_words()}): run the command again")
        return answer

    def _last_words(self) -> str:
        said = self._log.read_text(errors="replace").strip() if self._log.exists() else ""
        return (said or "it gave no reason").splitlines()[-1]


@contextmanager
def _starting() -> Iterator[None]:
    """Say that it is the machine where it refuses what every submission needs."""
    try:
        yield
    except OSError as error:
        fault = exhausted(error) or f"the grader's kernel cannot be started ({error}): see `cohort doctor`"
        raise CannotStart(str(fault)) from error


def _bring_fonts(home: Path) -> None:
    """Give a new home matplotlib's list of fonts: making it takes seconds, and says so on stderr."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    for found in (cache / "matplotlib").glob("fontlist-*.json"):
        target = home / ".cache" / "matplotlib" / found.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found, target)
