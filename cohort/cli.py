"""``cohort ...``: every command is one call of the functions of this package."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from cohort import course, datasets, tree
from cohort.errors import CourseError, full_disk
from cohort.screen import (
    Watch,
    bar,
    change_table,
    err,
    interrupted,
    log_table,
    out,
    progress,
    regrade_table,
    score_table,
)

Module = Annotated[str, typer.Argument(help="A module of course.yml, such as `excess`.")]
Modules = Annotated[list[str] | None, typer.Argument(help="Modules of course.yml; all without it.")]
Students = Annotated[list[str] | None, typer.Option("--student", help="This student only; may be repeated.")]
Force = Annotated[bool, typer.Option("--force", help="Do it again, whatever has changed.")]
At = Annotated[list[str] | None, typer.Option("--place", help="A place's code, such as NG; may be repeated.")]


def _on_ctrl_c(*_: object) -> None:
    """Interrupt, and remember it: Python drops an interrupt that comes while it frees memory."""
    interrupted.set()
    raise KeyboardInterrupt


def _on_unraisable(dropped: sys.UnraisableHookArgs) -> None:
    """Report what Python could not raise, but not an interrupt, which is remembered."""
    if not isinstance(dropped.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(dropped)


class Commands(TyperGroup):
    """The commands, with one line instead of a traceback for what the user can mend."""

    def invoke(self, context: typer.Context) -> object:
        signal.signal(signal.SIGINT, _on_ctrl_c)
        sys.unraisablehook = _on_unraisable
        try:
            return super().invoke(context)
        except CourseError as error:
            for line in str(error).splitlines():
                err.print(Text.assemble(("error: ", "bold red"), line))
        except OSError as error:
            mend = full_disk(error) or f"{error.strerror or error}: {error.filename or 'no file named'}"
            err.print(Text.assemble(("error: ", "bold red"), str(mend)))
        except KeyboardInterrupt:
            err.print("Stopped. Run the same command again: it continues where it was.")
            sys.exit(130)
        sys.exit(1)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Common Ground: lessons, assignments, grading and the book of the course.",
)


@app.command("datasets")
def datasets_(
    action: Annotated[str, typer.Argument(help="list, fetch, describe or export.")] = "list",
    name: Annotated[str | None, typer.Argument(help="A dataset; all of them for fetch without it.")] = None,
    to: Annotated[Path, typer.Option("--to", help="Where export writes.")] = Path("data"),
) -> None:
    """List the datasets, fetch them for use offline, describe one, or export one as a Data Package."""
    match action:
        case "list":
            table = Table("name", "rows", "years", "licence of the data", "here", title="Datasets")
            for each in datasets.names():
                about = datasets.describe(each)
                totals = about["totals"]
                years = f"{totals['first'][:4]} to {totals['last'][:4]}"
                licences = ", ".join(licence["name"] for licence in about["licenses"]) or "not known"
                here = "yes" if datasets.cached(each).exists() else "not yet"
                table.add_row(each, f"{totals['rows']:,}", years, licences, here)
            out.print(table)
        case "fetch":
            _fetch([name] if name else datasets.names())
        case "describe" if name:
            out.print_json(data=datasets.describe(name))
        case "export" if name:
            out.print(str(datasets.export(name, to)), soft_wrap=True)
        case "describe" | "export":
            raise CourseError(
                f"which dataset? `cohort datasets {action} NAME`; there are {', '.join(datasets.names())}"
            )
        case _:
            raise CourseError(f"{action!r} is not list, fetch, describe or export")


@app.command()
def lessons(
    modules: Modules = None,
    place: At = None,
    force: Force = False,
    warm: Annotated[bool, typer.Option("--warm", help="Run them on kernels that are warm already.")] = False,
) -> None:
    """Run lessons with papermill for every place, again only what changed."""
    from cohort import lessons as lessons_
    from cohort import places

    total = len(modules or course.load_course().modules) * len(place or places.codes())
    runs = list(bar(lessons_.run(modules, place, force, warm), total, "Running lessons"))
    table = Table("module", "place", "state", title="Lessons")
    for run in sorted(runs, key=lambda run: (run.module, run.place)):
        table.add_row(run.module, run.place, run.state)
    out.print(table)
    _fail([f"{run.module} for {run.place}: {run.reason}" for run in runs if run.state == "failed"])


@app.command()
def release(module: Module, cohort: Annotated[str | None, typer.Option(help="A cohort's id.")] = None) -> None:
    """Make the student's version of an assignment and hand it out through the exchange."""
    from cohort import exchange
    from cohort import release as release_

    _choose(cohort)
    path = release_.release(module)
    exchange.hand_out(module)
    out.print(f"{_short(path)} is released to the cohort {course.load_cohort().id}.", soft_wrap=True)


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
    cohort: Annotated[str | None, typer.Option(help="A cohort's id.")] = None,
) -> None:
    """Collect submissions from the exchange and autograde those that are new or changed."""
    from cohort import exchange
    from cohort.scores import report

    _choose(cohort)
    course.load_course().module(module)
    if unsafe:
        err.print("[bold]warning:[/] students' code runs with your rights: it can read and change what you can.")
    exchange.collect(module)
    outcomes = _grade(module, student, force, only_new, workers, dask, unsafe)
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
    _fail(reasons)


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
    cohort: Annotated[str | None, typer.Option(help="A cohort's id.")] = None,
) -> None:
    """Hear the checks that changed once more, show who gets what instead, and apply it if you agree."""
    from cohort import audit_log

    _choose(cohort)
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
        out.print(f"Applied; {_short(audit_log.path())} keeps it. `cohort feedback {module}` writes the new feedback.")
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
    cohort: Annotated[str | None, typer.Option(help="A cohort's id.")] = None,
) -> None:
    """Show the audit log: what was done to grades, by whom, when, why and from which commit."""
    from cohort import audit_log

    _choose(cohort)
    entries, damaged = audit_log.entries(module)
    if json:
        out.print_json(data=entries)
    else:
        out.print(log_table(entries))
    _fail([f"{audit_log.path()}, line {number}: this is no event: the log was cut or edited" for number in damaged])


