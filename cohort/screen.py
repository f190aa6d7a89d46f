"""What the terminal shows: progress bars and tables."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
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
