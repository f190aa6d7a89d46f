"""Points from verdicts: silence earns nothing that was not found, and not graded is no zero."""

from __future__ import annotations

import pytest

from cohort.grading.verdict import Award, State, Verdict


@pytest.mark.parametrize(
    ("verdict", "points"),
    [
        (Verdict(State.PASSED), 4),
        (Verdict(State.FAILED, "look again"), 0),
        (Verdict(State.NOT_GRADED, "the judge ended"), None),
        (Verdict(State.PASSED, awards=(Award(1, "a"), Award(1.5, "b"))), 2.5),
        (Verdict(State.FAILED, "look again", (Award(1, "a"),)), 1),
        (Verdict(State.PASSED, awards=(Award(3, "a"), Award(3, "b"))), 4),
        (Verdict(State.NOT_GRADED, "busy", (Award(1, "a"),)), None),
    ],
)
def test_points_follow_the_verdict_and_never_exceed_the_maximum(verdict, points):
    assert verdict.points(4) == points
