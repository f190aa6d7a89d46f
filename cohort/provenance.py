"""Who made this, who checked this: one line with what folds under it, for notebooks and pages of the book."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from cohort.course import Course, Credits, Localism, Module, Person
from cohort.places import Fact, Place

NOT_REVIEWED = "not yet reviewed by a local expert"
QUESTIONS = {
    "curated": "Who curated this?",
    "reviewed": "Who reviewed it?",
    "local_experts": "Where did local experts come in?",
    "relevance": "Why is it relevant here?",
}


def of_module(module: Module, place: Place) -> str:
    """The box of a module's lesson, assignment and chapter, for a place, in HTML."""
    told = facts_told(module, place)
    unverified = [fact for fact in told if not fact.verified]
    body = [
        *_seats(f"This module, {module.title}", module.credits),
        *_seats(f"What it says about {place.name}", place.credits),
    ]
    return _box(
        f"{_line(module.credits)}; {_count(told, unverified, place)}",
        [*_listed(body), *_reviews(told, place), *_unverified(unverified), *_answers(module.localism)],
    )


def of_page(course: Course) -> str:
    """The box of a page of the book that belongs to no module, in HTML."""
    more = "<p>Who made and who checked each module, and each statement about a place: see Credits and review.</p>"
    return _box(_line(course.credits), [*_listed(_seats("This page", course.credits)), more])


def facts_told(module: Module, place: Place) -> list[Fact]:
    """The facts of a place that the module tells, in the order of the pack."""
    if module.topics is None:
        return place.facts
    wanted = {fact.id for topic in module.topics for fact in place.about(topic)}
    return [fact for fact in place.facts if fact.id in wanted]


def _box(line: str, body: list[str]) -> str:
    # No blank line: in Markdown it would end the block.
    return "\n".join(
        ["<details>", f"<summary>Who made this, who checked this: {line}</summary>", *body, "</details>"]
    )


def _line(credits: Credits) -> str:
    """Authors and reviewers by name, in one line."""
    authors = "author <strong>wanted</strong>"
    if credits.authors != "wanted":
        authors = f"made by {escape(', '.join(person.name for person in credits.authors))}"
    reviewers = "reviewer <strong>wanted</strong>"
    if credits.reviewers != "wanted":
        reviewers = f"reviewed by {escape(', '.join(person.name for person in credits.reviewers))}"
    return f"{authors}; {reviewers}"


def _count(told: list[Fact], unverified: list[Fact], place: Place) -> str:
    if not told:
        return f"no statement about {escape(place.name)}"
    return f"{len(unverified)} of {len(told)} statements about {escape(place.name)} unverified"
