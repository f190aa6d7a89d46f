"""What nbclient asks of a kernel's client, for a fork of a zygote: messages come from its channel, or from a memory."""

from __future__ import annotations

import asyncio
import base64
import queue
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from jupyter_client.session import Session

from cohort.grading.forks import Node
from cohort.grading.warm import request

if TYPE_CHECKING:
    from cohort.grading.manager import ForkedKernelManager

# Seconds between two looks at what a running cell uses.
WATCH = 0.25
# What a cell may print and show, in bytes as sent. nbgrader keeps 1,000 lines of it.
MOST_STREAM = 20 << 20
MOST_OUTPUT = 100 << 20
# All cells together: a student can add cells, and the worker holds what all of them put out.
MOST_IN_ALL = 500 << 20

LANGUAGE = {
    "name": "python",
    "version": sys.version.split()[0],
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}


class ForkedKernelClient:
    """What nbclient asks of a client, for one `ForkedKernelManager`."""

    allow_stdin = False

    def __init__(self, manager: ForkedKernelManager) -> None:
        self._manager = manager
        self.session = Session(key=b"")  # nbclient makes messages to widgets with it
        self._leaf: Node | None = None
        self._now = ""
        self._sent = self._sent_in_all = 0

    def start_channels(self) -> None:
        """Open the channels; called on nbclient's event loop."""
        self.shell_channel, self.iopub_channel = _Queue(), _Queue()
        self.shell_channel.send = self._manager.tell
        self._loop = asyncio.get_running_loop()

    def stop_channels(self) -> None:
        """Close the channels."""
        self.stop_listening()

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """It is ready."""

    async def is_alive(self) -> bool:
        """Whether the kernel can run cells."""
        return await self._manager.is_alive()

    def kernel_info(self) -> str:
        """Ask what the kernel is; returns the id of the request."""
        message = request("")
        content = {"status": "ok", "language_info": LANGUAGE}
        self.shell_channel.put(_message("kernel_info_reply", content, message["header"]["msg_id"]))
        return message["header"]["msg_id"]

    def execute(self, code: str, store_history: bool = True, stop_on_error: bool = True, **_: Any) -> str:
        """Run a cell; returns the id of the request."""
        content = {"silent": False, "store_history": store_history, "stop_on_error": stop_on_error}
        message = request(code, allow_stdin=False, user_expressions={}, **content)
        self._now, self._sent = message["header"]["msg_id"], 0
        known = self._manager.next_cell(message)
        if known is None:
            self._loop.call_later(WATCH, self._watch, self._now)
        for output in known or []:
            self._pass_on({**output, "parent": self._now})
        return self._now

    def listen(self, leaf: Node) -> None:
        """Take messages from this process."""
        leaf.channel.end.setblocking(False)
        self._loop.add_reader(leaf.channel.end.fileno(), self._read)
        self._leaf = leaf

    def stop_listening(self) -> None:
        """Take no more messages."""
        if self._leaf is not None and self._leaf.channel.end.fileno() >= 0:
            if not self._loop.is_closed():
                self._loop.remove_reader(self._leaf.channel.end.fileno())
            self._leaf.channel.end.setblocking(True)
        self._leaf = None

    def _read(self) -> None:
        try:
            piece = self._leaf.channel.end.recv(1 << 20)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if not piece:
            self.stop_listening()
            self._manager.watch()
            return
        self._sent += len(piece)
        self._sent_in_all += len(piece)
        try:
            for message in self._leaf.channel.feed(piece):
                self._take(message)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            self.stop_listening()
            self._manager.broke(f"its output could not be read ({error})")

    def _take(self, message: dict[str, Any]) -> None:
        if self._sent > MOST_OUTPUT:
            raise ValueError(f"a cell put out more than {MOST_OUTPUT >> 20} MB")
        if self._sent_in_all > MOST_IN_ALL:
            raise ValueError(f"its cells put out more than {MOST_IN_ALL >> 20} MB")
        if message["type"] == "stream" and self._sent > MOST_STREAM:
            return
        if message["parent"] == self._now:
            self._manager.record(message)
        self._pass_on(message)

    def _pass_on(self, message: dict[str, Any]) -> None:
        buffers = [base64.b64decode(buffer) for buffer in message.get("buffers", [])]
        passed = _message(message["type"], message["content"], message["parent"], message["metadata"], buffers)
        channel = self.shell_channel if message["type"] == "execute_reply" else self.iopub_channel
        channel.put(passed)

    def _watch(self, cell: str) -> None:
        if cell == self._now and self._leaf is not None:
            self._manager.watch()
            self._loop.call_later(WATCH, self._watch, cell)


class _Queue:
    """A channel as nbclient reads it."""

    def __init__(self) -> None:
        self._messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.put = self._messages.put_nowait

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message; `queue.Empty` if none comes within `timeout` seconds."""
        try:
            return self._messages.get_nowait()
        except asyncio.QueueEmpty:
            pass
        try:
            return await asyncio.wait_for(self._messages.get(), timeout)
        except TimeoutError:
            raise queue.Empty from None


def _message(kind: str, content: dict, parent: str | None, metadata: dict | None = None, buffers: list = ()) -> dict:
    return {
        "msg_type": kind,
        "header": {"msg_type": kind, "date": datetime.now(UTC)},
        "parent_header": {"msg_id": parent},
        "metadata": metadata or {},
        "content": content,
        "buffers": list(buffers),
    }
