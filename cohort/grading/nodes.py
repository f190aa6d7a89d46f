"""What submissions share: a tree of processes, each after some cells, from which they fork.

The root has run no cell. A node's children are keyed by the cells that lead to them, and each node
keeps what those cells put out, so that a submission whose cells are the same so far can take the
outputs over and fork behind them.
"""

from __future__ import annotations

from typing import Any

from cohort.grading.forks import CannotFork, Forks, Node, Setup
from cohort.grading.moment import bound_to
from cohort.grading.warm import is_idle, request


class Zygote(Forks):
    """A warm process, and behind it one for each way that submissions go on together."""

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        # Why not, by the cells up to the one that is not shared: it would fail for each submission anew.
        self._not_shared: dict[tuple[str, ...], str] = {}

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
                if is_idle(output):
                    return outputs, ""
        except TimeoutError:
            return [], f"it took more than {timeout:g} s"
        finally:
            node.channel.end.settimeout(None)

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
