"""The commands of ``cohort`` that release, grade, and give feedback."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from cohort import course
from cohort.errors import CourseError
from cohort.options import Cohort, Force, Module, Students, choose, fail, short
from cohort.screen import Watch, bar, change_table, err, log_table, out, regrade_table, score_table

app = typer.Typer()


@app.command()
def release(module: Module, cohort: Cohort = None) -> None:
    """Make the student's version of an assignment and hand it out through the exchange."""
    from cohort import exchange
    from cohort import release as release_

    choose(cohort)
    path = release_.release(module)
    exchange.hand_out(module)
    out.print(f"{short(path)} is released to the cohort {course.load_cohort().id}.", soft_wrap=True)


@app.command()
def grade(
    module: Module,
    student: Students = None,
    force: Force = False,
    only_new: Annotated[bool, typer.Option("--only-new", help="Pass by all that have a score already.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes at work; one a core without it.")] = None,
    verify: Annotated[int, typer.Option(min=0, help="Grade this many again with plain nbgrader and compare.")] = 0,
    dask: Annotated[str, typer.Option(help="Address of a Dask scheduler whose workers grade.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print a report for programs instead of the table.")] = False,
    unsafe: Annotated[bool, typer.Option("--unsafe", help="Grade without the sandbox, with your own rights.")] = False,
    cohort: Cohort = None,
) -> None:
    """Collect submissions from the exchange and autograde those that are new or changed."""
    from cohort import exchange
    from cohort.scores import report

    choose(cohort)
    course.load_course().module(module)
    if unsafe:
        err.print("[bold]warning:[/] students' code runs with your rights: it can read and change what you can.")
    exchange.collect(module)
    outcomes = grade_all(module, student, force, only_new, workers, dask, unsafe)
    differences = _verify(module, verify) if verify else []
    if json:
        out.print_json(data=report(module, outcomes) | {"verified": [asdict(each) for each in differences]})
    else:
        out.print(score_table(module, outcomes))
    for each in outcomes:
        if each.repairs:
            err.print(f"{each.student}: {'; '.join(each.repairs)}", markup=False)
        for cell, reason in each.ungraded.items():
            err.print(f"{each.student}: {cell} was not graded and waits for a person: {reason}", markup=False)
    reasons = [f"{each.student}: {each.reason}" for each in outcomes if each.state == "not graded"]
    if differences:
        reasons.append(f"plain nbgrader came to {len(differences)} other results: see the table above, and report it")
    fail(reasons)


@app.command()
def regrade(
    module: Module,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would change, and write nothing.")] = False,
    why: Annotated[str, typer.Option(help="The reason, for the audit log; asked for without it.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Apply it without asking.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show the changed lines, the hidden ones too.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes at work; one a core without it.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print a report for programs instead of the tables.")] = False,
    unsafe: Annotated[bool, typer.Option("--unsafe", help="Grade without the sandbox, with your own rights.")] = False,
    cohort: Cohort = None,
) -> None:
    """Hear the checks that changed once more, show who gets what instead, and apply it if you agree."""
    from cohort import audit_log

    choose(cohort)
    if not dry_run and not (yes and why) and (json or not sys.stdin.isatty()):
        raise CourseError("nobody can be asked here: add --dry-run, or --yes and --why with the reason")
    if why:
        audit_log.reason(why)
    from cohort.check_changes import report, totals
    from cohort.grading.engine import How
    from cohort.regrade import Regrade

    if unsafe:
        err.print("[bold]warning:[/] students' code runs with your rights: it can read and change what you can.")
    watch = Watch()
    how = How(fenced=not unsafe, watch=watch)
    work = Regrade(module, replace(how, workers=workers) if workers else how)
    regraded = list(bar(work.hear(), len(work.students), "Hearing changed checks", watch))
    if not json and work.changes:
        out.print(change_table(module, work.changes))
        if (table := regrade_table(module, regraded)).row_count:
            out.print(table)
        out.print("Students run: {run}. Scores up: {up}, down: {down}, the same: {stay}.".format(**totals(regraded)))
        for each in work.changes if diff else []:
            out.print(Text(f"\n{each.check}\n{each.diff()}"))
    outcomes = []
    if totals(regraded)["run"] and not dry_run:
        why = why or audit_log.reason(typer.prompt("Why? The audit log keeps it"))
        if yes or typer.confirm("Apply it?"):
            outcomes = list(bar(work.apply(regraded, why), totals(regraded)["run"], "Regrading"))
    if json:
        out.print_json(data=report(work, regraded, outcomes, diff))
    elif outcomes:
        out.print(f"Applied; {short(audit_log.path())} keeps it. `cohort feedback {module}` writes the new feedback.")
    else:
        all_alike = f"No graded submission of {module} had other checks than there are now. "
        out.print(("" if work.changes or work.left_out else all_alike) + "Nothing was changed.")
    failed = work.left_out | {each.student: each.reason for each in [*regraded, *outcomes] if each.reason}
    for reason in sorted(set(failed.values())):
        students = sorted(student for student in failed if failed[student] == reason)
        more = f" and {len(students) - 5} more" if len(students) > 5 else ""
        err.print(f"{', '.join(students[:5])}{more}: {reason}", markup=False)
    if failed:
        raise CourseError(f"{len(failed)} of those concerned were not regraded: see above")


