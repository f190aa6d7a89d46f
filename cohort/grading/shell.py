"""ipykernel's shell for a kernel without a loop of its own; what it would do twice for each cell it does once.

A failing check cost most of its time after the failure: IPython makes each traceback a second time
for its history, and `inspect` goes through all modules for each line of it.
"""

from __future__ import annotations

import inspect
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from ipykernel import zmqshell
from ipykernel.compiler import XCachingCompiler
from ipykernel.eventloops import enable_gui
from IPython.core.error import UsageError
from IPython.core.inputtransformer2 import TransformerManager
from traitlets import observe

# Seconds from ``exit()`` to the end of ipykernel's loop.
LAST_BREATH = 0.1
# Errors that led to one another, of which one is looked at; they may go in a circle.
MOST_CAUSES = 10
# The name of no module.
NO_MODULE = ""


class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):
    """ipykernel's shell, under its name, as cells look at it."""

    exit_at: float | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.compile = _Compiler()
        self.input_transformer_manager = _Transformer()

    @observe("exit_now")
    def _update_exit_now(self, change: dict) -> None:
        """After ``exit()`` a kernel lives on for as long as ipykernel's does."""
        if change["new"]:
            self.exit_at = time.monotonic() + LAST_BREATH

    def enable_gui(self, gui: Any = None) -> None:
        """Enable an event loop of a toolkit, for this kernel: there is no application to ask for it."""
        try:
            enable_gui(gui, kernel=self.kernel)
        except ValueError as error:
            raise UsageError(str(error)) from error
        self.active_eventloop = gui

    @property
    def _format_exception_for_storage(self) -> Callable[..., dict[str, Any]]:
        """What makes IPython's history entry of an error; a property, as a frame of ours would show in tracebacks."""
        shown = getattr(sys, "last_value", None)
        if shown is None or self._last_traceback is None or not _is_plain(shown):
            return super()._format_exception_for_storage
        return partial(self._stored, shown, self._last_traceback)

    def _stored(self, shown: BaseException, stb: list[str], exception: BaseException, **options: Any) -> dict[str, Any]:
        """The traceback that was shown just now, which IPython would make once more."""
        if exception is not shown:
            return super()._format_exception_for_storage(exception, **options)
        return {"ename": type(exception).__name__, "evalue": str(exception), "traceback": stb}


def _is_plain(error: BaseException) -> bool:
    """Whether to print an error runs no code of a cell, and gives the same text each time."""
    for _ in range(MOST_CAUSES):
        ours = type(error).__module__ == "builtins" and all(type(each) in (str, int, float) for each in error.args)
        if not ours or isinstance(error, SyntaxError | BaseExceptionGroup):
            return False
        error = error.__cause__ or error.__context__
        if error is None:
            return True
    return False


class _Compiler(XCachingCompiler):
    """ipykernel's compiler; it tells `inspect` that the file of a cell is no module's."""

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:
        """The name of a cell's file."""
        name = super().get_code_name(raw_code, code, number)
        inspect.modulesbyfile[name] = NO_MODULE
        return name


class _Transformer(TransformerManager):
    """IPython's transformations of a cell; ipykernel and IPython ask for them one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._own = self._steps()
        self._last = ("", "")

    def transform_cell(self, cell: str) -> str:
        """The cell as Python; with steps of the user's own, which may count their calls, anew each time."""
        if self._steps() != self._own:
            return super().transform_cell(cell)
        if self._last[0] != cell:
            self._last = cell, super().transform_cell(cell)
        return self._last[1]

    def _steps(self) -> list[Any]:
        return [*self.cleanup_transforms, *self.line_transforms, *self.token_transformers]
