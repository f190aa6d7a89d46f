"""A fork of a zygote behind the interface of jupyter_client, so that nbclient drives it like any kernel."""

from __future__ import annotations

import asyncio
import base64
import queue
import signal
import sys
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from jupyter_client.session import Session

from cohort.grading.forks import ANSWERS_WITHIN, CannotFork, End, Node
from cohort.grading.moment import bound_to, sets_modes
from cohort.grading.nodes import Zygote
from cohort.grading.warm import request

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


class ForkedKernelManager:
    """A kernel that is forked where its notebook leaves the cells that others ran before it.

    Parameters
    ----------
    zygote : Zygote
        What to fork from.
    cells : list of str
        The code cells that will be run, in order.
    files : dict
        Content of the files beside the notebook, by path.
    splits : collection of int
        After how many cells to leave a node for submissions to come, which are the same so far.
    share : bool
        Whether cells that others ran count. Where the files differ from theirs, they must not.
    measure : bool
        Measure the memory of the kernel at its end.
    base : Node, optional
        Without `share`, where to fork from; the root without it.
    """

    ipykernel = False
    kernel_id = "forked"

    def __init__(
        self,
        zygote: Zygote,
        cells: list[str],
        files: dict[str, bytes],
        splits: Collection[int] = (),
        share: bool = True,
        measure: bool = False,
        base: Node | None = None,
    ) -> None:
        self.zygote = zygote
        self.cells = cells
        self.reason = ""
        self.done = 0
        self._files = files
        bound = next((number for number, code in enumerate(cells) if bound_to(code)), len(cells))
        alone = any(map(sets_modes, cells))
        self._splits = set() if alone else {number for number in splits if number <= bound}
        self._measure = measure
        self._node, self._given = zygote.furthest(cells, for_all=alone) if share else (base or zygote.root, [])
        self.shared = len(self._given)
        self._leaf: Node | None = None
        self._live: list[list[dict[str, Any]]] = []
        self._told: list[dict[str, Any]] = []
        self._kernel_client: ForkedKernelClient | None = None
        self._dead = False
        self._spoilt = False
        self.has_kernel = False

    async def start_kernel(self, **_: Any) -> None:
        """Nothing starts before the first cell that nobody ran before."""
        self.has_kernel = True

    def client(self, **_: Any) -> ForkedKernelClient:
        """The client; there is one."""
        self._kernel_client = ForkedKernelClient(self)
        return self._kernel_client

    def next_cell(self, message: dict[str, Any]) -> list[dict[str, Any]] | None:
        """Run the next cell; its outputs, if they are known from before, else None: they come by the channel."""
        code = message["content"]["code"]
        number, self.done = self.done, self.done + 1
        if code != self.cells[number]:
            raise RuntimeError(f"cell {number + 1} is not the one that was announced")
        if number < self.shared:
            return self._given[number]
        if self._leaf is None:
            self._fork(self._node)
        else:
            self._split_if_wanted(number)
        self._live.append([])
        # A cell may be longer than what the channel holds, and its reader may be a student's.
        self._leaf.channel.end.settimeout(ANSWERS_WITHIN)
        for told in self._told:
            self._leaf.channel.send({"do": "tell", "message": told})
        self._told.clear()
        self._leaf.channel.send({"do": "run", "message": message})
        self._leaf.channel.end.setblocking(False)
        return None

    def tell(self, message: dict[str, Any]) -> None:
        """Keep what a frontend says to a widget until the running cell ends: a kernel listens only then."""
        parts = ("header", "parent_header", "metadata", "content")
        self._told.append({part: message[part] for part in parts})

    def _fork(self, node: Node) -> None:
        self._leaf = self.zygote.fork(node, self._files_for(node))
        if self._kernel_client is not None:
            self._kernel_client.listen(self._leaf)

    def _files_for(self, node: Node) -> dict[str, bytes]:
        """What a fork of a node lacks: only the root has not got the files, as its cells left them."""
        return self._files if node is self.zygote.root else {}

    def _split_if_wanted(self, number: int) -> None:
        """Leave a node here, if submissions to come go on from here and the process can be forked."""
        if number not in self._splits or self._spoilt or self.zygote.can_be_forked(self._leaf):
            return
        node = self._leaf
        self._kernel_client.stop_listening()
        node.outputs, self._live = self._live, []
        way = tuple(self.cells[number - len(node.outputs) : number])
        self._node.children[way] = node
        try:
            self._fork(node)
            self._node = node
        except CannotFork:
            # Nobody can fork from it: it goes on as this submission's own.
            del self._node.children[way]
            self._spoilt = True
            self._leaf = node
            self._kernel_client.listen(node)

    def record(self, message: dict[str, Any]) -> None:
        """Keep an output, for a submission to come that is the same so far."""
        if self._splits and self._live:
            self._live[-1].append(message)

    def watch(self) -> None:
        """Look at what the running cell uses; a kernel that broke a limit is dead then."""
        if self._leaf is not None and not self._dead:
            try:
                alive, reason = self.zygote.check(self._leaf)
            except CannotFork:  # the zygote is gone: `end` says so
                alive, reason = False, ""
            self._dead = not alive
            self.reason = self.reason or reason

    def broke(self, reason: str) -> None:
        """End a kernel that does not keep to the protocol."""
        self.reason = self.reason or reason
        self._dead = True

    async def is_alive(self) -> bool:
        """Whether the kernel can run cells."""
        self.watch()
        return not self._dead

    async def interrupt_kernel(self) -> None:
        """Interrupt the running cell."""
        self._spoilt = True
        if self._leaf is not None:
            self.zygote.interrupt(self._leaf)

    async def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:
        """Nothing here: `end` does it, and has what the kernel leaves."""

    async def cleanup_resources(self, restart: bool = False) -> None:
        """Nothing here: see `end`."""

    def end(self) -> End:
        """End the kernel and all it started; what it leaves."""
        if self._leaf is None:  # every cell was known: its files are those of the node
            self._leaf = self.zygote.fork(self._node, self._files_for(self._node))
        else:
            if self.done == len(self.cells) and not self._dead:
                self._split_if_wanted(self.done)
            self._kernel_client.stop_listening()
        end = self.zygote.end(self._leaf, self._measure)
        self._leaf = None
        if not self.reason and self._dead and end.exit is not None:
            self.reason = _in_words(end.exit)
        return end


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


def _in_words(exit: int) -> str:
    if exit < 0:
        return f"Python was ended by {signal.Signals(-exit).name}"
    return f"a cell ended Python with exit status {exit}"
