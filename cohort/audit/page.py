"""The page of the book that says how good the checks are, written from the reports that the audits left."""

from __future__ import annotations

from collections.abc import Iterator

from cohort.audit.report import KILLED, Report, Survivor, read
from cohort.course import Course

HEAD = f"""\
# How good the checks are

*For instructors and authors.* A grade says as much about the tests as about the student. So the tests are tested:
`cohort audit` changes the reference solution of each task in small ways, one at a time, as a person who analyses data
may get it wrong: a group key dropped, a missing count taken for zero, the last day of a window left out, sine and
cosine swapped. Such a changed solution is a *mutant*. A check that gives a mutant all its points did not look closely
enough: the mutant *survives*. The banks of `answers/` add the mistakes that students make, and
right answers that are written in other ways.

The gate, which every change of the course must pass: at least {KILLED:.0%} of the mutants of an assignment lose points,
every wrong answer of the bank loses points in the checks that it names and in no other, no right answer loses a point
with any seed at any place, and an unanswered assignment gets none.

Lines of the reference solutions stand below, as they do in the open source of the course.
"""


def audit_page(course: Course) -> str:
    """The page, in Markdown.

    Raises
    ------
    CourseError
        If a report is damaged.
    """
    reports = [report for module in course.modules if (report := read(module.name))]
    return "\n".join([HEAD, *_table(reports), "", *(line for report in reports for line in _section(report))]) + "\n"


def _table(reports: list[Report]) -> Iterator[str]:
    yield "| Module | Mutants that lose points | Wrong answers caught | Right answers kept | Seeds and places | Gate |"
    yield "|---|---:|---:|---:|---:|---|"
    for each in reports:
        yield (
            f"| {each.module} | {each.killed} of {each.mutants} ({each.kill_rate:.0%}) | {each.caught} of {each.wrong} "
            f"| {each.kept} of {each.right} | {each.variations} | {'shut' if each.faults() else 'open'} |"
        )


def _section(report: Report) -> Iterator[str]:
    yield from (f"## {report.module}", "", "| Task | Mutants | Lose points |", "|---|---:|---:|")
    for cell, (mutants, killed) in report.by_cell.items():
        yield f"| `{cell}` | {mutants} | {killed} |"
    yield ""
    if report.equivalent:
        yield (
            f"{report.equivalent} more mutants are no fault: no answer that they give can be told from a right one. "
            f"`answers/{report.module}/mutants.yml` lists them with the reason.\n"
        )
    if report.survivors:
        yield "### Mutants that survive\n"
        yield from (line for each in report.survivors for line in _survivor(each))
    if report.silent:
        yield "### Messages that nobody met\n"
        yield "No mutant and no answer of the bank ends at these assertions, so this audit says nothing of them.\n"
        yield from (f"- {each.replace('…', '...')}" for each in report.silent)
        yield ""


def _survivor(each: Survivor) -> Iterator[str]:
    yield from (f"`{each.cell}`, line {each.line}: {each.operator}.", "", "```diff", each.diff.rstrip("\n"), "```", "")
    if each.why:
        yield f"{each.why}\n"
