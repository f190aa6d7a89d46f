"""Grades submissions on one worker: nbgrader's preprocessors, in memory, around a warm kernel."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

import nbformat
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader import preprocessors
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from traitlets import import_item
from traitlets.config import Config

from cohort.errors import CannotStart, CourseError
from cohort.grading import judged
from cohort.grading.checked import CheckCellMetadata
from cohort.grading.course_directory import LOG
from cohort.grading.damaged import Irreparable
from cohort.grading.execute import LONGEST, Execute, run
from cohort.grading.forks import CannotFork, End
from cohort.grading.manager import ForkedKernelManager
from cohort.grading.mended import Mend, mended, named
from cohort.grading.moment import bound_to
from cohort.grading.nodes import Zygote
from cohort.grading.released import OverwriteCells, OverwriteKernelspec
from cohort.grading.trial import Check, Heard
from cohort.grading.unit import Assignment, Graded, Submission
from cohort.grading.verdict import State
from cohort.notebooks import code_cells

# What works on a submission alone. The gradebook's own steps are the writer's.
INSTEAD = {
    preprocessors.Execute: Execute,
    preprocessors.OverwriteCells: OverwriteCells,
    preprocessors.OverwriteKernelspec: OverwriteKernelspec,
    preprocessors.CheckCellMetadata: CheckCellMetadata,
}
OF_THE_GRADEBOOK = (SaveAutoGrades, AssignLatePenalties)


class Grader:
    """What a worker keeps between submissions: a zygote, and nbgrader's preprocessors. Use it in a ``with`` statement.

    Parameters
    ----------
    assignment : Assignment
        What to grade.
    measure : bool
        Measure the memory of each kernel.
    """

    def __init__(self, assignment: Assignment, measure: bool = False) -> None:
        self.assignment = assignment
        self._measure = measure
        self._timeout = Execute(config=assignment.config).timeout or LONGEST
        self._zygote: Zygote | None = None
        self._judges: Zygote | None = None
        self._known: dict[tuple[str, tuple[str | Check, ...]], Heard] = {}
        nbgrader = Autograde(config=assignment.config)
        self._sanitize = _steps(nbgrader.sanitize_preprocessors, assignment.config)
        self._autograde = _steps(nbgrader.autograde_preprocessors, assignment.config)

    def __enter__(self) -> Grader:
        return self

    def __exit__(self, *_: object) -> None:
        for zygote in (self._zygote, self._judges):
            if zygote is not None:
                zygote.close()

    def grade(self, submissions: list[Submission]) -> Iterator[Graded]:
        """Run submissions, and yield each when it is done; best in an order that keeps like ones together."""
        prepared = [(submission, self._prepared(submission)) for submission in submissions]
        for number, (submission, notebooks) in enumerate(prepared):
            start = time.perf_counter()
            if isinstance(notebooks, str):
                yield Graded(submission.student, reason=notebooks)
                continue
            to_come = [
                later for other, later in prepared[number + 1 :] if isinstance(later, dict) and self._like(other)
            ]
            graded = self._run_beside(submission, notebooks, to_come if self.assignment.share else [])
            yield replace(graded, seconds=time.perf_counter() - start)

    def _prepared(self, submission: Submission) -> dict[str, NotebookNode] | str:
        """The sanitized notebooks of a submission, or why they cannot be had."""
        sanitized = {}
        given = self.assignment.given
        try:
            texts = named(submission.notebooks, given) if given else submission.notebooks
        except Irreparable as error:
            return str(error)
        for name, text in sorted(texts.items()):
            try:
                if given:
                    notebook = mended(text, name, given, self.assignment.notebooks[name])
                else:
                    notebook = nbformat.reads(text, as_version=nbformat.current_nbformat)
                sanitized[name] = self._through(self._sanitize, notebook, self._resources(submission, name))
                if self.assignment.judged:
                    judged.leave_out_checks(sanitized[name])
            except Irreparable as error:
                return f"{name}.ipynb: {error}"
            except Exception as error:  # whatever is wrong with it, it is wrong with this submission alone
                said = (str(error).strip() or type(error).__name__).splitlines()[0]
                return (
                    f"{name}.ipynb is not a notebook that nbgrader can grade ({said}): ask the student to submit again"
                )
        return sanitized

    def _run_beside(
        self, submission: Submission, notebooks: dict[str, NotebookNode], to_come: list[dict[str, NotebookNode]]
    ) -> Graded:
        """Run a submission; if its zygote ends, or what it should be forked from fails, once more on its own."""
        try:
            return self._run(submission, notebooks, to_come)
        except CannotFork:
            pass
        try:
            if self._zygote is not None and self._zygote.alive:
                self._zygote.prune([])
            return self._run(submission, notebooks, [])
        except CannotFork as error:
            return Graded(submission.student, reason=str(error))

    def _run(
        self, submission: Submission, notebooks: dict[str, NotebookNode], to_come: list[dict[str, NotebookNode]]
    ) -> Graded:
        files = submission.files | self.assignment.files
        texts, cpu_seconds, private_mb = {}, 0.0, None
        for name, notebook in notebooks.items():
            # A notebook before this one may have changed the files.
            like, heard = files == self.assignment.files, None
            try:
                zygote = self._warm(name)
                if self.assignment.judged:
                    notebook = deepcopy(notebook)  # it may be run again
                    heard = self._heard(name, notebook, files)
                    judged.stage(notebook, heard)
                cells = code_cells(notebook)
                zygote.prune(cells if like else [])
                later = [code_cells(other[name]) for other in to_come if name in other] if like else []
                splits = _splits(cells, later)
                manager = ForkedKernelManager(zygote, cells, files, splits, share=like, measure=self._measure)
                text, end = self._execute(notebook, self._resources(submission, name), manager, heard)
            except (CannotFork, CannotStart):
                raise
            except CourseError as error:
                return Graded(submission.student, reason=f"{name}.ipynb, {error}")
            texts[name] = text
            if heard is not None:
                cpu_seconds += heard.cpu_seconds
            files = {kept: files[kept] for kept in files if kept in end.kept} | end.files
            cpu_seconds += end.cpu_seconds
            private_mb = max(filter(None, (private_mb, end.private_mb)), default=None)
        return Graded(submission.student, texts, files, "", 0.0, cpu_seconds, private_mb)

    def _heard(self, name: str, notebook: NotebookNode, files: dict[str, bytes]) -> Heard:
        """The verdicts of a judge; known ones, where a submission before had the same cells and files."""
        given, shared = self.assignment.files, self.assignment.shared.get(name, [])
        steps = tuple(judged.steps(notebook).values())
        alike = self.assignment.share and files == given and not any(bound_to(str(step)) for step in steps)
        if alike and (name, steps) in self._known:
            return replace(self._known[name, steps], cpu_seconds=0.0)
        if self._judges is None or not self._judges.alive:
            self._judges = Zygote(self.assignment.setup)
        heard = judged.hear(notebook, self._zygote, self._judges, files, given, shared, self._timeout)
        if alike and all(verdict.state is not State.NOT_GRADED for verdict in heard.verdicts.values()):
            self._known[name, steps] = heard
        return heard

    def _execute(
        self, notebook: NotebookNode, resources: dict, manager: ForkedKernelManager, heard: Heard | None
    ) -> tuple[str, End]:
        def step(notebook: NotebookNode, resources: dict, manager: ForkedKernelManager) -> NotebookNode:
            resources["nbgrader"]["kernel"] = manager
            return self._through(self._autograde, notebook, resources)

        graded, end = run(step, notebook, resources, manager)
        if heard is not None:
            released = self.assignment.notebooks[resources["nbgrader"]["notebook"]]
            sources = {cell.name: cell.source for cell in released.source_cells}
            judged.settle(graded, heard, sources, self.assignment.misconceptions)
        return nbformat.writes(graded) + "\n", end

    def _through(self, steps: list[Preprocessor], notebook: NotebookNode, resources: dict) -> NotebookNode:
        """As nbconvert's exporters do it."""
        _, notebook = nbformat.validator.normalize(deepcopy(notebook))
        for step in steps:
            kernel = resources["nbgrader"].get("kernel")
            if isinstance(step, Execute) and kernel is not None:
                notebook, resources = step.preprocess(notebook, resources, kernel)
            else:
                notebook, resources = step(notebook, resources)
        nbformat.validate(notebook, relax_add_props=True)
        return notebook

    def _resources(self, submission: Submission, name: str) -> dict:
        about = {"student": submission.student, "assignment": self.assignment.name, "notebook": name}
        return {
            "metadata": {"name": name, "path": ""},
            "unique_key": name,
            "nbgrader": {**about, "source_cells": self.assignment.notebooks[name], "db_url": ""},
        }

    def _like(self, submission: Submission) -> bool:
        """Whether its files are just the source's, so that what cells did for others holds for it."""
        return submission.files.keys() <= self.assignment.files.keys()

    def _warm(self, name: str) -> Zygote:
        """The zygote, after the shared cells of a notebook; a new one if it ended."""
        if self._zygote is not None and not self._zygote.alive:
            self._zygote.close()
            self._zygote = None
        if self._zygote is None:
            self._zygote = Zygote(self.assignment.setup)
        self._zygote.share(self.assignment.shared.get(name, []), self.assignment.files, self._timeout)
        return self._zygote


def _steps(classes: list, config: Config) -> list[Preprocessor]:
    chosen = [import_item(each) if isinstance(each, str) else each for each in classes]
    chosen = [INSTEAD.get(each, each) for each in chosen]
    # A notebook is mended before it is parsed.
    return [each(config=config, log=LOG) for each in chosen if not issubclass(each, (*OF_THE_GRADEBOOK, Mend))]


def _splits(cells: list[str], later: list[list[str]]) -> set[int]:
    """After how many cells the submissions to come part from this one, or from one that parted before."""
    splits = set()
    together = len(cells)
    for other in later:
        alike = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(cells, other, strict=False))
        together = min(together, sum(1 for _ in alike))
        splits.add(together)
    return splits - {0}
