"""A fork of a zygote behind the interface of jupyter_client, so that nbclient drives it like any kernel."""

from __future__ import annotations

import signal
from collections.abc import Collection
from typing import Any

from cohort.grading.client import ForkedKernelClient
from cohort.grading.forks import ANSWERS_WITHIN, CannotFork, End, Node
from cohort.grading.moment import bound_to, sets_modes
from cohort.grading.nodes import Zygote


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


def _in_words(exit: int) -> str:
    if exit < 0:
        return f"Python was ended by {signal.Signals(-exit).name}"
    return f"a cell ended Python with exit status {exit}"
