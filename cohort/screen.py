"""What the terminal shows: progress bars and tables."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

out = Console()
err = Console(stderr=True, highlight=False, soft_wrap=True)

Item = TypeVar("Item")

# Set at Ctrl-C: Python drops an interrupt that comes while it frees memory.
interrupted = threading.Event()

# A submission that has run for longer than this, in seconds, is shown while it runs.
STUCK = 3


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


def progress() -> Progress:
    """A bar with count, elapsed and remaining time, and the last thing done."""
    return Progress(
        TextColumn("{task.description:<25}"),
        BarColumn(bar_width=12),
        MofNCompleteColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[last]}"),
        console=err,
    )


class Watch:
    """Shows beside a bar what takes long; called with the seconds that each student's submission has run."""

    def __init__(self) -> None:
        self.show: Callable[[str], None] = lambda _: None

    def __call__(self, running: dict[str, float]) -> None:
        if interrupted.is_set():
            raise KeyboardInterrupt
        slow = [f"{student} ({seconds:.0f} s)" for student, seconds in running.items() if seconds > STUCK]
        if slow:
            self.show(", ".join(slow))


def bar(items: Iterable[Item], total: int, doing: str, watch: Watch | None = None) -> Iterator[Item]:
    """Pass items through with a progress bar, and show what `watch` is told beside it."""
    with progress() as shown:
        task = shown.add_task(doing, total=total, last="")
        if watch is not None:
            watch.show = lambda text: shown.update(task, last=text)
        for item in items:
            last = getattr(item, "student", None) or getattr(item, "place", None) or ""
            shown.update(task, advance=1, last=last)
            if interrupted.is_set():
                raise KeyboardInterrupt
            yield item


def score_table(module: str, outcomes: list, answers: dict[str, str] | None = None) -> Table:
    """A row a student: score, checks passed and what waits; with the kind of answer, where it is known."""
    from cohort.scores import scores

    found = scores(module)
    table = Table("student", *(["answers"] if answers else []), "score", "state", title=f"The assignment {module}")
    for outcome in outcomes:
        score = found.get(outcome.student)
        row = [outcome.student, *([answers[outcome.student]] if answers else [])]
        if score is None or outcome.state == "not graded":
            table.add_row(*row, "", "not graded")
            continue
        passed = f"{len(score.checks) - len(score.lost)} of {len(score.checks)} checks"
        waits = ", needs manual grade" if score.needs_manual_grade else ""
        table.add_row(*row, f"{score.points:g} / {score.maximum:g}", passed + waits)
    states = Counter(outcome.state for outcome in outcomes)
    table.caption = ", ".join(f"{count} {state}" for state, count in states.items())
    return table


def change_table(module: str, changes: list) -> Table:
    """A row for each check that changed: points, lines, and how many students had it as it was before."""
    table = Table("check", "points", "lines", "students", title=f"Checks of {module} that changed")
    for each in changes:
        lines = each.diff().splitlines()[2:]
        added, removed = (sum(line.startswith(sign) for line in lines) for sign in "+-")
        points = f"{each.before.points:g}", f"{each.after.points:g}"
        table.add_row(
            _check(module, each),
            points[0] if points[0] == points[1] else " → ".join(points),
            f"+{added} -{removed}" if lines else "the same",
            str(len(each.students)),
        )
    return table


def regrade_table(module: str, regraded: list) -> Table:
    """A row for each student and check whose score differs, or to which a person gave a score that stays."""
    table = Table("student", "check", "before", "after", "what the check says now", title="What that gives")
    for each in sorted(regraded, key=lambda each: each.student):
        for row in each.rows:
            if row.differs or row.manual is not None:
                stays = "" if row.manual is None else f" (the manual score {row.manual:g} stays)"
                said = Text(row.after.message, overflow="ellipsis", no_wrap=True)
                table.add_row(each.student, _check(module, row), _given(row.before), _given(row.after) + stays, said)
    return table


def log_table(entries: list[dict]) -> Table:
    """A row for each run in the audit log."""
    table = Table("when (UTC)", "who", "what", "why", "commit", "students", title="Audit log")
    table.columns[0].no_wrap = True
    applied = Counter(entry["run"] for entry in entries if entry["event"] == "applied")
    for entry in entries:
        if entry["event"] == "intended":
            module = entry["module"]
            checks = dict.fromkeys(_check(module, SimpleNamespace(**each)) for each in entry["checks"])
            table.add_row(
                entry["when"][:16].replace("T", " "),
                Text(entry["who"]["name"]),
                f"{entry['command']} {module}: {', '.join(checks)}",
                Text(entry["why"]),
                entry["commit"][:9] + (", changed since" if entry["differs"] else ""),
                f"{applied[entry['run']]} of {len(entry['students'])}",
            )
    return table


def _check(module: str, each: object) -> str:
    return each.check if each.notebook == module else f"{each.notebook}: {each.check}"


def _given(given: object) -> str:
    points = "waits" if given.points is None else f"{given.points:g}"
    return f"{points} / {given.maximum:g}"
