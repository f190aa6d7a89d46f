"""The process that is warm: it runs the cells that all submissions share, once, and forks for each submission.

Run as ``python -m cohort.grading.zygote FD``; FD is the socket to the worker that started it. Every
process here is a kernel that reads one request after another. The first one, the root, is the only
one that is never fenced in: it forks, watches, ends and reaps the others, which are all its
descendants. The others run cells, and can be forked again.
"""

from __future__ import annotations

import gc
import os
import random
import signal
import socket
import sys
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cohort.grading import warm
from cohort.grading.channel import Channel
from cohort.grading.dice import throw, throw_again
from cohort.grading.judge import hear
from cohort.grading.kernel import Kernel
from cohort.grading.limits import Limits, exceeded
from cohort.grading.processes import adopt_orphans, descendants, private_mb
from cohort.grading.sandbox import Sandbox
from cohort.grading.settle import settle
from cohort.grading.shared_memory import clear_shared_memory
from cohort.grading.witness import Witness

# Seconds in which all that a submission started is killed, unless it starts more all the time.
PATIENCE = 2


class Process:
    """This process: a kernel, its folder, and the channel on which it takes requests."""

    def __init__(self, channel: Channel, setup: dict[str, Any]) -> None:
        self.channel = channel
        self.limits = Limits(**setup["limits"])
        self.sandbox = Sandbox(self.limits, [Path(path) for path in setup["read"]]) if setup["fenced"] else None
        self.fenced = False
        self.shm_is_ours = setup["shm_is_ours"]
        self.is_root = True
        self.kernel = Kernel.start()
        warm.kernel(self.kernel)
        self.folder: Path | None = None
        self.dice = throw()
        self.ended: dict[int, dict[str, Any]] = {}
        self._here: str | None = None

    def serve(self) -> None:
        """Answer requests until the worker hangs up."""
        common = {"run": self.run, "park": self.park, "tell": self.tell, "testify": self.testify, "judge": self.judge}
        for_root = {"check": self.check, "interrupt": self.interrupt, "end": self.end, "forkable": self.forkable}
        while True:
            request = self.channel.receive()
            if request is None:
                return
            do = request.pop("do")
            if do == "run" and self.kernel.over:
                return
            if do == "fork":
                self.fork(request, self.channel.file())
            elif do in common:
                common[do](**request)
            elif self.is_root:
                self.channel.send(for_root[do](**request))

    def run(self, message: dict[str, Any]) -> None:
        """Run a cell."""
        self._here = None
        self.kernel.run(message)

    def tell(self, message: dict[str, Any]) -> None:
        """Pass on what a frontend says to a widget."""
        self._here = None
        self.kernel.tell(message)

    def testify(self) -> None:
        """Answer a judge's questions about the notebook's names, until it hangs up."""
        with socket.socket(fileno=self.channel.file()) as end:
            Witness(self.kernel.shell.user_ns, end).serve()
        self.channel.send({"type": "testified"})

    def judge(self, source: str, own: list[str], hidden: list[int]) -> None:
        """Hear a check; only in a process in which no student's code ever ran."""
        names = {name: self.kernel.shell.user_ns[name] for name in own if name in self.kernel.shell.user_ns}
        with socket.socket(fileno=self.channel.file()) as end:
            verdict = hear(source, names, end, frozenset(hidden))
        self.channel.send(asdict(verdict))

    def park(self) -> None:
        """Make ready to be forked many times: load what first uses load, and keep it out of the collector's way."""
        warm.libraries()
        gc.collect()
        gc.freeze()

    def fork(self, request: dict[str, Any], file: int) -> None:
        """Fork; the new process goes on in `serve` with its own channel, and this one too."""
        if reason := self.kernel.unfinished() or self._rooted():
            channel = Channel(socket.socket(fileno=file), trusted=True)
            channel.receive()
            channel.send({"failed": reason})
            return
        self.kernel.leave_loop()
        state = random.getstate()
        child = os.fork()
        if child:
            os.close(file)
            if not self.is_root:
                os.waitpid(child, 0)
            return
        # The root reaps all: the child of another process becomes the root's when that one's helper ends.
        if not self.is_root and os.fork():
            os._exit(0)
        random.setstate(state)  # Python seeds it anew in a fork; a seed that a cell set must hold on
        self._become(request, file)

    def _become(self, request: dict[str, Any], file: int) -> None:
        os.setsid()
        self.channel.close()
        self.channel = Channel(socket.socket(fileno=file), trusted=True)
        self.is_root = False
        self.dice = throw_again(self.dice)
        try:
            folder = self.folder = Path(request["folder"])
            # They come this way, as what the process before reads stays in the memory of all its forks.
            files = (self.channel.receive() or {}).get("files", {})
            settle(folder, files, request["copy"], request["uid"])
            self.kernel.take_over(self.channel, folder)
            if request["fence"] and self.sandbox:
                self.sandbox.enter(folder, request["uid"])
                self.kernel.do_without_terminal()
                self.fenced = True
            elif self.fenced:
                self.sandbox.narrow(folder)
        except OSError as error:
            reason = f"{error.strerror or error}: {error.filename or 'the sandbox'}"
            self.channel.send({"failed": reason, "errno": error.errno})
            os._exit(1)
        self.channel.send({"ready": os.getpid()})

    def _rooted(self) -> str:
        """Whether a module was imported from the folder, which a fork will not have."""
        if self._here is None and self.folder is not None:
            here = f"{self.folder}/"
            files = [str(getattr(module, "__file__", "")) for module in list(sys.modules.values())]
            found = any(file.startswith(here) for file in files)
            self._here = "a cell imported a module of its folder" if found else ""
        return self._here or ""

    def forkable(self, pid: int, folder: str) -> dict[str, Any]:
        """Why a process cannot be forked faithfully; an empty reason if it can."""
        try:
            return {"reason": _hold(pid, Path(folder))}
        except OSError:
            return {"reason": "it ended"}

    def check(self, pid: int, keep: list[int], parked: list[int], folder: str, uid: int | None) -> dict[str, Any]:
        """Whether a process is alive, and if it used more than its limits: then it is ended, and the reason given."""
        self._reap()
        if pid in self.ended:
            return {"alive": False, "reason": ""}
        reason = exceeded(self.limits, self._others(keep), Path(folder), uid)
        if reason:
            self._kill(keep, parked)
        return {"alive": not reason, "reason": reason or ""}

    def interrupt(self, pid: int) -> dict[str, Any]:
        """Send SIGINT to a process and those it started, as Jupyter does."""
        with suppress(ProcessLookupError):
            if pid in descendants(os.getpid()):
                os.killpg(pid, signal.SIGINT)
        return {}

    def end(self, pid: int, keep: list[int], parked: list[int], uid: int | None, measure: bool) -> dict[str, Any]:
        """End a process and all it started; what became of it.

        It is the worker who takes the files: a copy in this memory would pass on to the next fork.

        Parameters
        ----------
        pid : int
            The process.
        keep : list of int
            Processes that stay.
        parked : list of int
            Those among them in which a submission's cells ran.
        uid : int or None
            The user that only it has.
        measure : bool
            Tell how much memory it had to itself.
        """
        memory = private_mb(pid) if measure else None
        self._kill(keep, parked)
        # Only processes of ours: a submission could have named another.
        clear_shared_memory(set(keep) & set(descendants(os.getpid())), uid, self.shm_is_ours)
        return {**self.ended.pop(pid, {}), "private_mb": memory}

    def _others(self, keep: list[int]) -> list[int]:
        return [pid for pid in descendants(os.getpid()) if pid not in keep]

    def _kill(self, keep: list[int], parked: Sequence[int] = ()) -> None:
        """Kill until there is nothing left to kill: a process may start others meanwhile.

        The `parked` among those that stay are of submissions; if there is no end, they go too.
        """
        until = time.monotonic() + PATIENCE
        while others := self._others(keep):
            if time.monotonic() > until:
                keep = [pid for pid in keep if pid not in parked]
            for pid in others:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self._reap()
        self._reap()

    def _reap(self) -> None:
        with suppress(ChildProcessError):
            while True:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
                if not pid:
                    return
                self.ended[pid] = {
                    "exit": os.waitstatus_to_exitcode(status),
                    "cpu_seconds": usage.ru_utime + usage.ru_stime,
                }


