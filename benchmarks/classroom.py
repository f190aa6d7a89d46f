"""A throw-away copy of the course with one assignment, released and handed in by made-up students."""

from __future__ import annotations

import contextlib
import itertools
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from cohort import answers, datasets, tree
from cohort.answers import Answer, Kind
from cohort.notebooks import is_solution, read_notebook, write_notebook
from cohort.release import release

ROOT = Path(__file__).resolve().parents[1]

# Where the source and the answers of each assignment lie, and the data that its cells load.
MODULES = {
    "excess": (ROOT / "source" / "excess", ROOT / "answers" / "excess", ["chicago", "puerto_rico_deaths"]),
    "dengue": (ROOT / "benchmarks" / "dengue", ROOT / "benchmarks" / "dengue" / "answers", ["dengue_brazil"]),
}

COURSE = """\
title: Benchmark
language: en
tracks: [{{id: B, title: Benchmark}}]
modules:
  - name: {module}
    code: B1
    title: Benchmark
    question: How long does it take?
    minutes: {{lesson: 1, assignment: 1}}
    objectives: [Be graded.]
    datasets: []
    prerequisites: []
    credits: {{authors: wanted, reviewers: wanted}}
"""

# What plain nbgrader reads: the limits of the course's own nbgrader_config.py, and nothing of its machinery.
PLAIN_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "demo"
c.CourseDirectory.root = {folder!r}
c.CourseDirectory.db_url = "sqlite:///{folder}/gradebook.db"
c.Execute.timeout = 20
c.Execute.extra_arguments = ["--HistoryManager.hist_file=:memory:"]  # write nothing into the user's home
"""

SEED = 1995
# Kinds of answers, and how many of eleven students give one of each.
MIX = {Kind.RIGHT: 5, Kind.WRONG: 5, Kind.BLANK: 1}


def make_classroom(folder: Path, module: str) -> None:
    """Lay out a course with `module` only, released; whatever is slow to make is made here once."""
    source, bank, data = MODULES[module]
    for name in data:
        datasets.fetch(name)
    folder.mkdir(parents=True)
    (folder / "course.yml").write_text(COURSE.format(module=module))
    for name in ("cohort.yml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "places", folder / "places")
    (folder / "source" / module).mkdir(parents=True)
    shutil.copy(source / f"{module}.ipynb", folder / "source" / module)
    shutil.copytree(bank, folder / "answers" / module)
    with contextlib.chdir(folder):
        release(module)


def hand_in(folder: Path, module: str, count: int, different: int, distinct: bool) -> None:
    """Write `count` submissions into the course in `folder`; two calls draw the same answers in the same order.

    Parameters
    ----------
    count : int
        How many students.
    different : int
        After so many answers they come again from the first, so that peers with another count do like work.
    distinct : bool
        Whether each solution cell gets a comment with the student's name, so that no two submissions
        share a cell. Without it the bank's answers repeat as they were drawn.
    """
    with contextlib.chdir(folder):
        solutions = answers.reference(module)
        released = read_notebook(tree.release(module))
        drawn = itertools.cycle(list(itertools.islice(_draw(module), different)))
        for number, answer in zip(range(1, count + 1), drawn, strict=False):
            student = f"s{number:04d}"
            notebook = answers.answered(released, answer, solutions)
            for cell in notebook.cells:
                if distinct and cell.cell_type == "code" and is_solution(cell):
                    cell.source += f"\n# {student}"
            write_notebook(notebook, folder / "submitted" / student / module / f"{module}.ipynb")


def fresh_copy(classroom: Path, target: Path, plain: bool = False, judged: bool = False) -> Path:
    """A copy of a classroom for one peer.

    `plain` leaves nbgrader alone with its own preprocessors; `judged` lets a judge hear the checks.
    """
    shutil.copytree(classroom, target)
    if judged:
        course = target / "course.yml"
        course.write_text(course.read_text().replace("language: en", "language: en\nchecks: judge", 1))
    if plain:
        (target / "nbgrader_config.py").write_text(PLAIN_CONFIG.format(folder=str(target)))
    return target


def _draw(module: str) -> Iterator[Answer]:
    chance = random.Random(SEED)
    bank = answers.read_bank(module)
    pools = {kind: [answer for answer in bank if answer.kind == kind] for kind in MIX}
    while True:
        (kind,) = chance.choices(list(MIX), weights=list(MIX.values()))
        yield chance.choice(pools[kind])
