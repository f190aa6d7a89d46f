"""Audits the checks of a module: hears its bank, its mutants and itself with other seeds and places, and counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from math import ceil

from cohort import places, tree
from cohort.answers import Answer, Kind, read_bank
from cohort.audit.assertions import never_met
from cohort.audit.exam import Exam
from cohort.audit.hearing import Case, Hall, Memory, Ruling
from cohort.audit.learnt import counter, visible_calls
from cohort.audit.listed import read_lists
from cohort.audit.mutants import Mutant, learnt_by_heart, mutants, task_function
from cohort.audit.report import Report, Survivor, mark
from cohort.grading.verdict import State, Verdict
from cohort.misconceptions import Behaviours, collect

# A verdict must be the same with each of these seeds.
SEEDS = (1, 2, 3, 4, 5)
# Mutants and wrong answers may take this many times what the solution takes, and at least so many seconds, so that
# one that loops is not waited for; what surprises us after such a limit is heard again with the course's own.
# Whole steps of seconds keep the limit, and with it what is remembered, the same on a machine that is a little busier.
SLOWER, STEP = 5, 5
REFERENCE = "reference"
UNANSWERED = "unanswered"

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
        self._lists = read_lists(module)
        memory = Memory(tree.root() / "_build" / "audit" / f"{module}.jsonl")
        self._hall = Hall(self._exam.court(), memory, workers, watch)
        self._limit = self._exam.limit
        self._heard: dict[str, Ruling] = {}

    def found(self) -> Found:
        """Hear all there is to hear, and count."""
        exam = self._exam
        variations = _variations(exam.given)
        reference = [self._case(REFERENCE, {}, limit=exam.limit)]
        counters = self._counters()
        self._hear([*reference, *counters], "solution")
        self._limit = min(exam.limit, STEP * max(1, ceil(SLOWER * self._heard[REFERENCE].seconds / STEP)))
        made = dict(self._mutants())
        self._hear(
            [*self._bank_cases(), *self._varied(variations), *map(self._first, made, made.values())],
            "answers, mutants",
        )
        again = [
            each
            for each in self._bank
            if self._hasty(each.name) and sorted(self._lost(each.name)) != sorted(each.loses)
        ]
        lived = [name for name in made if self._hasty(name) or not self._lost(name)]
        self._hear(
            [
                *(
                    self._case(each.name, exam.cells_of(each), self._concerned(each), limit=exam.limit)
                    for each in again
                ),
                *(self._second(name, made[name]) for name in lived),
            ],
            "survivors",
        )
        return Found(self._report(made, variations), self._behaviours())

    def _hear(self, cases: list[Case], doing: str) -> None:
        for ruling in self._show(self._hall.hear(cases), len(cases), f"{self._module}: {doing}"):
            self._heard[ruling.student] = ruling

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
            counted = self._heard.get(f"calls of {cell}")
            calls = (
                [int(each.message) for each in counted.verdicts.values() if each.message.isdigit()] if counted else []
            )
            made += [learnt_by_heart(cell, source, count) for count in calls if count > 1]
            for number, mutant in enumerate(made, start=1):
                yield f"{cell} {number}: {mutant.operator}", mutant

    def _first(self, name: str, mutant: Mutant) -> Case:
        """A mutant before the checks of its own cell."""
        return self._case(name, {mutant.cell: mutant.source}, self._exam.own[mutant.cell] or None)

    def _second(self, name: str, mutant: Mutant) -> Case:
        """A mutant that its own checks let pass, or could not tell, before all of them."""
        cells = {mutant.cell: mutant.source}
        return self._case(name, cells, self._exam.concerned(cells), limit=self._exam.limit)

    def _concerned(self, answer: Answer) -> set[str] | None:
        """The checks that an answer may fail: all of them, if it may do anything or leaves others unanswered."""
        if answer.kind in (Kind.BLANK, Kind.HOSTILE) or answer.rest == "blank":
            return None
        return self._exam.concerned({name: text for name, text in answer.cells.items() if name in self._exam.solutions})

    def _bank_cases(self) -> list[Case]:
        exam = self._exam
        limits = {Kind.RIGHT: exam.limit}
        cases = [
            self._case(each.name, exam.cells_of(each), self._concerned(each), limit=limits.get(each.kind))
            for each in self._bank
        ]
        return [*cases, self._case(UNANSWERED, exam.unanswered())]

    def _varied(self, variations: list[dict[str, object]]) -> list[Case]:
        """The solution with each seed and place; each answer, too, before the checks that may depend on them."""
        exam = self._exam
        cases = [
            self._case(_varied(REFERENCE, number), {}, None, values, exam.limit)
            for number, values in enumerate(variations)
        ]
        for each in self._bank:
            if each.kind in (Kind.RIGHT, Kind.WRONG) and (checks := exam.swayed() & (self._concerned(each) or set())):
                limit = exam.limit if each.kind is Kind.RIGHT else None
                cases += [
                    self._case(_varied(each.name, number), exam.cells_of(each), checks, values, limit)
                    for number, values in enumerate(variations)
                ]
        return cases

    def _hasty(self, student: str) -> bool:
        """Whether a limit shorter than the course's may have ended it."""
        return self._limit < self._exam.limit and self._heard[student].seconds >= self._limit

    def _lost(self, student: str) -> list[str]:
        """The checks that did not give all their points."""
        verdicts = self._heard[student].verdicts
        return [check for check, verdict in verdicts.items() if self._loses(check, verdict)]

    def _loses(self, check: str, verdict: Verdict) -> bool:
        points = verdict.points(self._exam.points[check])
        return points is not None and points < self._exam.points[check]

    def _report(self, made: dict[str, Mutant], variations: list[dict[str, object]]) -> Report:
        listed = self._lists
        equal = {name for name, mutant in made.items() if any(each.names(mutant) for each in listed.equivalent)}
        lived = [name for name in made if not self._lost(name)]
        faults = [name for name in made if name not in equal]
        undecided = [name for name in lived if name not in equal and self._open(name)]
        by_cell: dict[str, list[int]] = {cell: [0, 0] for cell in self._exam.solutions}
        for name in faults:
            by_cell[made[name].cell][0] += 1
            by_cell[made[name].cell][1] += name not in lived
        of_kind = {kind: [each for each in self._bank if each.kind is kind] for kind in Kind}
        blank = [*(each.name for each in of_kind[Kind.BLANK]), UNANSWERED]
        return Report(
            module=self._module,
            mark=mark(self._module),
            mutants=len(faults),
            killed=sum(name not in lived for name in faults),
            by_cell=by_cell,
            equivalent=len(equal),
            survivors=[self._survivor(made[name]) for name in lived if name not in equal and name not in undecided],
            undecided=[self._survivor(made[name]) for name in undecided],
            wrong=len(of_kind[Kind.WRONG]),
            right=len(of_kind[Kind.RIGHT]) + 1,
            wrong_missed=[
                f"{each.name}: {check}"
                for each in of_kind[Kind.WRONG] + of_kind[Kind.HOSTILE]
                for check in each.loses
                if check not in self._lost(each.name)
            ],
            wrong_elsewhere=[
                f"{each.name}: {check}"
                for each in of_kind[Kind.WRONG] + of_kind[Kind.HOSTILE]
                for check in self._lost(each.name)
                if check not in each.loses
            ],
            right_rejected=list(self._rejected(of_kind[Kind.RIGHT])),
            blank_paid=[f"{name}: {points:g} points" for name in blank if (points := self._points(name))],
            dead_checks=self._dead(made, of_kind[Kind.WRONG]),
            silent=never_met(self._exam.sources, (each.verdicts for each in self._heard.values())),
            unstable=list(self._unstable(len(variations))),
            stale=[
                f"{each.cell}: {each.was!r} to {each.now!r}"
                for each in [*listed.equivalent, *listed.survive]
                if not any(each.names(made[name]) for name in lived)
            ],
            variations=len(variations),
        )

    def _open(self, name: str) -> bool:
        """Whether it could not be told."""
        ruling = self._heard[name]
        return bool(ruling.reason) or any(each.state is State.NOT_GRADED for each in ruling.verdicts.values())

    def _rejected(self, right: list[Answer]) -> Iterator[str]:
        for student, ruling in self._heard.items():
            name = student.partition("@")[0]
            if name != REFERENCE and name not in {each.name for each in right}:
                continue
            if ruling.reason:
                yield f"{student}: {ruling.reason}"
            for check, verdict in ruling.verdicts.items():
                if verdict.points(self._exam.points[check]) != self._exam.points[check]:
                    yield f"{student}: {check}: {verdict.message or 'not all points'}"

    def _points(self, student: str) -> float:
        verdicts = self._heard[student].verdicts.items()
        return sum(verdict.points(self._exam.points[check]) or 0 for check, verdict in verdicts)

    def _dead(self, made: Iterable[str], wrong: list[Answer]) -> list[str]:
        failed = {check for name in [*made, *(each.name for each in wrong)] for check in self._lost(name)}
        return [check for check in self._exam.points if check not in failed]

    def _unstable(self, count: int) -> Iterator[str]:
        for name in [REFERENCE, *(each.name for each in self._bank)]:
            before = self._heard[name].verdicts
            for number in range(count):
                for check, verdict in getattr(self._heard.get(_varied(name, number)), "verdicts", {}).items():
                    if verdict.points(self._exam.points[check]) != before[check].points(self._exam.points[check]):
                        yield f"{_varied(name, number)}: {check}"

    def _survivor(self, mutant: Mutant) -> Survivor:
        diff = mutant.diff(self._exam.solutions[mutant.cell])
        return Survivor(
            mutant.cell, mutant.operator, mutant.line, mutant.was, mutant.now, diff, self._lists.why(mutant)
        )

    def _behaviours(self) -> Behaviours:
        """How the bank's wrong answers behave, with the place and seed of the source and of each variation."""
        kinds = {each.name: each.kind for each in self._bank} | {REFERENCE: Kind.RIGHT}
        heard = [(student.partition("@")[0], ruling.verdicts) for student, ruling in self._heard.items()]
        wrong, right = ([each for each in heard if kinds.get(each[0]) is kind] for kind in (Kind.WRONG, Kind.RIGHT))
        return collect(mark(self._module), wrong, right)


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


def _varied(student: str, number: int) -> str:
    return f"{student}@{number}"
