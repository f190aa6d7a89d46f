"""The hostile corpus under plain nbgrader and before the judge, side by side; writes a page of the book.

    .venv/bin/python benchmarks/deceits.py                         # all attacks, then writes book/deceits.md
    .venv/bin/python benchmarks/deceits.py --only "read frames"    # one or more of them, printed

The attacks are those of tests/grading/deceiving.py. Plain nbgrader runs each in bubblewrap, since some of them
kill what they can reach.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path

from classroom import COURSE, ROOT
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from cohort import tree
from cohort.files import whole_file
from cohort.grading import engine
from cohort.grading.plain import plainly
from cohort.notebooks import read_notebook, write_notebook
from cohort.release import release
from cohort.scores import scores
from cohort.screen import bar

sys.path.append(str(ROOT / "tests" / "grading"))
import deceiving

MODULE = "deceits"
PAGE = ROOT / "book" / "deceits.md"
# The answer that each attack is compared with: as wrong as theirs, and honest about it.
HONEST = "raise ValueError"
# A cell may take as many seconds; some attacks sleep until then.
TIMEOUT = 8
PACKAGES = ("nbgrader", "ipykernel", "pandas", "pytest")
PAGE_TEXT = """\
<!-- Written by benchmarks/deceits.py: do not edit. -->
# Attacks on the checks, before and after

*For instructors.* This page shows what a student can take who does not solve a task but deceives its check: once where
the checks run in the student's own process, as in nbgrader, and once before [the judge](grading.md).

The assignment has {most} checks of one point each, of the kinds that courses have: values, arrays, tables, errors that
must be raised, a hidden part. Each attack is handed in with functions whose own answers are all wrong. An honest wrong
answer, a cell that raises an error, has 0 of {most} points under both. **Stolen** is what an attack has beyond that.

| Kind | Attacks | of which steal in plain nbgrader | Points stolen, plain nbgrader | Points stolen, before the judge |
|---|---:|---:|---:|---:|
{sums}

- An attack with 0 in both columns steals nothing in plain nbgrader either. Some of these are aimed at the judge, which
  nbgrader does not have; the others try what does not work anywhere, or only harm their own author.
- *No score* means that nbgrader's kernel died or never answered: nbgrader leaves no score, and a person must look.
- An attack that nobody here has thought of is not in these tables. If you know one, write it into
  `tests/grading/deceiving.py`; the tests then run it.

{parts}
## How it was measured

By `.venv/bin/python benchmarks/deceits.py`, on {today},
with {versions}.

Plain nbgrader is its own autograder with its own kernels. Each attack ran alone there, inside bubblewrap, because some
of them kill what they can reach. Beside it lay what nbgrader puts there: the submission, the source and the gradebook.
Before the judge is `cohort grade` with `checks: judge`. A cell or a check had {timeout} seconds under both.
"""


@dataclass(frozen=True)
class Stolen:
    """The points that an attack took beyond the honest answer's; why nbgrader gave no score, if it gave none."""

    plain: float
    judged: float
    reason: str


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--only", action="append", metavar="NAME", help="this attack only; may be repeated")
    only = arguments.parse_args().only
    attacks = [each for each in deceiving.ALL if not only or each.name in only]
    found = steal(attacks)
    if only:
        for name, each in found.items():
            print(f"{name}: {each}")
    else:
        with whole_file(PAGE) as beside:
            beside.write_text(page(found), encoding="utf-8")
        print(f"{PAGE.relative_to(ROOT)} is written")


