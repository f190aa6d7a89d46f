"""Runs lessons with papermill, for every place, in parallel, and again only what changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path

from cohort import datasets, places, tree
from cohort.course import load_cohort, load_course
from cohort.done import Done, fingerprint
from cohort.errors import full_disk
from cohort.files import whole_file
from cohort.notebooks import KERNEL_NOT_STARTED, read_notebook

# What a lesson may import of this package, and so what its outputs depend on.
LESSON_CODE = ("cards.py", "course.py", "datasets.py", "figures.py", "places.py")
CELL_SECONDS = 300
LESSON_PACKAGES = ("dlnmpy", "ipykernel", "matplotlib", "numpy", "pandas", "papermill", "statsmodels")


@dataclass(frozen=True)
class Run:
    """One lesson for one place: ``passed``, ``unchanged``, or ``failed`` with the reason."""

    module: str
    place: str
    state: str
    reason: str = ""


def run(
    modules: list[str] | None = None, at: list[str] | None = None, force: bool = False, warm: bool = False
) -> Iterator[Run]:
    """Execute lessons with papermill and yield each as it ends; unchanged ones come first.

    Executed notebooks are left where `cohort.tree.executed_lesson` says. A lesson runs again
    when its notebook, the place's pack, a dataset, the course's own code or a package that
    it uses changed.

    Parameters
    ----------
    modules, at : list of str, optional
        Module names and place codes; all of the course without them.
    force : bool
        Run again, whatever has changed.
    warm : bool
        Run on forks of a warm kernel, one in each process, instead of a fresh kernel for each lesson.

    Raises
    ------
    CourseError
        If a module or place is unknown, a notebook is missing or corrupt, a dataset cannot be
        fetched, or the disk is full.
    """
    course = load_course()
    modules = [course.module(name).name for name in modules or [module.name for module in course.modules]]
    at = [places.load_place(code).code for code in at or places.codes()]
    for module in modules:
        read_notebook(tree.lesson(module))
    return _run(modules, at, force, warm)


def _run(modules: list[str], at: list[str], force: bool, warm: bool) -> Iterator[Run]:
    done = Done(tree.root() / "_build" / "lessons" / "done.json")
    todo = {}
    for module in modules:
        for place in at:
            key = _key(module, place)
            if not force and tree.executed_lesson(module, place).exists() and done.has(f"{module} {place}", key):
                yield Run(module, place, "unchanged")
            else:
                todo[module, place] = key
    if not todo:
        return
    for name in sorted({name for module, _ in todo for name in load_course().module(module).datasets}):
        datasets.fetch(name)  # once here, rather than in every kernel at the same time
    seed = load_cohort().seed
    workers = min(os.cpu_count() or 1, len(todo))
    # "spawn": papermill starts an event loop, which must not be forked.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(_execute, module, place, seed, warm): (module, place) for module, place in todo}
        try:
            for future in as_completed(futures):
                module, place = futures[future]
                try:
                    reason = future.result()
                except BrokenProcessPool:
                    reason = "its process was killed, perhaps for want of memory: run it again alone"
                if not reason:
                    done.add(f"{module} {place}", todo[module, place])
                yield Run(module, place, "failed" if reason else "passed", reason)
        except OSError as error:
            raise full_disk(error) or error from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _execute(module: str, place: str, seed: int, warm: bool) -> str:
    """Run one lesson in its own process; returns why it failed, or an empty string."""
    reason = _try_to_execute(module, place, seed, warm)
    return _try_to_execute(module, place, seed, warm) if KERNEL_NOT_STARTED in reason else reason


def _try_to_execute(module: str, place: str, seed: int, warm: bool) -> str:
    import papermill

    if warm:
        from cohort.grading import warm_engine

    target = tree.executed_lesson(module, place)
    failed = target.with_suffix(".failed.ipynb")
    failed.unlink(missing_ok=True)
    _quieten(target.with_suffix(".log"))
    try:
        with whole_file(target) as beside:
            try:
                papermill.execute_notebook(
                    str(tree.lesson(module)),
                    str(beside),
                    parameters={"place": place, "seed": seed},
                    engine_name=warm_engine.NAME if warm else None,
                    kernel_name="python3",
                    cwd=str(tree.root()),
                    progress_bar=False,
                    execution_timeout=CELL_SECONDS,
                )
            except Exception:
                # An executed lesson of an earlier version must not pass for one of this version.
                target.unlink(missing_ok=True)
                shutil.copy(beside, failed)
                raise
    except papermill.PapermillExecutionError as error:
        said = error.evalue.strip().splitlines() or ["no message"]
        return f"cell {error.cell_index}: {error.ename}: {said[0]} (see {failed})"
    except Exception as error:  # a dead kernel, a cell that never ends: this lesson failed, the others go on
        if isinstance(error, OSError) and full_disk(error):
            raise
        said = str(error).strip().splitlines() or ["no message"]
        return f"{type(error).__name__}: {said[0]} (see {failed})"
    return ""


def _quieten(log: Path) -> None:
    """Send what this process and its kernels say on stderr to a file, so that it does not break the bar."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as file:
        os.dup2(file.fileno(), 2)


def _key(module: str, place: str) -> str:
    package = Path(__file__).parent
    versions = [f"{name} {metadata.version(name)}" for name in LESSON_PACKAGES]
    return fingerprint(
        tree.lesson(module).read_bytes(),
        (tree.root() / "places" / f"{place}.yml").read_bytes(),
        load_course().module(module).model_dump_json(),
        str(load_cohort().seed),
        *[str(datasets.describe(name)) for name in load_course().module(module).datasets],
        *[(package / name).read_bytes() for name in LESSON_CODE],
        *versions,
    )