def _hold(pid: int, folder: Path) -> str:
    """What a process holds that a fork would not get, or would share with it."""
    threads = len(list(Path("/proc", str(pid), "task").iterdir()))
    maps = Path("/proc", str(pid), "maps").read_text()
    # Arrow's own threads, and its allocator's, stop for a fork and start anew behind it.
    if threads > 1 and "/libarrow." not in maps:
        return f"it has {threads} threads"
    if " rw-s " in maps:
        return "it shares memory"
    if descendants(pid):
        return "it started another process"
    if Path("/proc", str(pid), "cwd").readlink() != folder / "work":
        return "it left its folder"
    sockets = 0
    for name in Path("/proc", str(pid), "fd").iterdir():
        held = str(name.readlink())
        sockets += held.startswith("socket:")
        if held.startswith("pipe:") or (held.startswith("/") and not held.startswith(_own_files(folder))):
            return f"it holds {held} open"
    # The channel, and the pair with which the event loop wakes itself.
    return "it holds a socket open" if sockets > 3 else ""


def _own_files(folder: Path) -> tuple[str, ...]:
    """Files that may stay open: the streams, and what libraries read of their own, such as fonts."""
    return (str(folder / "stdout"), str(folder / "stderr"), "/dev/", "/usr/", f"{sys.prefix}/", f"{sys.base_prefix}/")


def main() -> None:
    """Serve the worker at the other end of the socket whose number is the first argument."""
    channel = Channel(socket.socket(fileno=int(sys.argv[1])))
    sys.path.pop(0)  # the folder it was started in
    setup = channel.receive()
    if setup is None:
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which then hangs up
    os.umask(0o022)
    adopt_orphans()
    try:
        process = Process(channel, setup)
    except Exception as error:
        channel.send({"failed": f"{type(error).__name__}: {error}"})
        raise
    gc.collect()
    gc.freeze()
    channel.send({"ready": os.getpid()})
    try:
        process.serve()
    except Exception:
        traceback.print_exc(file=sys.__stderr__)
        sys.__stderr__.flush()
    finally:
        if process.is_root:
            process._kill([])
        os._exit(0)


if __name__ == "__main__":
    main()