@app.command()
def log(
    module: Annotated[str | None, typer.Argument(help="A module of course.yml; all without it.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print all events instead of a table.")] = False,
    cohort: Cohort = None,
) -> None:
    """Show the audit log: what was done to grades, by whom, when, why and from which commit."""
    from cohort import audit_log

    choose(cohort)
    entries, damaged = audit_log.entries(module)
    if json:
        out.print_json(data=entries)
    else:
        out.print(log_table(entries))
    fail([f"{audit_log.path()}, line {number}: this is no event: the log was cut or edited" for number in damaged])


@app.command()
def doctor() -> None:
    """Tell which layers of the sandbox hold on this machine, what each adds, and how to get the others."""
    from cohort.grading.layers import below_floor, layers

    table = Table("layer", "holds", "what it adds, or why not", "mend", title="The sandbox on this machine")
    for layer in layers():
        table.add_row(layer.name, "[green]yes[/]" if layer.holds else "[red]no[/]", layer.says, layer.mend)
    out.print(table)
    fail([f"submissions cannot be fenced in here: {reason}" for reason in below_floor()])
    out.print("Submissions can be graded here: the floor holds.")


@app.command()
def feedback(
    module: Module,
    student: Students = None,
    force: Force = False,
    cohort: Cohort = None,
) -> None:
    """Write feedback for students and hand it back through the exchange."""
    choose(cohort)
    course.load_course().module(module)
    outcomes = write_feedback(module, student, force)
    written = sum(each.state == "written" for each in outcomes)
    out.print(f"Feedback: {written} written, {len(outcomes) - written} unchanged or without.")
    fail([f"{each.student}: {each.reason}" for each in outcomes if each.state == "no feedback"])


def grade_all(
    module: str,
    students: list[str] | None,
    force: bool = False,
    only_new: bool = False,
    workers: int | None = None,
    dask: str = "",
    unsafe: bool = False,
) -> list:
    from cohort.grading import engine

    watch = Watch()
    how = engine.How(fenced=not unsafe, dask=dask, watch=watch)
    if workers:
        how = replace(how, workers=workers)
    total = len(students or engine.submissions(module))
    return list(bar(engine.autograde(module, students, force, only_new, how), total, "Autograding", watch))


def _verify(module: str, count: int) -> list:
    """Print what plain nbgrader does otherwise with a sample, and return it."""
    from cohort.grading import verify as verify_

    verified = list(bar(verify_.verify(module, count), count, "Plain nbgrader"))
    differences = [each for _, found in verified for each in found]
    table = Table("student", "notebook", "where", "this engine", "plain nbgrader", title="Where plain nbgrader differs")
    for each in differences:
        table.add_row(each.student, each.notebook, each.where, each.ours, each.plain)
    if differences:
        err.print(table)
    err.print(f"{len(verified)} submissions graded again with plain nbgrader: {len(differences)} differences.")
    return differences


def write_feedback(module: str, students: list[str] | None, force: bool) -> list:
    from cohort import exchange
    from cohort.feedback import feedback as feedback_
    from cohort.grading import engine

    total = len(students or engine.submissions(module))
    outcomes = list(bar(feedback_(module, students, force), total, "Writing feedback"))
    exchange.hand_back(module, [each.student for each in outcomes if each.state != "no feedback"])
    return outcomes
