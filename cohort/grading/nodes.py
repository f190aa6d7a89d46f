"""The worker's side of a zygote: a tree of processes, each after some cells, from which submissions fork.

The root has run no cell. A node's children are keyed by the cells that lead to them, and each node
keeps what those cells put out, so that a submission whose cells are the same so far can take the
outputs over and fork behind them.
"""

from __future__ import annotations

import base64
import itertools
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cohort.errors import CannotStart, CourseError
from cohort.grading import bubblewrap
from cohort.grading.channel import Channel
from cohort.grading.collect import collect, remove
from cohort.grading.limits import Limits
from cohort.grading.moment import bound_to
from cohort.grading.own_user import spare_uid
from cohort.grading.processes import end_orphans
from cohort.grading.runtime import new_runtime, sweep
from cohort.grading.warm import request

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


class Zygote:
    """A warm process and all that is forked from it. Close it, or use it in a ``with`` statement.

    Raises
    ------
    CourseError
        If it does not start.
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self._closed = False
        sweep()
        self.runtime, self._lock = new_runtime()
        _bring_fonts(self.runtime)
        self._numbers = itertools.count(1)
        # Why not, by the cells up to the one that is not shared: it would fail for each submission anew.
        self._not_shared: dict[tuple[str, ...], str] = {}
        channel, theirs = Channel.pair()
        command = [sys.executable, "-m", "cohort.grading.zygote", str(theirs.fileno())]
        environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        environment |= {name: value for name, value in os.environ.items() if name.startswith("LC_")}
        wrapped = setup.fenced and setup.bubblewrap and not bubblewrap.failure()
        if wrapped:
            command = bubblewrap.bubblewrap(command, setup.read, [self.runtime])
        self._log = self.runtime / "zygote.log"
        self._process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            cwd=self.runtime,
            env={**environment, **SETTINGS, **dict(setup.environment), "HOME": str(self.runtime)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._log.open("wb"),
            start_new_session=True,
        )
        theirs.close()
        read = [str(path) for path in setup.read]
        fences = {"fenced": setup.fenced, "limits": asdict(setup.limits), "read": read, "shm_is_ours": wrapped}
        channel.send(fences)
        ready = channel.receive()
        if not ready or "failed" in ready:
            reason = ready["failed"] if ready else self._last_words()
            self.close()
            raise CannotStart(f"the kernel of the grader did not start ({reason}): see `cohort doctor`")
        self.root = Node(ready["ready"], channel, self.runtime)

    def __enter__(self) -> Zygote:
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
        """
        number = next(self._numbers)
        fenced = fence and self.setup.fenced
        nested = node.fenced
        folder = (node.folder if nested else self.runtime) / str(number)
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
            raise CannotFork(str((answer or {}).get("failed", "it ended at once")))
        return Node(pid, channel, folder, uid, fenced)

    def can_be_forked(self, node: Node) -> str:
        """Why a process cannot be forked faithfully; empty if it can."""
        return self._ask("forkable", pid=node.pid, folder=str(node.folder))["reason"]

    def share(self, cells: list[str], files: dict[str, bytes], timeout: float) -> list[str]:
        """Run cells of the instructor once, for all submissions to come.

        Parameters
        ----------
        cells : list of str
            The code cells before the first that students answer in.
        files : dict
            Content of the files beside the notebook, by path.
        timeout : float
            Seconds that each may take.

        Returns
        -------
        list of str
            For each cell, why it is not shared, and so none behind it; empty for the shared ones.
        """
        self._forget_ended(self.root)
        node = self.root
        for number, code in enumerate(cells):
            way = tuple(cells[: number + 1])
            if way in self._not_shared:
                return [""] * number + [self._not_shared[way]] * (len(cells) - number)
            known = node.children.get((code,))
            if known and known.for_all:
                node = known
                continue
            if what := bound_to(code):
                self._not_shared[way] = f"it asks for {what}"
                node.channel.send({"do": "park"})
                return [""] * number + [self._not_shared[way]] * (len(cells) - number)
            fork = self.fork(node, files if node is self.root else {}, fence=False)
            outputs, reason = self._run(fork, code, timeout)
            fork.outputs, fork.for_all = [outputs], True
            node.children[code,] = fork
            reason = reason or self.can_be_forked(fork) or self._fails_to_fork(fork)
            if reason:
                del node.children[code,]
                self.end(fork)
                self._not_shared[way] = reason
                node.channel.send({"do": "park"})
                return [""] * number + [reason] * (len(cells) - number)
            node = fork
            if number == len(cells) - 1:
                node.channel.send({"do": "park"})
        return [""] * len(cells)

    def prepare(self, code: str, timeout: float) -> Node:
        """A node after code that leaves no name and counts as no cell; the root, if it says anything or fails.

        Parameters
        ----------
        code : str
            What to run, such as imports.
        timeout : float
            Seconds that it may take.
        """
        self._forget_ended(self.root)
        way = ("", code)  # no cell that runs is empty
        if way in self._not_shared:
            return self.root
        if way not in self.root.children:
            node = self.root.children[way] = self.fork(self.root, {}, fence=False)
            node.for_all = True
            outputs, reason = self._run(node, code, timeout, silent=True)
            said = {output["type"] for output in outputs} - {"status", "execute_input", "execute_reply"}
            if reason or said or self.can_be_forked(node) or self._fails_to_fork(node):
                self._not_shared[way] = reason or "it put something out"
                del self.root.children[way]
                self.end(node)
                return self.root
            node.channel.send({"do": "park"})
        return self.root.children[way]

    def _forget_ended(self, node: Node) -> None:
        for way, child in list(node.children.items()):
            if child.ended:
                for each in reversed(node.children.pop(way).all()):
                    self.end(each)
            else:
                self._forget_ended(child)

    def _fails_to_fork(self, node: Node) -> str:
        try:
            self.end(self.fork(node, {}, fence=False))
        except CannotFork as error:
            return str(error)
        return ""

    def _run(self, node: Node, code: str, timeout: float, silent: bool = False) -> tuple[list[dict[str, Any]], str]:
        message = request(code, silent=silent, store_history=not silent, allow_stdin=False, stop_on_error=False)
        node.channel.send({"do": "run", "message": message})
        node.channel.end.settimeout(timeout)
        outputs = []
        try:
            while True:
                output = node.channel.receive()
                if output is None:
                    return [], "it ended Python"
                outputs.append(output)
                if output["type"] == "error":
                    return [], "it raised an error"
                if output["type"] == "status" and output["content"]["execution_state"] == "idle":
                    return outputs, ""
        except TimeoutError:
            return [], f"it took more than {timeout:g} s"
        finally:
            node.channel.end.settimeout(None)

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

    def furthest(self, cells: list[str], for_all: bool = False) -> tuple[Node, list[list[dict[str, Any]]]]:
        """The node furthest along these cells, `for_all` or of any kind, and the outputs on the way to it."""
        node, outputs = self.root, []
        while True:
            ahead = tuple(cells[len(outputs) :])
            for way, child in node.children.items():
                if ahead[: len(way)] == way and (child.for_all or not for_all):
                    node, outputs = child, outputs + child.outputs
                    break
            else:
                return node, outputs

    def prune(self, cells: list[str]) -> None:
        """End the nodes of submissions that do not lie on the way of these cells."""
        self._prune(self.root, tuple(cells))

    def _prune(self, node: Node, ahead: tuple[str, ...] | None) -> None:
        for way, child in list(node.children.items()):
            if ahead is not None and ahead[: len(way)] == way:
                self._prune(child, ahead[len(way) :])
            elif child.for_all:
                self._prune(child, None)
            else:
                for each in reversed(node.children.pop(way).all()):
                    self.end(each)

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


def _bring_fonts(home: Path) -> None:
    """Give a new home matplotlib's list of fonts: making it takes seconds, and says so on stderr."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    for found in (cache / "matplotlib").glob("fontlist-*.json"):
        target = home / ".cache" / "matplotlib" / found.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found, target)
