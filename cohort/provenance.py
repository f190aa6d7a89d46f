"""Who made this, who checked this: one line and what folds under it, in Markdown, for notebooks and the book."""

from __future__ import annotations

import re
from html import escape

from cohort.course import Course, Credits, Localism, Module, Person
from cohort.places import Fact, Place

NOT_REVIEWED = "not yet reviewed by a local expert"
# What the localism lens asks of a module, by the key of its answer in course.yml.
QUESTIONS = {
    "curated": "Who curated this?",
    "reviewed": "Who reviewed it?",
    "local_experts": "Where did local experts come in?",
    "relevance": "Why is it relevant here?",
}


def of_module(module: Module, place: Place) -> str:
    """The box of a module's lesson, assignment and pages, in the edition of a place."""
    told = told_by(module, place)
    unverified = [fact for fact in told if not fact.verified]
    body = [
        f"- This module, *{plain(module.title)}*: {seats(module.credits)}.",
        f"- What it says about {plain(place.name)}: {seats(place.credits)}.",
        *([f"- {_reviews(told, unverified, place)}"] if told else []),
        *(f"  - {plain(fact.text)} ({fact.certainty}: {source(fact)})" for fact in unverified),
        *_answers(module.localism),
    ]
    return _box(module.credits, body, f"{len(unverified)} of {len(told)} statements unverified" if told else "")


def of_page(course: Course) -> str:
    """The box of a page of the book that belongs to no module."""
    others = "Modules, and what they say about a place, have their own: the page *Credits and review* lists them all."
    return _box(course.credits, [f"- This page: {seats(course.credits)}.", f"- {others}"])


def told_by(module: Module, place: Place) -> list[Fact]:
    """The facts of a place that a module tells."""
    if module.topics is None:
        return place.facts
    ids = {fact.id for topic in module.topics for fact in place.about(topic)}
    return [fact for fact in place.facts if fact.id in ids]


def seats(credits: Credits) -> str:
    """Who made and who reviewed something, as a part of a sentence."""
    made = "author" if credits.authors == "wanted" else "made by"
    checked = "reviewer" if credits.reviewers == "wanted" else "reviewed by"
    return f"{made} {authors(credits)}; {checked} {reviewers(credits)}"


def authors(credits: Credits) -> str:
    """Who made something, or that somebody is wanted."""
    return "**wanted**" if credits.authors == "wanted" else "; ".join(map(_person, credits.authors))


def reviewers(credits: Credits) -> str:
    """Who reviewed something and when, or that somebody is wanted."""
    if credits.reviewers == "wanted":
        return f"**wanted** ({NOT_REVIEWED})"
    return "; ".join(f"{_person(person)}, {person.reviewed_on}" for person in credits.reviewers)


def review(fact: Fact) -> str:
    """Who reviewed a fact and when, or that nobody has."""
    return f"{plain(fact.reviewed_by)}, {fact.reviewed_on}" if fact.reviewed_by else NOT_REVIEWED


def source(fact: Fact) -> str:
    """Where a fact stands, as a link."""
    return f"[{plain(fact.citation)}]({fact.source})"


def plain(text: str) -> str:
    """Text as Markdown that shows it as it is, on one line."""
    return re.sub(r"([\\`*_\[\]<>|$])", r"\\\1", " ".join(text.split()))


def _box(credits: Credits, body: list[str], more: str = "") -> str:
    line = "; ".join(part for part in (_named(credits), more) if part)
    return "\n".join(['<details class="provenance">', f"<summary>{line}</summary>", "", *body, "", "</details>"])


def _named(credits: Credits) -> str:
    """Who made and who reviewed something, by name only: for the line that always shows, which is HTML."""
    made, checked = "Author <strong>wanted</strong>", "reviewer <strong>wanted</strong>"
    if credits.authors != "wanted":
        made = f"Made by {escape(', '.join(person.name for person in credits.authors))}"
    if credits.reviewers != "wanted":
        checked = f"reviewed by {escape(', '.join(person.name for person in credits.reviewers))}"
    return f"{made}; {checked}"


def _reviews(told: list[Fact], unverified: list[Fact], place: Place) -> str:
    waiting = sum(not fact.reviewed_by for fact in told)
    return (
        f"Statements about {plain(place.name)}: {len(told)}. Not yet reviewed by a local expert: {waiting}. "
        f"*Unverified*, with no source that we have read, and so never graded: {len(unverified)}."
    )


def _answers(localism: Localism) -> list[str]:
    return [
        f"- **{question}** {plain(getattr(localism, key) or 'Open: nobody has answered yet.')}"
        for key, question in QUESTIONS.items()
    ]


def _person(person: Person) -> str:
    about = ", ".join(part for part in (person.role, person.country) if part)
    return f"{plain(person.name)} ({plain(about)})"