@app.command()
def doctor() -> None:
    """Tell which layers of the sandbox hold on this machine, what each adds, and how to get the others."""
    from cohort.grading.layers import below_floor, layers

    table = Table("layer", "holds", "what it adds, or why not", "mend", title="The sandbox on this machine")
    for layer in layers():
        table.add_row(layer.name, "[green]yes[/]" if layer.holds else "[red]no[/]", layer.says, layer.mend)
    out.print(table)
    _fail([f"submissions cannot be fenced in here: {reason}" for reason in below_floor()])
    out.print("Submissions can be graded here: the floor holds.")


@app.command()
def feedback(
    module: Module,
    student: Students = None,
    force: Force = False,
    cohort: Annotated[str | None, typer.Option(help="A cohort's id.")] = None,
) -> None:
    """Write feedback for students and hand it back through the exchange."""
    _choose(cohort)
    course.load_course().module(module)
    outcomes = _feedback(module, student, force)
    written = sum(each.state == "written" for each in outcomes)
    out.print(f"Feedback: {written} written, {len(outcomes) - written} unchanged or without.")
    _fail([f"{each.student}: {each.reason}" for each in outcomes if each.state == "no feedback"])


@app.command()
def book(place: Annotated[str | None, typer.Option(help="A place's code; the cohort's without it.")] = None) -> None:
    """Build the open text as a website that works offline."""
    page = _book(place or course.load_cohort().place)
    out.print(f"Open {page}", soft_wrap=True)


@app.command()
def check() -> None:
    """Check the tree as a contributor should before a pull request."""
    from cohort import check as check_

    problems = 0
    for name in check_.CHECKS:
        found = check_.run(name)
        out.print(f"[{'red' if found else 'green'}]{'FAIL' if found else 'ok':<5}[/]{name}")
        for problem in found:
            out.print(f"      {problem}", markup=False, highlight=False, soft_wrap=True)
        problems += len(found)
    if problems:
        _fail([f"{problems} problem{'s' if problems > 1 else ''}: mend the lines above"])


modules = typer.Typer(no_args_is_help=True, help="Add a module to the course.")
app.add_typer(modules, name="module")


