"""Audits the checks of a module: hears its bank, its mutants and itself with other seeds and places, and counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import cycle
from math import ceil

from cohort import places, tree
from cohort.answers import Answer, Kind, read_bank
from cohort.audit.count import REFERENCE, UNANSWERED, Count, varied
from cohort.audit.exam import Exam
from cohort.audit.hearing import Case, Hall, Memory, Ruling
from cohort.audit.learnt import counter, visible_calls
from cohort.audit.listed import read_lists
from cohort.audit.mutants import Mutant, learnt_by_heart, mutants, task_function
from cohort.audit.report import Report
from cohort.misconceptions import Behaviours

# A verdict must be the same with each of these seeds.
SEEDS = (1, 2, 3, 4, 5)
# Mutants and wrong answers may take this many times what the solution takes, and at least so many seconds, so that
# one that loops is not waited for; what surprises us after such a limit is heard again with the course's own.
# Whole steps of seconds keep the limit, and with it what is remembered, the same on a machine that is a little busier.
SLOWER, STEP = 5, 5

Show = Callable[[Iterable[Ruling], int, str], Iterator[Ruling]]


@dataclass(frozen=True)
class Found:
    """What an audit found, and how the wrong answers of the bank behave."""

    report: Report
    behaviours: Behaviours


def audit(
    module: str, workers: int = 2, show: Show = lambda items, *_: iter(items), watch: Callable = lambda _: None
) -> Found:
    """Audit a module; what was heard before, with the same content, is not heard again.

    Parameters
    ----------
    module : str
        Its name.
    workers : int
        Processes at work.
    show : callable
        Shows progress: gets what is done, how much there is of it, and what it is; gives back what is done.
    watch : callable
        Called now and then with the seconds that each case has run.

    Raises
    ------
    CourseError
        If a part of the module is missing or damaged, its solution is no Python, or the sandbox cannot hold here.
    """
    return _Audit(module, workers, show, watch).found()


class _Audit:
    def __init__(self, module: str, workers: int, show: Show, watch: Callable) -> None:
        self._module, self._show = module, show
        self._exam = Exam(module)
        self._bank = read_bank(module)
        memory = Memory(tree.root() / "_build" / "audit" / f"{module}.jsonl")
        self._hall = Hall(self._exam.court(), memory, workers, watch)
        self._limit = self._exam.limit
        self._cases: dict[str, Case] = {}
        self._count = Count(self._exam, self._bank, read_lists(module))

    def found(self) -> Found:
        """Hear all there is to hear, and count."""
        variations = _variations(self._exam.given)
        self._hear([self._case(REFERENCE, {}), *self._counters()], "solution")
        self._limit = min(self._limit, STEP * max(1, ceil(SLOWER * self._count.heard[REFERENCE].seconds / STEP)))
        made = dict(self._mutants())
        answers = [self._answer(each, self._exam.limit if each.kind is Kind.RIGHT else None) for each in self._bank]
        answers += [self._case(UNANSWERED, self._exam.unanswered()), *self._varied(variations)]
        self._hear([*answers, *map(self._before_own, made, made.values())], "answers, mutants")
        surprising = {
            each.name for each in self._bank if self._hasty(each.name) and not self._count.is_as_it_says(each)
        }
        lived = [name for name in made if self._hasty(name) or not self._count.lost(name)]
        # What could not be told on a busy machine may be told now.
        again = [name for name in self._cases if name not in made and (name in surprising or self._count.is_open(name))]
        self._hear(
            [
                *(replace(self._cases[name], timeout=self._exam.limit) for name in again),
                *(self._before_all(name, made[name]) for name in lived),
            ],
            "survivors",
        )
        report = self._count.report(made, len(variations))
        return Found(report, self._count.behaviours(report.mark))

    def _hear(self, cases: list[Case], doing: str) -> None:
        self._cases |= {case.student: case for case in cases}
        for ruling in self._show(self._hall.hear(cases), len(cases), f"{self._module}: {doing}"):
            self._count.heard[ruling.student] = ruling

    def _case(
        self,
        student: str,
        cells: Mapping[str, str],
        checks: Iterable[str] | None = None,
        values: Mapping[str, object] | None = None,
        limit: float | None = None,
    ) -> Case:
        shared, steps = self._exam.steps(cells, None if checks is None else set(checks), values)
        return Case(student, shared, steps, limit or self._limit)

    def _counters(self) -> list[Case]:
        """Cases that count how often the visible part of a check calls the function of its task."""
        cases = []
        for cell, checks in self._exam.own.items():
            if checks and (function := task_function(self._exam.solutions[cell])):
                source = self._exam.solutions[cell] + counter(function)
                shared, steps = self._exam.steps({cell: source}, {checks[0]})
                cases.append(Case(f"calls of {cell}", shared, visible_calls(steps), self._exam.limit))
        return cases

    def _mutants(self) -> Iterator[tuple[str, Mutant]]:
        for cell, source in self._exam.solutions.items():
            made = mutants(cell, source)
            counted = self._count.heard.get(f"calls of {cell}")
            calls = (
                [int(each.message) for each in counted.verdicts.values() if each.message.isdigit()] if counted else []
            )
            made += [learnt_by_heart(cell, source, count) for count in calls if count > 1]
            for number, mutant in enumerate(made, start=1):
                yield f"{cell} {number}: {mutant.operator}", mutant

    def _before_own(self, name: str, mutant: Mutant) -> Case:
        """A mutant before the checks of its own cell."""
        return self._case(name, {mutant.cell: mutant.source}, self._exam.own[mutant.cell] or None)

    def _before_all(self, name: str, mutant: Mutant) -> Case:
        """A mutant that its own checks let pass, or could not tell, before all that it may concern."""
        cells = {mutant.cell: mutant.source}
        return self._case(name, cells, self._exam.concerned(cells), limit=self._exam.limit)

    def _answer(self, answer: Answer, limit: float | None) -> Case:
        return self._case(answer.name, self._exam.cells_of(answer), self._concerned(answer), limit=limit)

    def _concerned(self, answer: Answer) -> set[str] | None:
        """The checks that an answer may fail: all of them, if it may do anything or leaves others unanswered."""
        if answer.kind in (Kind.BLANK, Kind.HOSTILE) or answer.rest == "blank":
            return None
        return self._exam.concerned({name: text for name, text in answer.cells.items() if name in self._exam.solutions})

    def _varied(self, variations: list[dict[str, object]]) -> list[Case]:
        """The solution with each seed and place; each answer, too, before the checks that may depend on them."""
        exam, swayed = self._exam, self._exam.swayed()
        cases = [
            self._case(varied(REFERENCE, number), {}, None, values, exam.limit)
            for number, values in enumerate(variations)
        ]
        for each in self._bank:
            if each.kind in (Kind.RIGHT, Kind.WRONG) and (checks := swayed & (self._concerned(each) or set())):
                limit = exam.limit if each.kind is Kind.RIGHT else None
                cases += [
                    self._case(varied(each.name, number), exam.cells_of(each), checks, values, limit)
                    for number, values in enumerate(variations)
                ]
        return cases

    def _hasty(self, student: str) -> bool:
        """Whether a limit shorter than the course's may have ended it."""
        return self._limit < self._exam.limit and self._count.heard[student].seconds >= self._limit


def _variations(given: Mapping[str, object]) -> list[dict[str, object]]:
    """Every place and every seed at least once, as parameters that the assignment has."""
    codes = places.codes() if "place" in given else [None]
    seeds = SEEDS if "seed" in given else (None,)
    pairs = (
        zip(cycle(codes), seeds, strict=False) if len(seeds) >= len(codes) else zip(codes, cycle(seeds), strict=False)
    )
    return [
        {name: value for name, value in (("place", code), ("seed", seed)) if value is not None} for code, seed in pairs
    ]
