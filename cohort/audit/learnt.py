"""Counts how often the visible part of a check calls the function of its task: so much can be learnt by heart."""

from __future__ import annotations

from cohort.grading.judged import in_sight
from cohort.grading.trial import Check

# What is appended to the solution; the judge asks `_calls_so_far` as any function of the notebook's.
COUNTER = """

_calls = []


def _counted(function):
    def counted(*args, **kwargs):
        _calls.append(1)
        return function(*args, **kwargs)
    return counted


def _calls_so_far():
    return len(_calls)


{function} = _counted({function})
"""


def counter(function: str) -> str:
    """What to append to a solution cell, so that calls of its function are counted."""
    return COUNTER.format(function=function)


def visible_calls(steps: tuple[str | Check, ...]) -> tuple[str | Check, ...]:
    """The same steps with checks that run what students have of them, and fail with the number of calls."""
    asked = "\nassert False, str(_calls_so_far())\n"
    return tuple(
        Check(step.name, in_sight(step.source) + asked, frozenset()) if isinstance(step, Check) else step
        for step in steps
    )
