"""A papermill engine whose kernel is forked from a warm one, on which the notebook's imports are done.

Importing this module registers it: ``papermill.execute_notebook(..., engine_name="warm")``. There is no
sandbox, as lessons are the instructor's own. A notebook that uses a module before the cell that imports
it fails on a fresh kernel, and need not fail here.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

from cohort.grading.execute import code_cells
from cohort.grading.forks import Node, Setup
from cohort.grading.limits import Limits
from cohort.grading.manager import ForkedKernelManager
from cohort.grading.nodes import Zygote
from cohort.grading.warm import request

NAME = "warm"
# Seconds that the imports may take.
IMPORTS_WITHIN = 300
# A lesson may use the whole machine, as on a fresh kernel.
LIMITS = Limits(memory_mb=1 << 20, folder_mb=1 << 20)


class WarmEngine(NBClientEngine):
    """papermill's own engine, on a fork of a warm kernel in place of a fresh kernel."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, execution_timeout: int | None = None, **_: Any
    ) -> NotebookNode:
        """Run the cells in the present folder; their outputs are in the notebook then.

        Raises
        ------
        CourseError
            If the kernel cannot start.
        """
        cells = code_cells(nb_man.nb)
        zygote = _zygote()
        manager = _InPlace(zygote, cells, {}, share=False, base=zygote.prepare(_imports(cells), IMPORTS_WITHIN))
        client = PapermillNotebookClient(nb_man, km=manager, kernel_name=kernel_name, timeout=execution_timeout)
        try:
            return client.execute()
        finally:
            manager.end()


class _InPlace(ForkedKernelManager):
    """Runs in the folder and the environment of this process, as a fresh kernel does."""

    def _fork(self, node: Node) -> None:
        super()._fork(node)
        move = f"__import__('os').environ.update({dict(os.environ)!r}); __import__('os').chdir({str(Path.cwd())!r})"
        if "TMPDIR" not in os.environ:
            move += "; __import__('os').environ.pop('TMPDIR', None)"
        silently = request(move, silent=True, store_history=False, allow_stdin=False, stop_on_error=False)
        self._leaf.channel.send({"do": "run", "message": silently})


_zygotes: list[Zygote] = []


def _zygote() -> Zygote:
    """The zygote of this process; a new one if it ended."""
    if not _zygotes or not _zygotes[-1].alive:
        zygote = Zygote(Setup(fenced=False, limits=LIMITS, environment=tuple(os.environ.items())))
        _zygotes[:] = [zygote]
        Finalize(None, zygote.close, exitpriority=1)  # `atexit` does not come to a pool's processes
    return _zygotes[-1]


def _imports(cells: list[str]) -> str:
    """Code that loads what the cells import, and binds no name."""
    found = dict.fromkeys(line for code in cells for line in _loaded(code))
    return "\n".join(found) or "None"


def _loaded(code: str) -> Iterator[str]:
    with suppress(SyntaxError):  # a cell with a magic, or with a mistake
        for statement in ast.parse(code).body:
            if isinstance(statement, ast.Import):
                yield from (f"__import__({alias.name!r})" for alias in statement.names)
            elif isinstance(statement, ast.ImportFrom) and not statement.level:
                names = [alias.name for alias in statement.names]
                yield f"__import__({statement.module!r}, fromlist={names!r}) and None"


papermill_engines.register(NAME, WarmEngine)
