"""nbgrader's Execute on a warm kernel in a sandbox; ``nbgrader_config.py`` plugs it in.

Cells run in a fork of a zygote instead of a fresh kernel. All else is nbgrader's and nbclient's own:
which cells run, how long, what becomes of their outputs.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader import preprocessors
from traitlets import Bool

from cohort import datasets, tree
from cohort.errors import CourseError
from cohort.grading import judged
from cohort.grading.folders import Folders, read_files, write_files
from cohort.grading.forks import CannotFork, End, Setup
from cohort.grading.layers import below_floor
from cohort.grading.manager import ForkedKernelManager
from cohort.grading.nodes import Zygote
from cohort.misconceptions import known
from cohort.notebooks import code_cells, grade_id, is_solution, read_notebook

# Seconds that a shared cell may take where nbgrader sets no limit.
LONGEST = 600


class Execute(preprocessors.Execute):
    """Runs the cells of a submission in the sandbox, on a kernel that has run the shared cells already."""

    fenced = Bool(True, help="Whether submissions run in the sandbox.").tag(config=True)
    fork_late = Bool(True, help="Whether the cells before the first solution cell run once for all.").tag(config=True)
    judged = Bool(False, help="Whether a judge hears the checks, apart from the student's code.").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict, km: ForkedKernelManager | None = None
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Run the cells.

        Raises
        ------
        CourseError
            If the sandbox cannot hold here, or the kernel dies.
        """
        if km is not None:
            return super().preprocess(nb, resources, km)
        about, folder = resources["nbgrader"], Path(resources["metadata"]["path"])
        folders = Folders(about["assignment"], self.config)
        files, given = read_files(folder, folders.ignore), folders.source_files()
        zygote = _zygote(self.fenced, given)
        shared = shared_cells(folders.source / f"{about['notebook']}.ipynb")
        late = self.fork_late and files == given
        if late:
            zygote.share(shared, given, self.timeout or LONGEST)
        if self.judged:
            sources = {grade_id(cell): cell.source for cell in nb.cells}
            judges = _zygote(self.fenced, given, "judges")
            heard = judged.hear(nb, zygote, judges, files, given, shared, self.timeout or LONGEST)
            judged.stage(nb, heard)
        manager = ForkedKernelManager(zygote, code_cells(nb), files, share=late)
        found, end = run(super().preprocess, nb, resources, manager)
        if self.judged:
            judged.settle(found[0], heard, sources, known(about["assignment"]))
        for name in files.keys() - end.kept - end.files.keys():
            (folder / name).unlink()
        write_files(folder, end.files, [path.name for path in folders.source.glob("*.ipynb")])
        return found


def run(step: Callable, nb: NotebookNode, resources: ResourcesDict, manager: ForkedKernelManager) -> tuple[Any, End]:
    """Let `step` run a notebook on a kernel; what it returns, and what the kernel leaves.

    Raises
    ------
    CourseError
        If the notebook could not be run to its end, or left too much behind: why, and the cell.
    CannotFork
        If the process that it should go on from does not answer.
    """
    try:
        found = step(nb, resources, manager)
    except CannotFork:
        raise
    except Exception as error:
        manager.end()  # raises CannotFork if what ended the kernel ended the zygote: the fault is not the notebook's
        raise CourseError(why(error, manager)) from error
    except BaseException:
        manager.end()
        raise
    end = manager.end()
    if end.excess:
        raise CourseError(f"code cell {manager.done}: {end.excess}")
    return found, end


def shared_cells(source: Path) -> list[str]:
    """The code cells of an instructor's notebook before the first that students answer in.

    Raises
    ------
    CourseError
        If the notebook is missing or corrupt.
    """
    notebook = read_notebook(source, "restore it")
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and is_solution(cell):
            notebook.cells = notebook.cells[:number]
            break
    return code_cells(notebook)


def why(error: Exception, manager: ForkedKernelManager) -> str:
    """Why a notebook could not be run to its end, in one line that names the cell."""
    if manager.reason:
        return f"code cell {manager.done}: {manager.reason}"
    said = (str(error).strip() or type(error).__name__).splitlines()
    if type(error).__name__ == "CellTimeoutError":
        said = ["it ran on after its time was up, and after it was interrupted"]
    return f"code cell {manager.done}: {said[0]}"


def setup(fenced: bool = True) -> Setup:
    """How the zygote of this course is started.

    Raises
    ------
    CourseError
        If `fenced`, and this machine cannot hold the sandbox: the reason and the mend.
    """
    if fenced and (reasons := below_floor()):
        raise CourseError("the sandbox cannot hold here: " + "; ".join(reasons))
    root = tree.root()
    return Setup(
        fenced=fenced,
        read=tuple(path for path in (datasets.cache_folder(), root / "course.yml", root / "places") if path.exists()),
        environment=(
            ("COHORT_ROOT", str(root)),
            ("COHORT_DATA", str(datasets.cache_folder())),
            ("NBGRADER_EXECUTION", "autograde"),
        ),
    )


_zygotes: dict[tuple[object, ...], Zygote] = {}


def _zygote(fenced: bool, files: dict[str, bytes], what: str = "notebooks") -> Zygote:
    """The zygote of this process, as nbgrader makes a new Execute for each notebook.

    The formgrader's process grades one assignment after another: what shared cells read of other
    `files`, of another assignment or of an earlier source, must not last.
    """
    of = fenced, frozenset(files.items())
    if any(key[:2] != of or not zygote.alive for key, zygote in _zygotes.items()):
        while _zygotes:
            _zygotes.popitem()[1].close()
    if (*of, what) not in _zygotes:
        zygote = _zygotes[(*of, what)] = Zygote(setup(fenced))
        atexit.register(zygote.close)
    return _zygotes[(*of, what)]