@modules.command("new")
def module_new(
    name: Annotated[str, typer.Argument(help="Its one name in every folder, such as `lag`.")],
    track: Annotated[str | None, typer.Option(help="The track's letter; not needed with --code.")] = None,
    title: Annotated[str | None, typer.Option(help="Without it, the planned title or the name.")] = None,
    code: Annotated[str | None, typer.Option(help="Such as B2; the next one that is free without it.")] = None,
    question: Annotated[str | None, typer.Option(help="What the module answers.")] = None,
) -> None:
    """Make lesson, assignment, answers and chapter of a new module: an example to replace, which passes every check."""
    from cohort.module_new import new

    made = new(name, track, title, code, question)
    out.print(f"The module {made.name} ({made.code}) is there, with a small example in each part.", highlight=False)
    out.print(f"Listed in           {', '.join(map(_short, made.changed))}", soft_wrap=True, highlight=False)
    for folder, what in made.parts.items():
        out.print(f"{what:<20}{folder}", soft_wrap=True, highlight=False)
    out.print(f"Next                cohort lessons {name}, cohort release {name}, cohort check", highlight=False)


@app.command()
def demo(
    module: Annotated[str, typer.Argument(help="A module of course.yml.")] = "excess",
    students: Annotated[int, typer.Option(min=1, max=500, help="How many simulated students.")] = 30,
) -> None:
    """Run the whole course once: lesson, release, 30 simulated students, grading, feedback, book."""
    from cohort import demo as demo_
    from cohort import exchange, places
    from cohort import lessons as lessons_
    from cohort import release as release_
    from cohort.grading.layers import below_floor

    course.load_course().module(module)
    if course.cohort_folder() != tree.root():
        raise CourseError("the demo would put simulated students into a real cohort: unset COHORT and run it again")
    home = course.load_cohort().place
    at = [home, *(code for code in places.codes() if code != home)][:2]
    _fetch(datasets.names())
    runs = list(bar(lessons_.run([module], at), len(at), f"Lesson for {', '.join(at)}"))
    _fail([f"{run.module} for {run.place}: {run.reason}" for run in runs if run.state == "failed"])
    release_.release(module)
    exchange.hand_out(module)
    list(bar(demo_.work(module, students), students, "Students fetch and submit"))
    exchange.collect(module)
    if unfenced := below_floor():
        # Its answers are this course's own: they may run where those of real students must not.
        err.print(f"The demo grades without the sandbox, which cannot hold here: {'; '.join(unfenced)}", markup=False)
    outcomes = _grade(module, demo_.students(students), unsafe=bool(unfenced))
    _feedback(module, [each.student for each in outcomes if each.state != "not graded"], force=False)
    page = _book(course.load_cohort().place)
    drawn = demo_.draw(module, students, course.load_cohort().seed)
    out.print(score_table(module, outcomes, {student: kind for student, (kind, _) in drawn.items()}))
    graded = next((each.student for each in outcomes if each.state != "not graded"), demo_.students(1)[0])
    first = course.cohort_folder() / "feedback" / graded / module / f"{module}.html"
    out.print(f"The book            {page}", soft_wrap=True, highlight=False)
    out.print(f"Feedback, one       {first}", soft_wrap=True, highlight=False)
    out.print(f"The release         {_short(tree.release(module))}", soft_wrap=True, highlight=False)
    out.print("Grade by hand       .venv/bin/jupyter lab, then Nbgrader > Formgrader", highlight=False)
    _fail([f"{each.student}: {each.reason}" for each in outcomes if each.state == "not graded"])


def _fetch(names: list[str]) -> None:
    for name in bar(names, len(names), "Fetching data"):
        datasets.fetch(name)


def _choose(cohort: str | None) -> None:
    if cohort:
        os.environ["COHORT"] = cohort


def _grade(
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


def _feedback(module: str, students: list[str] | None, force: bool) -> list:
    from cohort import exchange
    from cohort.feedback import feedback as feedback_
    from cohort.grading import engine

    total = len(students or engine.submissions(module))
    outcomes = list(bar(feedback_(module, students, force), total, "Writing feedback"))
    exchange.hand_back(module, [each.student for each in outcomes if each.state != "no feedback"])
    return outcomes


def _book(place: str) -> Path:
    from cohort import book as book_
    from cohort import places

    places.load_place(place)
    with progress() as shown:
        task = shown.add_task(f"Building the book for {place}", total=100, last="")
        return book_.build(
            place, progress=lambda step, share: shown.update(task, completed=round(100 * share), last=step)
        )


def _fail(reasons: list[str]) -> None:
    if reasons:
        raise CourseError("\n".join(reasons))


def _short(path: Path) -> str:
    return str(path.relative_to(tree.root())) if path.is_relative_to(tree.root()) else str(path)


if __name__ == "__main__":
    app()
