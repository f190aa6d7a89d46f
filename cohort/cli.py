"""``cohort ...``: every command is one call of the functions of this package."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from cohort import cli_audit, cli_grading, cli_places, course, datasets, tree
from cohort.cli_grading import grade_all, write_feedback
from cohort.errors import CourseError, full_disk
from cohort.options import At, Force, Modules, fail, short
from cohort.screen import bar, err, interrupted, out, progress, score_table


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
                years = " to ".join(dict.fromkeys(day.split("-")[0] for day in (totals["first"], totals["last"])))
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
    workers: Annotated[int | None, typer.Option(min=1, help="Lessons at a time; one for each core without it.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print a report for programs instead of a table.")] = False,
) -> None:
    """Run lessons with papermill for every place, again only what changed."""
    from cohort import lessons as lessons_
    from cohort import places
    from cohort.lesson_matrix import matrix, reasons, summary

    total = len(modules or course.load_course().modules) * len(place or places.codes())
    runs = list(bar(lessons_.run(modules, place, force, warm, workers), total, "Running lessons"))
    if json:
        out.print_json(data={"lessons": [asdict(run) for run in runs]})
    else:
        out.print(matrix(runs))
        out.print(summary(runs), highlight=False)
        for line in reasons(runs, "skipped"):
            out.print(f"skipped: {line}", markup=False, highlight=False, soft_wrap=True)
    fail(reasons(runs, "failed"))


app.add_typer(cli_grading.app)
app.add_typer(cli_audit.app)
app.add_typer(cli_places.app)


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
        fail([f"{problems} problem{'s' if problems > 1 else ''}: mend the lines above"])


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
    out.print(f"Listed in           {', '.join(map(short, made.changed))}", soft_wrap=True, highlight=False)
    for folder, what in made.parts.items():
        out.print(f"{what:<20}{folder}", soft_wrap=True, highlight=False)
    out.print(
        f"Next                cohort lessons {name}, cohort release {name}, cohort audit {name}, cohort check",
        highlight=False,
    )


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
    elsewhere = [code for code in places.codes() if code != home][:1]
    _fetch(datasets.names())
    # The book has every lesson of its place; that lessons change with the place is shown with one.
    all_runs = chain(lessons_.run(at=[home]), lessons_.run([module], elsewhere) if elsewhere else ())
    count = len(course.load_course().modules) + len(elsewhere)
    runs = list(bar(all_runs, count, f"Lessons for {', '.join([home, *elsewhere])}"))
    fail([f"{run.module} for {run.place}: {run.reason}" for run in runs if run.state == "failed"])
    release_.release(module)
    exchange.hand_out(module)
    list(bar(demo_.work(module, students), students, "Students fetch and submit"))
    exchange.collect(module)
    if unfenced := below_floor():
        # Its answers are this course's own: they may run where those of real students must not.
        err.print(f"The demo grades without the sandbox, which cannot hold here: {'; '.join(unfenced)}", markup=False)
    outcomes = grade_all(module, demo_.students(students), unsafe=bool(unfenced))
    write_feedback(module, [each.student for each in outcomes if each.state != "not graded"], force=False)
    page = _book(course.load_cohort().place)
    drawn = demo_.draw(module, students, course.load_cohort().seed)
    out.print(score_table(module, outcomes, {student: kind for student, (kind, _) in drawn.items()}))
    graded = next((each.student for each in outcomes if each.state != "not graded"), demo_.students(1)[0])
    first = course.cohort_folder() / "feedback" / graded / module / f"{module}.html"
    out.print(f"The book            {page}", soft_wrap=True, highlight=False)
    out.print(f"Feedback, one       {first}", soft_wrap=True, highlight=False)
    out.print(f"The release         {short(tree.release(module))}", soft_wrap=True, highlight=False)
    out.print("Grade by hand       .venv/bin/jupyter lab, then Nbgrader > Formgrader", highlight=False)
    fail([f"{each.student}: {each.reason}" for each in outcomes if each.state == "not graded"])


@app.command()
def hub(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="8000, or another if in use, without it.")] = None,
) -> None:
    """Run a JupyterHub with the demo cohort on this machine, until Ctrl-C."""
    from cohort import hub as hub_

    if course.load_cohort().id != "demo":
        raise CourseError("the users of this hub share your account, so it is for the demo cohort only: unset COHORT")
    waiting = list(bar(hub_.waiting(), len(course.load_course().modules), "Releasing"))
    err.print("Starting JupyterHub")
    with hub_.running(port) as (url, process):
        table = Table("user", "password", "role", title="Users of the hub")
        for user, password in hub_.passwords().items():
            table.add_row(user, password, "instructor" if user == hub_.INSTRUCTOR else "student")
        out.print(table)
        out.print(f"The hub             {url}", soft_wrap=True, highlight=False)
        out.print(f"A student           Nbgrader > Assignment List: {', '.join(waiting)}", highlight=False)
        out.print("The instructor      Nbgrader > Formgrader", highlight=False)
        out.print(
            "For a demo only: all users share your account and can read your files and each other's.", soft_wrap=True
        )
        out.print("Stop it with Ctrl-C.")
        with suppress(KeyboardInterrupt):
            hub_.wait(process)
        err.print("Stopping all that the hub started")


def _fetch(names: list[str]) -> None:
    for name in bar(names, len(names), "Fetching data"):
        datasets.fetch(name)


def _book(place: str) -> Path:
    from cohort import places
    from cohort.book import build as book_

    places.load_place(place)
    with progress() as shown:
        task = shown.add_task(f"Building the book for {place}", total=100, last="")
        return book_.build(
            place, progress=lambda step, share: shown.update(task, completed=round(100 * share), last=step)
        )


if __name__ == "__main__":
    app()
