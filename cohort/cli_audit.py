"""``cohort audit``: how good the checks of assignments are."""

from __future__ import annotations

import os
from typing import Annotated

import typer
from rich.syntax import Syntax
from rich.table import Table

from cohort import course
from cohort.audit.report import Report, path, write
from cohort.errors import CourseError
from cohort.options import Modules, fail, short
from cohort.screen import Watch, bar, err, out

app = typer.Typer()


@app.command()
def audit(
    modules: Modules = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes at work; one a core without it.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print a report for programs instead of tables.")] = False,
) -> None:
    """Measure the checks of assignments with mutants of the solution and the banks of answers; a gate."""
    from cohort import misconceptions  # here, as the others: nbgrader would be imported for every command

    try:
        from cohort.audit.audit import audit as audit_
    except ImportError as error:
        raise CourseError(f"the audit needs libcst and mutmut ({error}): run `make setup-test`") from error

    course_ = course.load_course()
    chosen = [course_.module(name).name for name in modules or [each.name for each in course_.modules]]
    watch = Watch()
    reports = []
    for name in chosen:
        found = audit_(name, workers or os.cpu_count() or 1, lambda *of: bar(*of, watch), watch)
        write(found.report)
        misconceptions.write(name, found.behaviours)
        reports.append(found.report)
    if json:
        out.print_json(data={"modules": [report.about() for report in reports]})
    else:
        out.print(_table(reports))
        for report in reports:
            _tell(report)
    fail([fault for report in reports for fault in report.faults()])


def _tell(report: Report) -> None:
    """The mutants that survive, as differences to the solution, and how many messages nobody met."""
    for state, mutants in (("survives", report.survivors), ("could not be told", report.undecided)):
        for each in mutants:
            where = f"{report.module}, {each.cell}, line {each.line}"
            err.print(f"{where}: {each.operator}: {state}. {each.why}", markup=False)
            err.print(Syntax(each.diff, "diff", background_color="default"))
    if report.silent:
        where = short(path(report.module))
        err.print(f"{report.module}: {len(report.silent)} messages of checks that no answer met: {where} lists them")


def _table(reports: list[Report]) -> Table:
    """A row a module."""
    table = Table(
        "module", "mutants killed", "listed as no fault", "wrong answers caught", "right answers kept", "gate"
    )
    table.title = "How good the checks are"
    for each in reports:
        table.add_row(
            each.module,
            f"{each.killed} of {each.mutants} ({each.kill_rate:.0%})",
            str(each.equivalent),
            f"{each.caught} of {each.wrong}",
            f"{each.kept} of {each.right}",
            "shut" if each.faults() else "open",
        )
    return table
