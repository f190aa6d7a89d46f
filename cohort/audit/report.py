"""What an audit found, its gate, and the file that keeps it: ``answers/<module>/audit.json``."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cohort import tree
from cohort.done import fingerprint, fingerprint_files
from cohort.errors import CourseError
from cohort.files import whole_file
from cohort.notebooks import read_notebook

# At least this share of mutants is killed.
KILLED = 0.9
NAME = "audit.json"
MADE_HERE = (NAME, "misconceptions.json")


@dataclass(frozen=True)
class Survivor:
    """A mutant that kept every point: where and what it is, its difference to the solution, and why, if listed."""

    cell: str
    operator: str
    line: int
    was: str
    now: str
    diff: str
    why: str


@dataclass(frozen=True)
class Report:
    """How good the checks of a module's assignment are.

    Attributes
    ----------
    module, mark : str
        The module, and a fingerprint of what was audited.
    mutants, killed : int
        Mutants that are faults, and how many of them lost points.
    by_cell : dict
        For each solution cell, mutants and killed ones.
    equivalent : int
        Mutants that are listed as no fault.
    survivors, undecided : list of Survivor
        Those that kept every point; those that the machine or the judge could not tell.
    wrong, right : int
        Answers of the banks; the reference solution is a right one.
    wrong_missed : list of str
        ``answer: check`` for each wrong answer that keeps the points of a check that it names.
    wrong_elsewhere : list of str
        ``answer: check`` for each wrong or hostile answer that loses points in a check that it does not name.
    right_rejected : list of str
        ``answer: check: message`` for each right answer that loses a point, with any seed, at any place.
    blank_paid : list of str
        ``answer: points`` for each unanswered release that gets some.
    dead_checks : list of str
        Checks that no mutant and no wrong answer fails.
    silent : list of str
        ``check: message`` for each assertion that nobody met.
    unstable : list of str
        ``answer: check`` for each verdict that changes with seed or place.
    stale : list of str
        Listed in ``mutants.yml``, and no such mutant, or one that loses points.
    variations : int
        Pairs of place and seed that were tried.
    """

    module: str
    mark: str
    mutants: int = 0
    killed: int = 0
    by_cell: dict[str, list[int]] = field(default_factory=dict)
    equivalent: int = 0
    survivors: list[Survivor] = field(default_factory=list)
    undecided: list[Survivor] = field(default_factory=list)
    wrong: int = 0
    right: int = 0
    wrong_missed: list[str] = field(default_factory=list)
    wrong_elsewhere: list[str] = field(default_factory=list)
    right_rejected: list[str] = field(default_factory=list)
    blank_paid: list[str] = field(default_factory=list)
    dead_checks: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    unstable: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    variations: int = 0

    @property
    def kill_rate(self) -> float:
        """Share of mutants that lost points; 1 if there is none."""
        return self.killed / self.mutants if self.mutants else 1.0

    @property
    def caught(self) -> int:
        """Wrong answers that lose points in each check that they name."""
        return self.wrong - len({each.partition(":")[0] for each in self.wrong_missed})

    @property
    def kept(self) -> int:
        """Right answers that lose nothing, with any seed, at any place."""
        return self.right - len({each.partition(":")[0].partition("@")[0] for each in self.right_rejected})

    def faults(self) -> list[str]:
        """What keeps the gate shut, a line each; empty if it is open."""
        found = []
        if self.kill_rate < KILLED:
            found.append(
                f"{self.module}: {self.killed} of {self.mutants} mutants are killed, and {KILLED:.0%} must be: "
                "add checks that tell the survivors from the solution"
            )
        for what, mend in MENDS.items():
            found += [f"{self.module}: {each}: {mend}" for each in getattr(self, what)]
        return found

    def about(self) -> dict[str, Any]:
        """For programs: plain values."""
        return {**asdict(self), "kill_rate": round(self.kill_rate, 4), "gate": "open" if not self.faults() else "shut"}


MENDS = {
    "wrong_missed": "this wrong answer keeps the points: mend the check, or `loses` of the answer",
    "wrong_elsewhere": "it loses points here, too: mend the check, or `loses` of the answer",
    "right_rejected": "a right answer loses points: mend the check",
    "blank_paid": "no answer earns points: mend the check",
    "dead_checks": "nothing fails this check: mend it, or add a wrong answer that it should catch",
    "unstable": "the verdict changes with place or seed: mend the check",
    "stale": "listed in mutants.yml, and no such mutant survives: take it from the list",
}


def path(module: str) -> Path:
    """Where a module's report is kept."""
    return tree.root() / "answers" / module / NAME


def mark(module: str) -> str:
    """A fingerprint of what an audit looks at: code cells and settings of the source, banks, and the audit itself.

    The words between the cells are left out: no verdict depends on them, so a clearer sentence asks for no new audit.

    Raises
    ------
    CourseError
        If a file cannot be read.
    """
    root, package = tree.root(), Path(__file__).parent
    bank = [each for each in (root / "answers" / module).rglob("*") if each.is_file() and each.name not in MADE_HERE]
    beside = [each for each in tree.source(module).parent.rglob("*") if each.is_file() and each.suffix != ".ipynb"]
    try:
        return fingerprint(
            *(_code_of(each) for each in sorted(tree.source(module).parent.glob("*.ipynb"))),
            fingerprint_files([*bank, *beside], root),
            fingerprint_files(package.glob("*.py"), package),
        )
    except OSError as error:
        raise CourseError(f"{error.filename}: {error.strerror}: restore it from git") from error


def _code_of(notebook: Path) -> str:
    """The cells of a notebook without the words of those that are not code."""
    cells = read_notebook(notebook).cells
    return json.dumps(
        [[each.id, each.metadata, each.source if each.cell_type == "code" else ""] for each in cells], sort_keys=True
    )


def write(report: Report) -> None:
    """Keep a report."""
    with whole_file(path(report.module)) as beside:
        beside.write_text(json.dumps(asdict(report), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(module: str) -> Report | None:
    """The report that is kept; None if there is none.

    Raises
    ------
    CourseError
        If it is damaged.
    """
    try:
        about = json.loads(path(module).read_text(encoding="utf-8"))
        lists = {name: [Survivor(**each) for each in about.pop(name)] for name in ("survivors", "undecided")}
        return Report(**about, **lists)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CourseError(f"{path(module)}: this is no report of an audit: run `cohort audit {module}`") from error
