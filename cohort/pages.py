"""The pages of the book that are written from course.yml, a place's pack and the dataset descriptors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cohort import datasets
from cohort.cards import NOT_REVIEWED
from cohort.course import Course, Credits, Person
from cohort.places import Place


def modules_table(course: Course) -> str:
    """The modules that exist, as a table in Markdown."""
    rows = (
        f"| {module.code} | [{_plain(module.title)}]({module.name}/chapter.md) | {module.minutes.lesson} "
        f"| {module.minutes.assignment} | {', '.join(module.prerequisites) or 'none'} |"
        for module in course.modules
    )
    head = ("| Code | Title | Lesson minutes | Graded minutes | You need first |", "|---|---|---:|---:|---|")
    return "\n".join((*head, *rows)) + "\n"


def credits_page(course: Course, place: Place) -> str:
    """Who made and who reviewed each module and the pack of the place, in Markdown."""
    seats = [(f"{module.code} {module.title}", module.credits) for module in course.modules]
    seats.append((f"What the book says about {place.name}", place.credits))
    unverified = [fact for fact in place.facts if not fact.verified]
    return "\n".join(
        (
            "# Credits and review",
            "",
            "Who made this book, and who checked it. Where a seat is open, the table says **wanted**.",
            "",
            "| Part | Made by | Reviewed by |",
            "|---|---|---|",
            *(f"| {_plain(part)} | {_authors(credits)} | {_reviewers(credits)} |" for part, credits in seats),
            "",
            f"## Statements about {_plain(place.name)}",
            "",
            f"The book makes {len(place.facts)} statements about {_plain(place.name)} that come from its place pack. "
            f"{_unverified(len(unverified))} marked *unverified*: we know of no source that we have read. "
            "An unverified statement is never graded. This is not legal advice.",
            "",
            "| Statement | Source | Certainty | Review |",
            "|---|---|---|---|",
            *(
                f"| {_plain(fact.text)} | [{_plain(fact.citation)}]({fact.source}) "
                f"| {fact.certainty}{'' if fact.verified else ', **unverified**'} "
                f"| {f'{_plain(fact.reviewed_by)}, {fact.reviewed_on}' if fact.reviewed_by else NOT_REVIEWED} |"
                for fact in place.facts
            ),
            "",
            "Certainty: A read at the source, B stated by a source that was read, C well known but not yet sourced, "
            "D doubtful.",
            "",
            "## Licences",
            "",
            "- Text, figures and notebooks: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/).",
            "- Code: BSD-3-Clause.",
            "- Data: each dataset has its own licence, see [Datasets](datasets.md).",
            "- The pages are made with Jupyter Book and the Sphinx Book Theme (both BSD-3-Clause); "
            "formulas are set by MathJax (Apache License 2.0), which this book carries with it.",
            "",
        )
    )


def datasets_page(course: Course) -> str:
    """What is known of each dataset of the course, in Markdown, from its Data Package descriptor."""
    names = sorted({name for module in course.modules for name in module.datasets})
    head = (
        "# Datasets",
        "",
        "What each table of the course holds, in which units, under which licence, and what is doubtful about it. "
        "A missing value is shown as missing, never as zero. "
        "The command `cohort datasets` lists them on your own computer.",
        "",
    )
    parts = (line for name in names for line in _dataset(name, course))
    return "\n".join((*head, *parts))


def _authors(credits: Credits) -> str:
    return "**wanted**" if credits.authors == "wanted" else "; ".join(map(_person, credits.authors))


def _reviewers(credits: Credits) -> str:
    if credits.reviewers == "wanted":
        return f"**wanted** ({NOT_REVIEWED})"
    return "; ".join(f"{_person(person)}, {person.reviewed_on}" for person in credits.reviewers)


def _person(person: Person) -> str:
    return _plain(", ".join(part for part in (person.name, person.role, person.country) if part))


def _unverified(count: int) -> str:
    match count:
        case 0:
            return "None of them is"
        case 1:
            return "One of them is"
    return f"{count} of them are"


def _dataset(name: str, course: Course) -> Iterator[str]:
    about = datasets.describe(name)
    archive, totals = about["archive"], about["totals"]
    used = (f"[{module.code}]({module.name}/chapter.md)" for module in course.modules if name in module.datasets)
    licences = "; ".join(f"{_plain(one['name'])} ({_plain(one['title'])})" for one in about["licenses"])
    yield from (f"(dataset-{name.replace('_', '-')})=", f"## {_plain(about['title'])}", "")
    yield from (_plain(about["description"]), "")
    yield f"- **Name in the code:** `cohort.datasets.{name}()`"
    yield f"- **Used in:** {', '.join(used)}"
    yield f"- **Rows:** {totals['rows']:,}, from {totals['first']} to {totals['last']}"
    yield f"- **Licence of the data:** {licences or 'not known: use it here, but do not pass the table on'}"
    package = f"{_plain(archive['package'])} {archive['version']}"
    yield f"- **Licence of the package that carries it:** {_plain(archive['licence'])} ({package})"
    yield from (f"- **Source:** {_plain(source['title'])}" for source in about["sources"])
    yield f"- **Cite as:** {_linked(_plain(about['citation']))}"
    yield f"- **Doubt:** {_plain(about['doubt'])}"
    yield from ("", "| Column | What it is | Unit | Missing values |", "|---|---|---|---:|")
    for field in about["resources"][0]["schema"]["fields"]:
        unit = field.get("unit") or ("date" if field["type"] == "date" else "none")
        missing = totals["missing"].get(field["name"], 0)
        yield f"| `{field['name']}` | {_plain(field['description'])} | {_plain(unit)} | {missing:,} |"
    yield ""


def _plain(text: str) -> str:
    """Text as Markdown that shows it as it is, on one line."""
    return re.sub(r"([\\`*_\[\]<>|$])", r"\\\1", " ".join(text.split()))


def _linked(text: str) -> str:
    return re.sub(r"\bdoi:(10\.\S+[^\s.,;])", r"[doi:\1](https://doi.org/\1)", text)
