"""Uses once what is slow at its first use, so that a fork finds it ready; nothing of it stays visible to cells."""

from __future__ import annotations

import inspect
import io
import sys
import uuid
import warnings
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cohort.grading.kernel import Kernel

# One cell for each way through the shell: a value, a definition with an error, a syntax error, a magic, a display.
CELLS = (
    "1 + 1",
    "def f(x):\n    return 1 / x\nf(0)",
    "x = (",
    "%who",
    "await __import__('asyncio').sleep(0)",
    "from IPython.display import HTML\nHTML('x')",
)


def request(code: str, **content: Any) -> dict[str, Any]:
    """An ``execute_request`` of Jupyter's messaging protocol."""
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": "execute_request",
        "username": "",
        "session": "",
        "date": datetime.now(UTC).isoformat(),
        "version": "5.4",
    }
    return {"header": header, "parent_header": {}, "metadata": {}, "content": {"code": code, **content}}


def is_idle(message: dict[str, Any]) -> bool:
    """Whether a kernel says by this message that it has done what it was asked."""
    return message.get("type") == "status" and message.get("content", {}).get("execution_state") == "idle"


def kernel(kernel: Kernel) -> None:
    """Run a few cells, and forget them."""
    for code in CELLS:
        kernel.run(request(code, silent=False, store_history=True, allow_stdin=False, stop_on_error=False))
    kernel.leave_loop()
    kernel.shell.reset(new_session=True)
    kernel.shell.execution_count = 1
    forget_warnings()


def libraries() -> None:
    """Draw a figure and show a table, if the cells so far have loaded what does it; look up modules for tracebacks.

    What sends values to a judge is loaded before a student's cell could put something in its place.
    """
    inspect.getmodule(compile("", "<no module>", "exec"))  # to find none, it looks at the file of each, once
    if "matplotlib.pyplot" in sys.modules:  # with less, a submodule would be there that nobody imported
        from cohort.grading import picture  # noqa: F401

        with suppress(Exception), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _draw()
    if "pandas" in sys.modules:
        from cohort.grading import codec_pandas  # noqa: F401

        with suppress(Exception), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _tabulate()


def forget_warnings() -> None:
    """A warning is shown once a place: let cells see those that the warm-up caused."""
    for module in list(sys.modules.values()):
        registry = getattr(module, "__warningregistry__", None)
        if registry:
            registry.clear()


def _draw() -> None:
    from IPython.core.pylabtools import print_figure
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.plot([1, 2], [3, 4], label="a")
    axes.bar([1], [1])
    axes.set_title("a")
    axes.legend()
    print_figure(figure, "png")


def _tabulate() -> None:
    import pandas as pd

    days = pd.date_range("2024", periods=40)
    frame = pd.DataFrame({"day": days, "kind": list("ab") * 20, "value": range(40)})
    frame._repr_html_()
    repr(frame)
    frame.groupby("kind")["value"].sum()
    frame.set_index("day")["value"].resample("D").sum().rolling(7).mean()
    frame.to_csv(io.StringIO())
    frame.merge(frame, on="day").query("value_x > 3").sort_values("day")
