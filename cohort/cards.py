"""What a lesson prints about its place, its facts and its makers."""

from __future__ import annotations

from IPython.display import Markdown

from cohort.course import load_course
from cohort.places import Fact, load_place
from cohort.provenance import of_module, plain, review, seats, source


def scenario(module: str, place: str) -> Markdown:
    """The situation in which the lesson is set, from the place's pack."""
    return Markdown(load_place(place).scenario(module))


def facts(place: str, topic: str) -> Markdown:
    """A table of the place's facts on a topic: statement, citation, dates, certainty, review; or that there is none."""
    here = load_place(place)
    if not here.about(topic):
        return Markdown(
            f"The course has no fact on this for {plain(here.name)} yet. That does not mean that no rule holds there: "
            "ask an office of the place."
        )
    rows = [
        f"| {plain(fact.text)}{'' if fact.verified else ' **Unverified.**'} | {source(fact)} | {_in_force(fact)} "
        f"| {fact.certainty} | {review(fact)} |"
        for fact in here.about(topic)
    ]
    head = ["| In " + here.name + " | Source | In force | Certainty | Review |", "|---|---|---|---|---|"]
    key = (
        "\n\nCertainty: A read at the source, B stated by a source that was read, "
        "C well known but not yet sourced, D doubtful. This is not legal advice."
    )
    return Markdown("\n".join(head + rows) + key)


def provenance(module: str, place: str) -> Markdown:
    """Who made and who checked the module and what it says about the place: one line, and more folded under it."""
    return Markdown(of_module(load_course().module(module), load_place(place)))


def makers(module: str, place: str) -> Markdown:
    """Who made and who reviewed the module and the place's pack; open seats say *wanted*."""
    about = load_course().module(module)
    here = load_place(place)
    named = ", ".join(f"`{name}`" for name in about.datasets)
    datasets = [f"- Datasets: {named}; licence and source of each: `cohort datasets describe NAME`."] if named else []
    lines = [
        f"- This module, *{plain(about.title)}*: {seats(about.credits)}.",
        f"- What it says about {plain(here.name)}: {seats(here.credits)}.",
        *datasets,
        "- Text and notebooks: CC BY 4.0. Code: BSD-3-Clause.",
    ]
    return Markdown("\n".join(lines))


def _in_force(fact: Fact) -> str:
    start, end = fact.in_force.from_, fact.in_force.to
    if start is None and end is None:
        return "not a rule with dates"
    return f"{start or 'start not known'} to {end or 'now'}"
