"""Runs lessons with papermill, for every place, in parallel, and again only what changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from cohort import datasets, lesson_keys, places, tree
from cohort.course import load_cohort, load_course
from cohort.done import Done
from cohort.errors import CourseError, full_disk
from cohort.files import whole_file
from cohort.notebooks import KERNEL_NOT_STARTED

CELL_SECONDS = 300


@dataclass(frozen=True)
class Run:
    """One lesson for one place: ``passed``, ``unchanged``, or ``failed`` or ``skipped`` with the reason."""

    module: str
    place: str
    state: str
    reason: str = ""


def run(
    modules: list[str] | None = None,
    at: list[str] | None = None,
    force: bool = False,
    warm: bool = False,
    workers: int | None = None,
) -> Iterator[Run]:
    """Execute lessons with papermill and yield each as it ends; what need not run comes first.

    Executed notebooks are left where `cohort.tree.executed_lesson` says. A lesson runs again
    when something changed that `lesson_keys.keys` knows. One that fails does not stop the others; where
    the place's pack has no scenario for the module, it is skipped.

    Parameters
    ----------
    modules, at : list of str, optional
        Module names and place codes; all of the course without them.
    force : bool
        Run again, whatever has changed.
    warm : bool
        Run on forks of a warm kernel, one in each process, instead of a fresh kernel for each lesson.
    workers : int, optional
        How many run at the same time; one for each core without it.

    Raises
    ------
    CourseError
        If a module or place is unknown, or the disk is full.
    """
    course = load_course()
    modules = [course.module(name).name for name in modules or [module.name for module in course.modules]]
    for unknown in set(at or ()) - set(places.codes()):
        places.load_place(unknown)  # says which there are
    return _run(modules, at or places.codes(), force, warm, workers or os.cpu_count() or 1)


def _run(modules: list[str], at: list[str], force: bool, warm: bool, workers: int) -> Iterator[Run]:
    done = Done(tree.root() / "_build" / "lessons" / "done.json")
    todo = {}
    for module in modules:
        taught = []
        for place in at:
            if hindered := _hindrance(module, place):
                yield hindered
            else:
                taught.append(place)
        try:
            keys = lesson_keys.keys(module, taught)
            changed = [
                place
                for place in taught
                if force
                or not (tree.executed_lesson(module, place).exists() and done.has(f"{module} {place}", keys[place]))
            ]
            if changed:
                for name in load_course().module(module).datasets:
                    datasets.fetch(name)  # once here, rather than in every kernel at the same time
        except CourseError as error:
            yield from (Run(module, place, "failed", str(error)) for place in taught)
            continue
        yield from (Run(module, place, "unchanged") for place in taught if place not in changed)
        todo |= {(module, place): keys[place] for place in changed}
    for (module, place), reason in _in_processes(list(todo), warm, workers):
        if not reason:
            done.add(f"{module} {place}", todo[module, place])
        yield Run(module, place, "failed" if reason else "passed", reason)


def _hindrance(module: str, place: str) -> Run | None:
    """Why the lesson cannot run there, if the place's pack says so."""
    try:
        here = places.load_place(place)
    except CourseError as error:
        return Run(module, place, "failed", str(error))
    try:
        here.scenario(module)
    except CourseError as error:
        return Run(module, place, "skipped", str(error))
    return None


def _in_processes(lessons: list[tuple[str, str]], warm: bool, workers: int) -> Iterator[tuple[tuple[str, str], str]]:
    """Run lessons, some at a time, and yield each with why it failed, or an empty text."""
    if not lessons:
        return
    seed = load_cohort().seed
    killed = []
    # "spawn": papermill starts an event loop, which must not be forked.
    with ProcessPoolExecutor(min(workers, len(lessons)), mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(_execute, *lesson, seed, warm): lesson for lesson in lessons}
        try:
            for future in as_completed(futures):
                try:
                    yield futures[future], future.result()
                except BrokenProcessPool:
                    killed.append(futures[future])
        except OSError as error:
            raise full_disk(error) or error from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    if lessons == killed[:1]:
        yield lessons[0], "its process was killed, perhaps for want of memory"
    else:
        # A pool ends with the first process that is killed: each of the others has another try, alone.
        for lesson in killed:
            yield from _in_processes([lesson], warm, 1)


def _execute(module: str, place: str, seed: int, warm: bool) -> str:
    """Run one lesson in its own process; returns why it failed, or an empty string."""
    reason = _try_to_execute(module, place, seed, warm)
    return _try_to_execute(module, place, seed, warm) if KERNEL_NOT_STARTED in reason else reason


def _try_to_execute(module: str, place: str, seed: int, warm: bool) -> str:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # lessons share the processors; threads of each slow all down
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
