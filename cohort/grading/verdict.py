"""What a check says of a submission: passed, failed or not graded, with points and the reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """The three verdicts."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_GRADED = "not graded"


@dataclass(frozen=True)
class Award:
    """Points that a check gave for a part of an answer, and what for."""

    points: float
    why: str


@dataclass(frozen=True)
class Verdict:
    """What became of one check.

    Attributes
    ----------
    state : State
        *Failed* is the student's doing; *not graded* is nobody's, or cannot be told: a person decides.
    message : str
        What the student should look at next, or why it was not graded; empty where it passed.
    awards : tuple of Award
        Points for parts of the answer, where the check gives such.
    in_sight : bool
        Whether it ended in a part of the check that students have.
    withheld : bool
        Whether the judge's own words could repeat what a hidden check gave to the student's code: then
        students see what the same part says in a run that has met no hidden check.
    behaviour : str
        What the notebook answered until the check ended, as a digest, where points were lost; else, and where it
        says nothing, empty.
    """

    state: State
    message: str = ""
    awards: tuple[Award, ...] = ()
    in_sight: bool = False
    withheld: bool = False
    behaviour: str = ""

    @classmethod
    def read(cls, about: dict[str, Any]) -> Verdict:
        """A verdict from plain values, as a message or a JSON file holds them."""
        awards = tuple(Award(**award) for award in about["awards"])
        return cls(**{**about, "state": State(about["state"]), "awards": awards})

    def points(self, maximum: float) -> float | None:
        """The points out of `maximum`; None if it was not graded."""
        if self.state is State.NOT_GRADED:
            return None
        if self.awards:
            return min(maximum, sum(award.points for award in self.awards))
        return maximum if self.state is State.PASSED else 0.0