def steal(attacks: list[deceiving.Deceit]) -> dict[str, Stolen]:
    """What each attack steals, by its name; students are numbers, because names stand in paths."""
    cells = {"honest": HONEST} | {
        f"s{number}": deceiving.WRONG + each.cell for number, each in enumerate(attacks, start=1)
    }
    # A kernel's sockets lie in this folder, so its path must be short.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, contextlib.chdir(folder):
        home = Path(folder, "course")
        home.mkdir()
        with contextlib.chdir(home):
            make_course(home)
            for student, cell in cells.items():
                hand_in(home, student, cell)
            runs = plainly(MODULE, list(cells), Path(folder, "p"))
            plain = {each.student: each for each in bar(runs, len(cells), "Plain nbgrader")}
            course = home / "course.yml"
            course.write_text(course.read_text().replace("language: en", "language: en\nchecks: judge", 1))
            how = engine.How(workers=os.cpu_count() or 1)
            list(bar(engine.autograde(MODULE, force=True, how=how), len(cells), "Before the judge"))
            judged = scores(MODULE)
    before = {student: each.rows.get("score", 0.0) for student, each in plain.items()}
    after = {student: judged[student].points if student in judged else 0.0 for student in cells}
    assert before["honest"] == after["honest"] == 0, "the honest wrong answer has points: the checks are too easy"
    return {
        each.name: Stolen(before[student] - before["honest"], after[student] - after["honest"], plain[student].reason)
        for student, each in zip(list(cells)[1:], attacks, strict=True)
    }


def page(found: dict[str, Stolen]) -> str:
    """The page of the book: a table for each kind of attacks, and the sums."""
    most = len(deceiving.CHECKS)
    sums = [
        f"| {kind} | {len(attacks)} | {sum(found[each.name].plain > 0 for each in attacks)} "
        f"| {sum(found[each.name].plain for each in attacks):g} "
        f"| {sum(found[each.name].judged for each in attacks):g} |"
        for kind, (_, attacks) in deceiving.KINDS.items()
    ]
    every = list(found.values())
    total = (
        f"| **All** | **{len(every)}** | **{sum(each.plain > 0 for each in every)}** "
        f"| **{sum(each.plain for each in every):g}** | **{sum(each.judged for each in every):g}** |"
    )
    parts = [
        line
        for kind, (begin, attacks) in deceiving.KINDS.items()
        for line in (
            f"## {kind}\n",
            f"| {begin} ... | plain nbgrader | before the judge |",
            "|---|---:|---:|",
            *(f"| {each.tries} | {_shown(found[each.name])} | {found[each.name].judged:g} |" for each in attacks),
            "",
        )
    ]
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    return PAGE_TEXT.format(
        most=most,
        timeout=TIMEOUT,
        count=len(every),
        sums="\n".join([*sums, total]),
        parts="\n".join(parts),
        today=f"{date.today():%-d %B %Y}",
        versions=f"Python {platform.python_version()}, {versions}",
    )


def _shown(stolen: Stolen) -> str:
    return f"{stolen.plain:g}, no score" if stolen.reason else f"{stolen.plain:g}"


def make_course(home: Path) -> None:
    """Lay out a course with one assignment, whose checks are the corpus's, and release it."""
    (home / "course.yml").write_text(COURSE.format(module=MODULE))
    shutil.copy(ROOT / "cohort.yml", home)
    config = (ROOT / "nbgrader_config.py").read_text()
    assert "timeout = 20" in config
    (home / "nbgrader_config.py").write_text(config.replace("timeout = 20", f"timeout = {TIMEOUT}"))
    shutil.copytree(ROOT / "places", home / "places")
    write_notebook(source(), home / "source" / MODULE / f"{MODULE}.ipynb")
    release(MODULE)


def source() -> NotebookNode:
    """The assignment: what its checks import, one cell to answer in, and each check for one point."""
    parameters = _cell("parameters", 'place = "NG"\nseed = 1995', locked=True)
    parameters.metadata["tags"] = ["parameters"]
    checks = [
        _cell(f"check_{name.replace(' ', '_')}", text, grade=True, locked=True, points=1)
        for name, text in deceiving.CHECKS.items()
    ]
    answer = _cell("answer", "### BEGIN SOLUTION\n### END SOLUTION", solution=True)
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    cells = [parameters, _cell("shared", deceiving.SHARED, locked=True), answer, *checks]
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def hand_in(home: Path, student: str, answer: str) -> None:
    """Hand in the released notebook with this answer."""
    notebook = read_notebook(tree.release(MODULE))
    next(cell for cell in notebook.cells if cell.id == "answer").source = answer
    write_notebook(notebook, home / "submitted" / student / MODULE / f"{MODULE}.ipynb")


def _cell(id: str, text: str, **about: object) -> NotebookNode:
    known = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, "grade_id": id}
    return new_code_cell(text, id=id, metadata={"nbgrader": known | about})


if __name__ == "__main__":
    main()
