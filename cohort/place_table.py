"""What `cohort places` shows: what is known of each place, and how places differ on a topic."""

from __future__ import annotations

from collections import Counter
from datetime import date

from cohort.errors import CourseError
from cohort.fact_table import row
from cohort.facts import TOPICS, Certainty
from cohort.place_check import stale
from cohort.places import codes, load_place


def summary(on: date) -> list[dict]:
    """How many facts each place has, by certainty, and how many are unverified, reviewed and stale on a day."""
    rows = []
    for place in map(load_place, codes()):
        certainties = Counter(fact.certainty for fact in place.facts)
        rows.append(
            {
                "place": place.code,
                "name": place.name,
                "depth": place.depth,
                "facts": len(place.facts),
                **{letter.value: certainties[letter] for letter in Certainty},
                "unverified": sum(not fact.verified for fact in place.facts),
                "reviewed": sum(fact.reviewed_by is not None for fact in place.facts),
                "stale": sum(stale(fact, on) for fact in place.facts),
            }
        )
    return rows


def compare(topic: str, on: date | None = None) -> list[dict]:
    """What each place says on a topic and on those below it; of a day only with `on`.

    A place without a fact has one row that says so.

    Raises
    ------
    CourseError
        If there is no such topic; the message lists those there are.
    """
    if not any(known == topic or known.startswith(topic + ".") for known in TOPICS):
        raise CourseError(f"there is no topic {topic!r}: choose one of {', '.join(TOPICS)}")
    rows = []
    for place in map(load_place, codes()):
        facts = place.about(topic) if on is None else place.in_force(topic, on)
        rows += [{**row(place, fact), "verified": fact.verified} for fact in facts]
        if not facts:
            rows.append({"place": place.code, "topic": topic, "value": None, "text": "no fact"})
    return rows
