"""Counts what an audit heard: which mutants survive, and which answers of the bank are not what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cohort.answers import Answer, Kind
from cohort.audit.assertions import never_met
from cohort.audit.exam import Exam
from cohort.audit.hearing import Ruling
from cohort.audit.listed import Lists
from cohort.audit.mutants import Mutant
from cohort.audit.report import Report, Survivor, mark
from cohort.grading.verdict import State, Verdict
from cohort.misconceptions import Behaviours, collect

# The names under which the solution and the assignment as it was released are heard.
REFERENCE, UNANSWERED = "reference", "unanswered"


def varied(student: str, number: int) -> str:
    """The name under which an answer is heard with another place and seed."""
    return f"{student}@{number}"


class Count:
    """What was heard of an assignment.

    Parameters
    ----------
    exam : Exam
        The assignment.
    bank : list of Answer
        Its bank.
    lists : Lists
        What people say of its mutants.

    Attributes
    ----------
    heard : dict
        The rulings, by the name of the case; to be filled.
    """

    def __init__(self, exam: Exam, bank: list[Answer], lists: Lists) -> None:
        self._exam, self._bank, self._lists = exam, bank, lists
        self.heard: dict[str, Ruling] = {}

    def lost(self, student: str) -> list[str]:
        """The checks that did not give all their points."""
        verdicts = self.heard[student].verdicts
        return [check for check, verdict in verdicts.items() if self._loses(check, verdict)]

    def is_as_it_says(self, answer: Answer) -> bool:
        """Whether an answer lost points in just the checks that it names."""
        return sorted(self.lost(answer.name)) == sorted(answer.loses)

    def _loses(self, check: str, verdict: Verdict) -> bool:
        points = verdict.points(self._exam.points[check])
        return points is not None and points < self._exam.points[check]

    def report(self, made: dict[str, Mutant], variations: int) -> Report:
        """What was found.

        Parameters
        ----------
        made : dict
            The mutants, by the names under which they were heard.
        variations : int
            Pairs of place and seed that were tried.
        """
        listed = self._lists
        equal = {name for name, mutant in made.items() if any(each.names(mutant) for each in listed.equivalent)}
        lived = [name for name in made if not self.lost(name)]
        faults = [name for name in made if name not in equal]
        undecided = [name for name in lived if name not in equal and self.is_open(name)]
        by_cell: dict[str, list[int]] = {cell: [0, 0] for cell in self._exam.solutions}
        for name in faults:
            by_cell[made[name].cell][0] += 1
            by_cell[made[name].cell][1] += name not in lived
        of_kind = {kind: [each for each in self._bank if each.kind is kind] for kind in Kind}
        blank = [*(each.name for each in of_kind[Kind.BLANK]), UNANSWERED]
        return Report(
            module=self._exam.module,
            mark=mark(self._exam.module),
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
                if check not in self.lost(each.name)
            ],
            wrong_elsewhere=[
                f"{each.name}: {check}"
                for each in of_kind[Kind.WRONG] + of_kind[Kind.HOSTILE]
                for check in self.lost(each.name)
                if check not in each.loses
            ],
            right_rejected=list(self._rejected(of_kind[Kind.RIGHT])),
            blank_paid=[f"{name}: {points:g} points" for name in blank if (points := self._points(name))],
            dead_checks=self._dead(made, of_kind[Kind.WRONG]),
            silent=never_met(self._exam.sources, (each.verdicts for each in self.heard.values())),
            unstable=list(self._unstable(variations)),
            stale=[
                f"{each.cell}: {each.was!r} to {each.now!r}"
                for each in [*listed.equivalent, *listed.survive]
                if not any(each.names(made[name]) for name in lived)
            ],
            variations=variations,
        )

    def is_open(self, name: str) -> bool:
        """Whether it could not be told."""
        ruling = self.heard[name]
        return bool(ruling.reason) or any(each.state is State.NOT_GRADED for each in ruling.verdicts.values())

    def _rejected(self, right: list[Answer]) -> Iterator[str]:
        for student, ruling in self.heard.items():
            name = student.partition("@")[0]
            if name != REFERENCE and name not in {each.name for each in right}:
                continue
            if ruling.reason:
                yield f"{student}: {ruling.reason}"
            for check, verdict in ruling.verdicts.items():
                if verdict.points(self._exam.points[check]) != self._exam.points[check]:
                    yield f"{student}: {check}: {verdict.message or 'not all points'}"

    def _points(self, student: str) -> float:
        verdicts = self.heard[student].verdicts.items()
        return sum(verdict.points(self._exam.points[check]) or 0 for check, verdict in verdicts)

    def _dead(self, made: Iterable[str], wrong: list[Answer]) -> list[str]:
        failed = {check for name in [*made, *(each.name for each in wrong)] for check in self.lost(name)}
        return [check for check in self._exam.points if check not in failed]

    def _unstable(self, count: int) -> Iterator[str]:
        for name in [REFERENCE, *(each.name for each in self._bank)]:
            before = self.heard[name].verdicts
            for number in range(count):
                for check, verdict in getattr(self.heard.get(varied(name, number)), "verdicts", {}).items():
                    if verdict.points(self._exam.points[check]) != before[check].points(self._exam.points[check]):
                        yield f"{varied(name, number)}: {check}"

    def _survivor(self, mutant: Mutant) -> Survivor:
        diff = mutant.diff(self._exam.solutions[mutant.cell])
        return Survivor(
            mutant.cell, mutant.operator, mutant.line, mutant.was, mutant.now, diff, self._lists.why(mutant)
        )

    def behaviours(self, mark: str) -> Behaviours:
        """How the bank's wrong answers behave, with the place and seed of the source and of each variation."""
        kinds = {each.name: each.kind for each in self._bank} | {REFERENCE: Kind.RIGHT}
        heard = [(student.partition("@")[0], ruling.verdicts) for student, ruling in self.heard.items()]
        wrong, right = ([each for each in heard if kinds.get(each[0]) is kind] for kind in (Kind.WRONG, Kind.RIGHT))
        return collect(mark, wrong, right)
