"""The table of lessons: a row for each module, a column for each place."""

from __future__ import annotations

from collections import Counter

from rich.table import Table
from rich.text import Text

from cohort.lessons import Run

# Short words, so that thirteen places stand on a line of 80 characters.
WORDS = {
    "passed": ("ok", "green"),
    "unchanged": ("same", "green"),
    "failed": ("FAIL", "bold red"),
    "skipped": ("skip", "yellow"),
}


def matrix(runs: list[Run]) -> Table:
    """Which lesson passed where."""
    places = sorted({run.place for run in runs})
    states = {(run.module, run.place): run.state for run in runs}
    table = Table("module", *places, box=None, padding=(0, 1, 0, 0))
    for module in dict.fromkeys(run.module for run in runs):
        row = (Text(*WORDS[states[module, place]]) if (module, place) in states else "" for place in places)
        table.add_row(module, *row)
    return table


def summary(runs: list[Run]) -> str:
    """How many ended in which state, and what the words of the table mean."""
    counts = Counter(run.state for run in runs)
    said = ", ".join(f"{counts[state]} {state}" for state in WORDS if counts[state])
    return f"{said}. ok: ran now and passed; same: passed before, and nothing has changed since."


def reasons(runs: list[Run], state: str) -> list[str]:
    """Why runs ended in a state, a line for each reason; ``law for GH, ZA: ...``."""
    found: dict[tuple[str, str], list[str]] = {}
    for run in runs:
        if run.state == state:
            found.setdefault((run.module, run.reason), []).append(run.place)
    return [f"{module} for {', '.join(sorted(at))}: {reason}" for (module, reason), at in found.items()]
