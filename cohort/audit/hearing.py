"""Hears simulated students before the judge: many short trials in worker processes, each remembered by its content.

Nothing of nbgrader's runs here, no gradebook is written and no notebook is shown: only verdicts are wanted.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from importlib.metadata import distributions
from math import ceil
from pathlib import Path

from cohort import datasets, tree
from cohort.done import fingerprint, fingerprint_files
from cohort.errors import CourseError
from cohort.grading import workers
from cohort.grading.forks import CannotFork, Setup
from cohort.grading.nodes import Zygote
from cohort.grading.trial import Check, Trial
from cohort.grading.verdict import State, Verdict

# Cases that a worker takes at a time.
MOST_IN_A_BATCH = 12


@dataclass(frozen=True)
class Case:
    """A simulated student before the judge.

    Attributes
    ----------
    student : str
        A name that no other case of the run has.
    shared : tuple of str
        The instructor's cells at the beginning, with a place and a seed.
    steps : tuple of str or Check
        All code cells, those of `shared` first, and the checks to hear, in order.
    timeout : float
        Seconds for each cell and each check.
    """

    student: str
    shared: tuple[str, ...]
    steps: tuple[str | Check, ...]
    timeout: float


@dataclass(frozen=True)
class Ruling:
    """The verdicts on a case by check, or the reason why there are none, and the seconds that it took."""

    student: str
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    seconds: float = 0.0
    reason: str = ""


@dataclass(frozen=True)
class Court:
    """What all cases of an assignment have in common: the files beside it by path, and how a process is started."""

    files: dict[str, bytes]
    setup: Setup


class Hearing:
    """What a worker keeps between cases: two zygotes, warm for the cases to come. Use it in a ``with`` statement."""

    def __init__(self, court: Court, _: bool = False) -> None:
        self._court = court
        self._zygotes: list[Zygote] = []

    def __enter__(self) -> Hearing:
        return self

    def __exit__(self, *_: object) -> None:
        while self._zygotes:
            self._zygotes.pop().close()

    def grade(self, cases: list[Case]) -> Iterator[Ruling]:
        """Hear each case."""
        for case in cases:
            verdicts, reason, start = {}, "", time.perf_counter()
            try:
                zygotes = self._warm(case)
                start = time.perf_counter()
                with Trial(*zygotes, case.steps, self._court.files, case.shared, case.timeout) as trial:
                    verdicts = trial.hear().verdicts
            except CannotFork as error:
                reason = str(error)
            yield Ruling(case.student, verdicts, time.perf_counter() - start, reason)

    def _warm(self, case: Case) -> list[Zygote]:
        """Two zygotes after the instructor's cells: where the notebook's cells run, and where checks do."""
        if any(not zygote.alive for zygote in self._zygotes):
            self.__exit__()
        while len(self._zygotes) < 2:
            self._zygotes.append(Zygote(self._court.setup))
        for zygote in self._zygotes:
            zygote.share(list(case.shared), self._court.files, case.timeout)
        return self._zygotes


class Memory:
    """What was heard before, in a file with a line for each case.

    Parameters
    ----------
    path : Path
        The file; lines that were cut short are passed by.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, Ruling] = {}
        with suppress(OSError, UnicodeError):
            for line in path.read_text(encoding="utf-8").splitlines():
                with suppress(ValueError, TypeError, KeyError, AttributeError):
                    key, heard = json.loads(line)
                    verdicts = {check: Verdict.read(each) for check, each in heard["verdicts"].items()}
                    self._known[key] = Ruling(heard["student"], verdicts, heard["seconds"])

    def get(self, key: str, student: str) -> Ruling | None:
        """What was heard of a case with just this content."""
        found = self._known.get(key)
        return found and Ruling(student, found.verdicts, found.seconds)

    def add(self, key: str, heard: Ruling) -> None:
        """Remember it."""
        self._known[key] = heard
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            # A line that was cut short must not take this one with it.
            file.write(("\n" if file.tell() else "") + json.dumps([key, asdict(heard)]))


class Hall:
    """Where the cases of one assignment are heard.

    Parameters
    ----------
    court : Court
        What they have in common.
    memory : Memory
        What was heard before.
    count : int
        How many workers.
    watch : callable
        Called now and then with the seconds that each case has run.
    """

    def __init__(
        self, court: Court, memory: Memory, count: int, watch: Callable[[dict[str, float]], None] = lambda _: None
    ) -> None:
        self._court, self._memory, self._count, self._watch = court, memory, count, watch
        self._common = fingerprint(
            common_key(), *(part for name, content in sorted(court.files.items()) for part in (name, content))
        )

    def hear(self, cases: list[Case]) -> Iterator[Ruling]:
        """Hear cases and yield each when it is done, in no order; those that are known at once.

        Cases with the same content are heard once.

        Raises
        ------
        CourseError
            If this machine cannot hear them.
        """
        waiting: dict[str, list[Case]] = {}
        for case in cases:
            key = fingerprint(self._common, repr(case.shared), repr(case.steps), repr(case.timeout))
            if (known := self._memory.get(key, case.student)) is not None:
                yield known
            else:
                waiting.setdefault(key, []).append(case)
        keys = {alike[0].student: key for key, alike in waiting.items()}
        first = [alike[0] for alike in waiting.values()]
        count = min(self._count, len(first))
        batches = _batches(sorted(first, key=lambda case: case.shared), count)
        for found in workers.grade(self._court, batches, count, watch=self._watch, grader=Hearing):
            heard = found if isinstance(found, Ruling) else Ruling(found.student, reason=found.reason)
            key = keys[heard.student]
            if not heard.reason and all(each.state is not State.NOT_GRADED for each in heard.verdicts.values()):
                self._memory.add(key, heard)
            for case in waiting[key]:
                yield Ruling(case.student, heard.verdicts, heard.seconds, heard.reason)


def common_key() -> str:
    """A fingerprint of what every verdict depends on: the package, the course's places and data, what is installed.

    Raises
    ------
    CourseError
        If the tree cannot be read.
    """
    package = Path(__file__).parents[1]
    root = tree.root()
    try:
        return fingerprint(
            fingerprint_files(_of_verdicts(package), package),
            fingerprint_files([*(root / "places").glob("*.yml"), root / "course.yml"], root),
            *(
                f"{name}={datasets.cached(name).stat().st_size}"
                for name in datasets.names()
                if datasets.cached(name).exists()
            ),
            *sorted(f"{each.name}=={each.version}" for each in distributions()),
        )
    except OSError as error:
        raise CourseError(f"{error.filename}: {error.strerror}: restore it from git") from error


def _of_verdicts(package: Path) -> Iterator[Path]:
    """The modules that grading and notebooks use; not the commands, the exchange and most of this audit."""
    yield Path(__file__)
    yield from (path for path in package.glob("*.py") if not path.name.startswith("cli"))
    yield from (package / "grading").rglob("*.py")


def _batches(cases: list[Case], count: int) -> list[list[Case]]:
    size = max(1, min(MOST_IN_A_BATCH, ceil(len(cases) / max(1, 4 * count))))
    return [cases[first : first + size] for first in range(0, len(cases), size)]
