"""``cohort ...``: every command is one call of the functions of this package."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from cohort import course, datasets, tree
from cohort.errors import CourseError, full_disk

out = Console()
err = Console(stderr=True, highlight=False, soft_wrap=True)

Module = Annotated[str, typer.Argument(help="A module of course.yml, such as `excess`.")]
Modules = Annotated[list[str] | None, typer.Argument(help="Modules of course.yml; all without it.")]
Students = Annotated[list[str] | None, typer.Option("--student", help="This student only; may be repeated.")]
Force = Annotated[bool, typer.Option("--force", help="Do it again, whatever has changed.")]
At = Annotated[list[str] | None, typer.Option("--place", help="A place's code, such as NG; may be repeated.")]

Item = TypeVar("Item")


_ctrl_c = threading.Event()


def _on_ctrl_c(*_: object) -> None:
    """Interrupt, and remember it: Python drops an interrupt that comes while it frees memory."""
    _ctrl_c.set()
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


def _progress() -> Progress:
    """A bar with count, elapsed and remaining time, and the last thing done."""
    return Progress(
        TextColumn("{task.description:<28}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[last]}"),
        console=err,
    )


def _bar(items: Iterable[Item], total: int, doing: str) -> Iterator[Item]:
    """Pass items through with a progress bar."""
    with _progress() as progress:
        task = progress.add_task(doing, total=total, last="")
        for item in items:
            last = getattr(item, "student", None) or getattr(item, "place", None) or ""
            progress.update(task, advance=1, last=last)
            if _ctrl_c.is_set():
                raise KeyboardInterrupt
            yield item


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
def lessons(modules: Modules = None, place: At = None, force: Force = False) -> None:
    """Run lessons with papermill for every place, again only what changed."""
    from cohort import lessons as lessons_
    from cohort import places

    total = len(modules or course.load_course().modules) * len(place or places.codes())
    runs = list(_bar(lessons_.run(modules, place, force), total, "Running lessons"))
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
    cohort: Annotated[str | None, typer.Option(help="A cohort's id.")] = None,
) -> None:
    """Collect submissions from the exchange and autograde those that are new or changed."""
    from cohort import exchange

    _choose(cohort)
    course.load_course().module(module)
    exchange.collect(module)
    outcomes = _grade(module, student, force)
    out.print(_score_table(module, outcomes))
    _fail([f"{each.student}: {each.reason}" for each in outcomes if each.state == "not graded"])


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

    course.load_course().module(module)
    if course.cohort_folder() != tree.root():
        raise CourseError("the demo would put simulated students into a real cohort: unset COHORT and run it again")
    home = course.load_cohort().place
    at = [home, *(code for code in places.codes() if code != home)][:2]
    _fetch(datasets.names())
    runs = list(_bar(lessons_.run([module], at), len(at), f"Lesson for {', '.join(at)}"))
    _fail([f"{run.module} for {run.place}: {run.reason}" for run in runs if run.state == "failed"])
    release_.release(module)
    exchange.hand_out(module)
    list(_bar(demo_.work(module, students), students, "Students fetch and submit"))
    exchange.collect(module)
    outcomes = _grade(module, demo_.students(students), force=False)
    _feedback(module, [each.student for each in outcomes if each.state != "not graded"], force=False)
    page = _book(course.load_cohort().place)
    drawn = demo_.draw(module, students, course.load_cohort().seed)
    out.print(_score_table(module, outcomes, {student: kind for student, (kind, _) in drawn.items()}))
    graded = next((each.student for each in outcomes if each.state != "not graded"), demo_.students(1)[0])
    first = course.cohort_folder() / "feedback" / graded / module / f"{module}.html"
    out.print(f"The book            {page}", soft_wrap=True, highlight=False)
    out.print(f"Feedback, one       {first}", soft_wrap=True, highlight=False)
    out.print(f"The release         {_short(tree.release(module))}", soft_wrap=True, highlight=False)
    out.print("Grade by hand       .venv/bin/jupyter lab, then Nbgrader > Formgrader", highlight=False)
    _fail([f"{each.student}: {each.reason}" for each in outcomes if each.state == "not graded"])


def _fetch(names: list[str]) -> None:
    for name in _bar(names, len(names), "Fetching data"):
        datasets.fetch(name)


def _choose(cohort: str | None) -> None:
    if cohort:
        os.environ["COHORT"] = cohort


def _grade(module: str, students: list[str] | None, force: bool) -> list:
    from cohort.grading import engine

    total = len(students or engine.submissions(module))
    return list(_bar(engine.autograde(module, students, force), total, "Autograding"))


def _feedback(module: str, students: list[str] | None, force: bool) -> list:
    from cohort import exchange
    from cohort.feedback import feedback as feedback_
    from cohort.grading import engine

    total = len(students or engine.submissions(module))
    outcomes = list(_bar(feedback_(module, students, force), total, "Writing feedback"))
    exchange.hand_back(module, [each.student for each in outcomes if each.state != "no feedback"])
    return outcomes


def _book(place: str) -> Path:
    from cohort import book as book_
    from cohort import places

    places.load_place(place)
    with _progress() as progress:
        task = progress.add_task(f"Building the book for {place}", total=100, last="")
        return book_.build(
            place, progress=lambda step, share: progress.update(task, completed=round(100 * share), last=step)
        )


def _score_table(module: str, outcomes: list, answers: dict[str, str] | None = None) -> Table:
    from cohort.scores import scores

    found = scores(module)
    table = Table("student", *(["answers"] if answers else []), "score", "state", title=f"The assignment {module}")
    for outcome in outcomes:
        score = found.get(outcome.student)
        row = [outcome.student, *([answers[outcome.student]] if answers else [])]
        if score is None or outcome.state == "not graded":
            table.add_row(*row, "", "not graded")
            continue
        passed = f"{len(score.checks) - len(score.lost)} of {len(score.checks)} checks"
        waits = ", needs manual grade" if score.needs_manual_grade else ""
        table.add_row(*row, f"{score.points:g} / {score.maximum:g}", passed + waits)
    states = Counter(outcome.state for outcome in outcomes)
    table.caption = ", ".join(f"{count} {state}" for state, count in states.items())
    return table


def _fail(reasons: list[str]) -> None:
    if reasons:
        raise CourseError("\n".join(reasons))


def _short(path: Path) -> str:
    return str(path.relative_to(tree.root())) if path.is_relative_to(tree.root()) else str(path)


if __name__ == "__main__":
    app()
