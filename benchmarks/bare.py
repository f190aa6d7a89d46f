"""Runs the cells of submissions with nothing but `exec`: the limit that no grader can pass.

``python bare.py MODULE`` in a course's folder runs the cells before the first solution cell once, then
forks for each submission, so that all start from the same state, and runs the other cells in the fork,
one submission after another. Figures are drawn to PNG as a notebook would. There is no notebook, no
kernel, no message, no gradebook, no sandbox. It prints, as JSON, the seconds and the private memory of each fork.
"""

from __future__ import annotations

import gc
import io
import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from cohort import tree
from cohort.grading.processes import private_mb
from cohort.notebooks import grade_id, is_solution, read_notebook


def code_cells(module: str, submission: Path) -> list[tuple[str, bool]]:
    """The code that grading runs: the student's answers, and the source for all that is not theirs."""
    source = {grade_id(cell): cell.source for cell in read_notebook(tree.source(module)).cells}
    return [
        (cell.source if is_solution(cell) else source.get(grade_id(cell), cell.source), is_solution(cell))
        for cell in read_notebook(submission).cells
        if cell.cell_type == "code"
    ]


def run(cells: list[str], namespace: dict[str, object]) -> None:
    """Run the cells as a grader does: after an error, the next one still runs."""
    for code in cells:
        with suppress(BaseException):  # a submission may also raise SystemExit
            exec(compile(code, "<cell>", "exec"), namespace)
        draw_figures()


def draw_figures() -> None:
    """Draw what is open, as Jupyter's inline backend does after a cell."""
    if "matplotlib.pyplot" not in sys.modules:
        return
    from matplotlib import pyplot

    for number in pyplot.get_fignums():
        pyplot.figure(number).savefig(io.BytesIO(), format="png", bbox_inches="tight")
    pyplot.close("all")


def main(module: str) -> None:
    """Run every submission in the working directory's course."""
    submissions = [code_cells(module, path) for path in sorted(Path("submitted").glob(f"*/{module}/{module}.ipynb"))]
    first = [is_answer for _, is_answer in submissions[0]].index(True)
    namespace: dict[str, object] = {"__name__": "__main__", "display": lambda *_, **__: None}
    output = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    run([code for code, _ in submissions[0][:first]], namespace)
    gc.collect()
    gc.freeze()
    seconds, megabytes = [], []
    told, tell = os.pipe()
    for cells in submissions:
        begin = time.perf_counter()
        child = os.fork()
        if not child:
            os.dup2(1, 2)
            run([code for code, _ in cells[first:]], namespace)
            os.write(tell, json.dumps(private_mb(os.getpid())).encode())
            os._exit(0)
        os.waitpid(child, 0)
        seconds.append(time.perf_counter() - begin)
        megabytes.append(json.loads(os.read(told, 100)))
    os.write(output, json.dumps({"seconds": seconds, "private_mb": megabytes}).encode())


if __name__ == "__main__":
    os.environ["MPLBACKEND"] = "agg"  # there is no notebook to show a figure in
    main(sys.argv[1])
