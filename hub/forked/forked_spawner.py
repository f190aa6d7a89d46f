"""Spawners that fork students' servers from one warm process. See README.md for what this gives and loses."""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from typing import Any

from jupyterhub.spawner import LocalProcessSpawner, SimpleLocalProcessSpawner
from jupyterhub.utils import random_port
from traitlets import Dict, Unicode

# Seconds in which the warm process imports all, and a fork becomes who it is to be.
LIMIT = 60


class WarmProcess:
    """The process that servers are forked from: started when it is first needed, and again if it has ended."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.process: subprocess.Popen | None = None
        self.channel: socket.socket | None = None

    def fork(self, request: Mapping[str, Any], environment: Mapping[str, str]) -> tuple[int, int]:
        """The pid of a new server and a handle of it (pidfd), which cannot come to mean another process.

        Raises
        ------
        RuntimeError
            If there is none; the message says why.
        """
        ours, theirs = socket.socketpair()
        try:
            with ours, ExitStack() as undo:
                ours.settimeout(LIMIT)
                with theirs, self.lock:
                    self._start(environment)
                    socket.send_fds(self.channel, [b"."], [theirs.fileno()])
                pid, handles, _, _ = socket.recv_fds(ours, 32, 1)
                if not handles:
                    raise RuntimeError("the warm process ended: the hub's log says why")
                undo.callback(os.close, handles[0])
                os.set_inheritable(handles[0], False)
                ours.sendall(json.dumps(request).encode())
                ours.shutdown(socket.SHUT_WR)
                said = b"".join(iter(lambda: ours.recv(4096), b"")).decode()
                if said != "ok":
                    raise RuntimeError(f"the server cannot be forked: {said or 'it ended at once'}")
                undo.pop_all()
                return int(pid), handles[0]
        except OSError as error:
            raise RuntimeError(f"the warm process does not answer ({error})") from error

    def _start(self, environment: Mapping[str, str]) -> None:
        if self.process and self.process.poll() is None:
            return
        if self.channel:
            self.channel.close()
        self.channel, theirs = socket.socketpair()
        command = [sys.executable, str(Path(__file__).with_name("warm_server.py")), str(theirs.fileno())]
        # Its environment stays in the memory of each server: nothing of the hub's own may be in it.
        where = {"env": {"HOME": "/nonexistent", **environment}, "cwd": "/", "stdin": subprocess.DEVNULL}
        with theirs:
            self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], start_new_session=True, **where)


class ForkedSpawner(LocalProcessSpawner):
    """As LocalProcessSpawner, with real accounts; but the server is forked, not started anew."""

    warm = WarmProcess()
    # Whether a server becomes the account named as the user; the hub must be root then.
    switch = True

    warm_environment = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="What the environment of the warm process has besides `env_keep`. Every server can read it: no secrets.",
    ).tag(config=True)

    # Of the server: a pidfd, and when it began, by which it is known again after a restart of the hub.
    handle: int | None = None
    began = 0

    async def start(self) -> tuple[str, int]:
        """Fork a server; returns where it will listen."""
        if self.mem_limit or self.cpu_limit:
            raise RuntimeError("a forked server has no limits: set Spawner.mem_limit and cpu_limit to None")
        if Path(self.cmd[0]).name != "jupyterhub-singleuser" or self.shell_cmd or self.popen_kwargs:
            raise RuntimeError("only jupyterhub-singleuser can be forked, without shell_cmd and popen_kwargs")
        self.port = self.port or random_port()
        argv = [*self.cmd, *self.get_args()]
        request = {"user": self.user.name, "switch": self.switch, "env": self.get_env(), "argv": argv}
        kept = {name: os.environ[name] for name in self.env_keep if name in os.environ}
        self.pid, self.handle = await asyncio.to_thread(self.warm.fork, request, kept | self.warm_environment)
        self.began = began(self.pid)
        return self.ip or "127.0.0.1", self.port

    async def poll(self) -> int | None:
        """None while the server runs, else 0: its exit status is known to nobody."""
        if self.handle is not None:
            ended = select.poll()
            ended.register(self.handle, select.POLLIN)
            if not ended.poll(0):
                return None
        self.clear_state()
        return 0

    async def _signal(self, sig: int) -> bool:
        if self.handle is None:
            return False
        try:
            signal.pidfd_send_signal(self.handle, sig)
        except ProcessLookupError:
            return False
        return True

    def get_state(self) -> dict[str, Any]:
        """What a hub that is started anew must know of the server."""
        return super().get_state() | ({"began": self.began} if self.pid else {})

    def load_state(self, state: dict[str, Any]) -> None:
        """Find the server again, if the process of that number is still the same."""
        super().load_state(state)
        try:
            handle = os.pidfd_open(state.get("pid") or 0)
        except OSError:
            return
        if began(self.pid) == state.get("began"):
            self.handle, self.began = handle, state["began"]
        else:
            os.close(handle)

    def clear_state(self) -> None:
        """Forget the server."""
        super().clear_state()
        if self.handle is not None:
            os.close(self.handle)
        self.handle, self.began = None, 0


class SimpleForkedSpawner(ForkedSpawner, SimpleLocalProcessSpawner):
    """As SimpleLocalProcessSpawner, for a demo: all servers run as the account of the hub."""

    switch = False


def began(pid: int) -> int:
    """When a process began, in ticks since the machine did; 0 if there is none."""
    try:
        about = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    return int(about.rpartition(")")[2].split()[19])
