"""An IPython kernel without sockets or threads of its own, so that it can run some cells, fork, and go on.

It is ipykernel's own kernel: shell, display hook, streams and error reports are unchanged, so that
outputs are what a Jupyter kernel gives. Only where ipykernel would write to ZeroMQ it writes to a
channel, at once and in the thread that asks.
"""

from __future__ import annotations

import asyncio
import base64
import contextvars
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ipykernel.debugger
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from IPython.external.pickleshare import PickleShareDB
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets import Type
from traitlets.config import Config

from cohort.grading.channel import Channel
from cohort.grading.shell import ZMQInteractiveShell

# A debugger needs sockets and threads.
ipykernel.debugger._is_debugpy_available = False

# A stream passes on what it holds when it holds more than this, in characters.
FLUSH_AT = 1 << 16


class _Session(Session):
    """Sends each message down the kernel's channel."""

    def __init__(self) -> None:
        super().__init__(key=b"", check_pid=False)
        self.channel: Channel | None = None
        self.owner = os.getpid()

    def send(self, stream: object, msg_or_type: Any, content: Any = None, parent: Any = None, **more: Any) -> dict:
        """Pass a message on; `stream` would be a ZeroMQ socket and has no meaning here."""
        if isinstance(msg_or_type, dict):
            message = msg_or_type
        else:
            message = self.msg(msg_or_type, content, parent, more.get("header"), more.get("metadata"))
        if os.getpid() != self.owner:
            self._send_from_fork(message)
        elif self.channel is not None:
            sent = {
                "type": message["header"]["msg_type"],
                "parent": (message["parent_header"] or {}).get("msg_id"),
                "content": message["content"],
                "metadata": message["metadata"],
            }
            if more.get("buffers"):
                sent["buffers"] = [base64.b64encode(buffer).decode() for buffer in more["buffers"]]
            # A lone surrogate that is printed fails in ipykernel's thread: the text is lost there too.
            with suppress(UnicodeEncodeError) if sent["type"] == "stream" else nullcontext():
                self.channel.send(sent)
        return message

    @staticmethod
    def _send_from_fork(message: dict) -> None:
        """What a process of the student's prints joins the kernel's output, as in ipykernel."""
        if message["header"]["msg_type"] == "stream":
            number = 2 if message["content"]["name"] == "stderr" else 1
            os.write(number, message["content"]["text"].encode("utf-8", "replace"))


class _AtOnce(IOPubThread):
    """In place of ipykernel's thread that publishes: does what it is asked, then and there."""

    def __init__(self) -> None:
        self.thread = None
        self.io_loop = SimpleNamespace(call_later=lambda *_: None)

    def schedule(self, f: Callable[[], object]) -> None:
        """Do it."""
        f()


