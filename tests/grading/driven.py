"""Drives cells on forks as grading does, with nbclient, and on a kernel of Jupyter's own to compare with."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from dataclasses import dataclass

from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from cohort.grading.execute import run
from cohort.grading.manager import ForkedKernelManager
from cohort.grading.nodes import Zygote
from cohort.grading.verify import normalised

QUIET = ["--IPKernelApp.log_level=CRITICAL"]


@dataclass(frozen=True)
class Ran:
    """What became of some cells: the notebook, the files they wrote, those they left as they were."""

    notebook: NotebookNode
    files: dict[str, bytes]
    kept: frozenset[str]
    shared: int

    @property
    def outputs(self) -> list[dict]:
        """What each cell put out, with what is chance masked."""
        return normalised(self.notebook)

    def said(self, cell: int = -1) -> str:
        """The text that a cell printed or gave, or the error that it raised."""
        outputs = self.notebook.cells[cell].outputs
        return "".join(out.get("text") or out.get("evalue") or out["data"]["text/plain"] for out in outputs)


def notebook(cells: list[str]) -> NotebookNode:
    """A notebook of these code cells."""
    return new_notebook(cells=[new_code_cell(code, id=str(number)) for number, code in enumerate(cells)])


def forked(
    zygote: Zygote,
    cells: list[str],
    files: dict[str, bytes] | None = None,
    splits: Collection[int] = (),
    share: bool = True,
    timeout: float = 10,
) -> Ran:
    """Run cells on a fork; raises CourseError as grading does."""
    manager = ForkedKernelManager(zygote, cells, files or {}, splits, share)

    def step(nb: NotebookNode, _: dict, km: ForkedKernelManager) -> NotebookNode:
        return NotebookClient(nb, km=km, allow_errors=True, timeout=timeout, interrupt_on_timeout=True).execute()

    done, end = run(step, notebook(cells), {}, manager)
    return Ran(done, end.files, end.kept, manager.shared)


def plain(cells: list[str]) -> Ran:
    """Run cells on a kernel of Jupyter's own, in an empty folder."""
    # Where ipykernel sees pytest it leaves file descriptor 1 alone.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    with tempfile.TemporaryDirectory() as folder:
        where = {"metadata": {"path": folder}}
        client = NotebookClient(notebook(cells), resources=where, allow_errors=True, timeout=20, extra_arguments=QUIET)
        done = client.execute(env=environment)
    return Ran(done, {}, frozenset(), 0)
