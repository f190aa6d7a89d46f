"""A demo cohort: simulated students who fetch, answer and submit through nbgrader's exchange."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator

from cohort import answers, exchange
from cohort.answers import Answer, Kind
from cohort.course import cohort_folder, load_cohort
from cohort.errors import CourseError
from cohort.notebooks import read_notebook, write_notebook

# How 30 simulated students answer; a larger or smaller cohort repeats or cuts the row.
ROW = (
    *("right",) * 8,
    *("partly right",) * 11,
    *("wrong",) * 5,
    *("blank",) * 2,
    *("raising",) * 3,
    "looping",
)


def students(count: int) -> list[str]:
    """The ids of the simulated students."""
    return [f"simulated-{number:02d}" for number in range(1, count + 1)]


def draw(module: str, count: int, seed: int) -> dict[str, tuple[str, Answer]]:
    """Who gives which answer: by student, the kind in words and the answer of the bank.

    The same `count` and `seed` give the same draw. Every kind of `ROW` occurs once `count`
    reaches its length.
    """
    chance = random.Random(seed)
    bank = answers.read_bank(module)
    pools = {
        "right": [answer for answer in bank if answer.kind == Kind.RIGHT],
        "partly right": [answer for answer in bank if answer.kind == Kind.WRONG],
        "wrong": [answer.model_copy(update={"rest": "blank"}) for answer in bank if answer.kind == Kind.WRONG],
        "blank": [answer for answer in bank if answer.kind == Kind.BLANK],
        "raising": [answer for answer in bank if answer.kind == Kind.HOSTILE and "raises" in answer.name],
        "looping": [answer for answer in bank if answer.kind == Kind.HOSTILE and "loops" in answer.name],
    }
    for kind, pool in pools.items():
        if not pool:
            raise CourseError(f"answers/{module}: no answer there for a student whose work is {kind}: add one")
    kinds = [ROW[index % len(ROW)] for index in range(count)]
    chance.shuffle(kinds)
    return {student: (kind, chance.choice(pools[kind])) for student, kind in zip(students(count), kinds, strict=True)}


def work(module: str, count: int) -> Iterator[str]:
    """Let every simulated student fetch, answer and submit; yields each student afterwards.

    A student whose latest submission already holds the same answer does nothing, so a second
    run, or one after an interruption, does only what is left.
    """
    solutions = answers.reference(module)
    released = read_notebook(cohort_folder() / "release" / module / f"{module}.ipynb")
    for student, (_, answer) in draw(module, count, load_cohort().seed).items():
        wanted = answers.answered(released, answer, solutions)
        before = exchange.inbound(module, student)
        if before is None or read_notebook(before / f"{module}.ipynb") != wanted:
            home = cohort_folder() / ".demo" / student
            shutil.rmtree(home / module, ignore_errors=True)  # nbgrader keeps what was fetched before
            notebook = exchange.fetch(module, student, home)
            write_notebook(answers.answered(read_notebook(notebook), answer, solutions), notebook)
            exchange.submit(module, student, home)
        yield student
