"""What a lesson prints about its place, its facts and its makers."""

from __future__ import annotations

from IPython.display import Markdown

from cohort.course import Credits, load_course
from cohort.places import Fact, load_place

NOT_REVIEWED = "not yet reviewed by a local expert"


def scenario(module: str, place: str) -> Markdown:
    """The situation in which the lesson is set, from the place's pack."""
    return Markdown(load_place(place).scenario(module))


def facts(place: str, topic: str) -> Markdown:
    """A table of the place's facts on a topic: statement, citation, dates, certainty, review."""
    here = load_place(place)
    rows = [
        f"| {_cell(fact.text)}{'' if fact.verified else ' **Unverified.**'} | {_source(fact)} | {_in_force(fact)} "
        f"| {fact.certainty} | {_review(fact)} |"
        for fact in here.about(topic)
    ]
    head = ["| In " + here.name + " | Source | In force | Certainty | Review |", "|---|---|---|---|---|"]
    key = (
        "\n\nCertainty: A read at the source, B stated by a source that was read, "
        "C well known but not yet sourced, D doubtful. This is not legal advice."
    )
    return Markdown("\n".join(head + rows) + key)


def makers(module: str, place: str) -> Markdown:
    """Who made and who reviewed the module and the place's pack; open seats say *wanted*."""
    about = load_course().module(module)
    here = load_place(place)
    named = ", ".join(f"`{name}`" for name in about.datasets)
    datasets = [f"- Datasets: {named}; licence and source of each: `cohort datasets describe NAME`."] if named else []
    lines = [
        *_seats(f"This module, *{about.title}*", about.credits),
        *_seats(f"What it says about {here.name}", here.credits),
        *datasets,
        "- Text and notebooks: CC BY 4.0. Code: BSD-3-Clause.",
    ]
    return Markdown("\n".join(lines))


def _seats(what: str, credits: Credits) -> list[str]:
    authors = "wanted" if credits.authors == "wanted" else "; ".join(map(_person, credits.authors))
    if credits.reviewers == "wanted":
        reviewers = f"**wanted** ({NOT_REVIEWED})"
    else:
        reviewers = "; ".join(f"{_person(person)}, {person.reviewed_on}" for person in credits.reviewers)
    return [f"- {what}: made by {authors}; reviewed by {reviewers}."]


def _person(person) -> str:
    return f"{person.name} ({', '.join(part for part in (person.role, person.country) if part)})"


def _source(fact: Fact) -> str:
    return f"[{_cell(fact.citation)}]({fact.source})"


def _cell(text: str) -> str:
    """Text that cannot break out of a table's cell."""
    return " ".join(text.split()).replace("|", "\\|")


def _in_force(fact: Fact) -> str:
    start, end = fact.in_force.from_, fact.in_force.to
    if start is None and end is None:
        return "not a rule with dates"
    return f"{start or 'start not known'} to {end or 'now'}"


def _review(fact: Fact) -> str:
    return f"{fact.reviewed_by}, {fact.reviewed_on}" if fact.reviewed_by else NOT_REVIEWED