class _Stream(OutStream):
    """stdout or stderr, joined with what is written to its file descriptor by other code."""

    def __init__(self, session: _Session, name: str) -> None:
        super().__init__(session, _AtOnce(), name, watchfd=False)
        self._number = 2 if name == "stderr" else 1
        self._file: int | None = None
        self._drained = self._held = 0
        # What ipykernel answers for fileno(): the stream that the kernel was started with.
        self._original_stdstream_copy = os.open(os.devnull, os.O_WRONLY)

    def take_over(self, folder: Path) -> None:
        """Become this process's stream: its descriptor gets a file of its own."""
        self._master_pid = os.getpid()
        self._drained = self._held = 0
        file = os.open(folder / self.name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(file, self._number)
        if self._file is not None:
            os.close(self._file)
        self._file = file

    def drain(self) -> None:
        """Take in what was written to the descriptor since."""
        if self._file is None or not self._is_master_process():
            return
        size = os.fstat(self._file).st_size
        if size > self._drained:
            text = os.pread(self._file, size - self._drained, self._drained).decode(errors="replace")
            self._drained = size
            super().write(text)

    def write(self, string: str) -> int | None:
        """Write, behind what other code wrote before."""
        self.drain()
        count = super().write(string)
        self._held += count or 0
        if self._held > FLUSH_AT:
            self.flush()
        return count

    def flush(self) -> None:
        """Pass on what is held."""
        self.drain()
        self._held = 0
        super().flush()


class Kernel(IPythonKernel):
    """A kernel that runs cells one at a time and can fork in between."""

    shell_class = Type(ZMQInteractiveShell)
    _execute_sleep = 0

    @classmethod
    def start(cls) -> Kernel:
        """The one kernel of this process, warm, with its streams in place."""
        log = logging.getLogger("cohort.kernel")
        log.setLevel(logging.CRITICAL + 1)
        config = Config()
        config.HistoryManager.enabled = False
        config.HistoryManager.hist_file = ":memory:"
        session = _Session()
        streams = _Stream(session, "stdout"), _Stream(session, "stderr")
        sys.stdout, sys.stderr = streams
        kernel = cls.instance(log=log, session=session, config=config, user_ns=None)
        # ipykernel asks whether a cell runs in the thread that started the shell channel's.
        kernel.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())
        kernel.shell.displayhook.topic = None
        # As in a kernel that Jupyter starts.
        sys.argv = ["ipykernel_launcher.py"]
        if "" not in sys.path:
            sys.path.insert(0, "")
        kernel._streams = streams
        kernel._loop = None
        kernel._context = contextvars.copy_context()
        return kernel

    def take_over(self, channel: Channel, folder: Path) -> None:
        """Become this process's kernel after a fork, and speak on `channel`."""
        self.session.owner = os.getpid()
        self.session.channel = channel
        for stream in self._streams:
            stream.take_over(folder)
        # What %cd and %store keep: IPython's own folder is out of reach.
        self.shell.db = PickleShareDB(str(folder / "home" / ".ipython"))

    def do_without_terminal(self) -> None:
        """Where the sandbox keeps terminals away, run ``!command`` with its output to a file."""
        try:
            os.close(os.open("/dev/ptmx", os.O_RDWR | os.O_NOCTTY))
        except OSError:
            self.shell.system = self.shell.system_raw

    def run(self, message: dict[str, Any]) -> None:
        """Run an ``execute_request``; outputs, reply and status go down the channel.

        Parameters
        ----------
        message : dict
            With header, parent_header, metadata and content, as in Jupyter's messaging protocol.
        """
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
        # asyncio.run in a cell leaves a handler of its own behind.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        # One context for all cells: what sets `decimal`'s precision or how NumPy prints holds on.
        task = self._loop.create_task(self._run(message), context=self._context)
        try:
            self._loop.run_until_complete(task)
        except KeyboardInterrupt:  # came between the cell and its end
            if task.done() and not task.cancelled():
                task.exception()  # or asyncio would log that nobody asked for it
        except Exception:
            pass  # A cell has broken the shell: as in ipykernel no reply comes, and nbclient waits for its time.
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        for stream in self._streams:
            stream.flush()
        self._publish_status("idle", "shell", message)

    def tell(self, message: dict[str, Any]) -> None:
        """Take in a message of a comm, as a frontend sends it for a widget."""
        self.set_parent([], message, "shell")
        with suppress(Exception):  # as in ipykernel, which logs it
            self.shell_handlers[message["header"]["msg_type"]](None, [], message)

    @property
    def over(self) -> bool:
        """Whether a cell called ``exit()``, and its time is up."""
        return self.shell.exit_at is not None and time.monotonic() > self.shell.exit_at

    async def _run(self, message: dict[str, Any]) -> None:
        self.io_loop = IOLoop.current()
        self.set_parent([], message, "shell")
        self._publish_status("busy", "shell")
        await self.execute_request(None, [], message)

    def unfinished(self) -> str:
        """What a cell left running that a fork would tear apart; empty if nothing."""
        if self.shell.exit_at is not None:
            return "a cell called exit()"
        if len(sys._current_frames()) > 1:
            return "a cell left a thread behind"
        if self._loop is not None and asyncio.all_tasks(self._loop):
            return "a cell left asynchronous tasks behind"
        return ""

    def leave_loop(self) -> None:
        """Close the event loop, which two processes cannot share; the next cell opens one."""
        if self._loop is not None:
            self._loop.close()
            self._loop = None

    def _abort_queues(self, *_: object) -> None:
        """Nothing queues here: one message is read, answered, and only then the next."""
