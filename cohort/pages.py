"""The pages of the book that are written from course.yml, a place's pack and the dataset descriptors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

from cohort import datasets
from cohort.course import Course
from cohort.places import Place
from cohort.provenance import authors, plain, review, reviewers, source


def edition(place: Place) -> str:
    """Which place an edition of the book is set in, in Markdown."""
    return f"This edition is set in **{plain(place.name)}**: its scenarios, its law and its seasons.\n"


def modules_table(course: Course) -> str:
    """The modules that exist, as a table in Markdown."""
    rows = (
        f"| {module.code} | [{plain(module.title)}]({module.name}/chapter.md) | {module.minutes.lesson} "
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
            *(f"| {plain(part)} | {authors(credits)} | {reviewers(credits)} |" for part, credits in seats),
            "",
            f"## Statements about {plain(place.name)}",
            "",
            f"The book makes {len(place.facts)} statements about {plain(place.name)} that come from its place pack. "
            f"{_unverified(len(unverified))} marked *unverified*: we know of no source that we have read. "
            "An unverified statement is never graded. This is not legal advice.",
            "",
            "| Statement | Source | Certainty | Review |",
            "|---|---|---|---|",
            *(
                f"| {plain(fact.text)} | {source(fact)} "
                f"| {fact.certainty}{'' if fact.verified else ', **unverified**'} | {review(fact)} |"
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


def boxed(page: str, box: str) -> str | None:
    """A page in Markdown with a box below its title; None if no empty line is there.

    The box takes the place of that line, so that what Sphinx says of the page keeps its line number:
    behind a comment, HTML that is one line needs no empty line after it.
    """
    html = " ".join(MarkdownIt().render(box).split())
    found, count = re.subn(r"^(# .+\n)\n", lambda title: f"{title[1]}<!-- box -->{html}\n", page, count=1, flags=re.M)
    return found if count else None


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
    licences = "; ".join(f"{plain(one['name'])} ({plain(one['title'])})" for one in about["licenses"])
    yield from (f"(dataset-{name.replace('_', '-')})=", f"## {plain(about['title'])}", "")
    yield from (plain(about["description"]), "")
    yield f"- **Name in the code:** `cohort.datasets.{name}()`"
    yield f"- **Used in:** {', '.join(used)}"
    yield f"- **Rows:** {totals['rows']:,}, from {totals['first']} to {totals['last']}"
    yield f"- **Licence of the data:** {licences or 'not known: use it here, but do not pass the table on'}"
    package = f"{plain(archive['package'])} {archive['version']}"
    yield f"- **Licence of the package that carries it:** {plain(archive['licence'])} ({package})"
    yield from (f"- **Source:** {plain(one['title'])}" for one in about["sources"])
    yield f"- **Cite as:** {_linked(plain(about['citation']))}"
    yield f"- **Doubt:** {plain(about['doubt'])}"
    yield from ("", "| Column | What it is | Unit | Missing values |", "|---|---|---|---:|")
    for field in about["resources"][0]["schema"]["fields"]:
        unit = field.get("unit") or ("date" if field["type"] == "date" else "none")
        missing = totals["missing"].get(field["name"], 0)
        yield f"| `{field['name']}` | {plain(field['description'])} | {plain(unit)} | {missing:,} |"
    yield ""


def _linked(text: str) -> str:
    return re.sub(r"\bdoi:(10\.\S+[^\s.,;])", r"[doi:\1](https://doi.org/\1)", text)
