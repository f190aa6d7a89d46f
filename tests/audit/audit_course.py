"""A small course whose checks have known weaknesses, for the audit to find."""

from __future__ import annotations

from pathlib import Path

import nbformat
from conftest import cell, tiny_source, write_tiny_course

SOLUTION = """\
def usual(df, years):
    ### BEGIN SOLUTION
    chosen = df[df["year"].isin(years)]
    if not years:
        raise ValueError("no years")
    return float(chosen["deaths"].mean())
    ### END SOLUTION"""
# It never asks for no years, so whoever leaves the guard out is not found.
CHECK = """\
import pandas as pd
from math import isclose
_df = pd.DataFrame({"year": [1, 1, 2, 3], "deaths": [10.0, 20.0, 60.0, 90.0]})
_given = _df.copy()
assert isclose(usual(_df, [1, 2]), 30), "Take the mean of the years given."
assert usual(_df, [1]) >= 0, "Deaths are not negative."
### BEGIN HIDDEN TESTS
_gap = pd.DataFrame({"year": [1, 1, 2], "deaths": [10.0, None, 30.0]})
assert isclose(usual(_gap, [1, 2]), 20), "A missing count is not zero."
assert _df.equals(_given), "The function has changed its table."
assert isclose(usual(_df, [3]), 90), "Another year gives another mean."
### END HIDDEN TESTS"""
HEAD = "# shows: {shows}\n# loses: [{loses}]\n# %% usual\n"
BANK = {
    "right/loop": (
        "A loop.",
        "",
        "def usual(df, years):\n    found = [d for y, d in zip(df.year, df.deaths)\n"
        "             if y in years and d == d]\n    return sum(found) / len(found)\n",
    ),
    "wrong/total": (
        "A sum.",
        "check_usual",
        "def usual(df, years):\n    return df[df.year.isin(years)].deaths.sum()\n",
    ),
    "wrong/zero": (
        "Missing is zero.",
        "check_usual",
        "def usual(df, years):\n    return df[df.year.isin(years)].deaths.fillna(0).mean()\n",
    ),
    "hostile/raises": ("Raises.", "check_usual", "def usual(df, years):\n    raise RuntimeError\n"),
    "hostile/loops": ("Loops.", "check_usual", "def usual(df, years):\n    while True:\n        pass\n"),
}


def write_audit_course(root: Path) -> None:
    """Lay out and release the course."""
    from cohort.release import release

    write_tiny_course(root)
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text().replace("timeout = 3", "timeout = 5"))
    change_source(root, SOLUTION, CHECK)
    for path in (root / "answers/tiny").glob("*/*.py"):
        path.unlink()
    (root / "answers/tiny/blank/released.py").write_text("# shows: Nothing answered.\n# rest: blank\n")
    for name, (shows, loses, code) in BANK.items():
        write_answer(root, name, shows, loses, code)
    release("tiny")


def write_answer(root: Path, name: str, shows: str, loses: str, code: str) -> None:
    """Put an answer into the bank."""
    path = root / "answers/tiny" / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(shows=shows, loses=loses) + code)


def change_source(root: Path, solution: str, check: str, before: str = "import math") -> None:
    """Write the assignment with another task, check, or instructor's cell before them."""
    notebook = tiny_source()
    task = cell("usual", solution, solution=True)
    checked = cell("check_usual", check, grade=True, locked=True, points=4)
    notebook.cells[2:4] = [cell("before", before, locked=True), task, checked]
    nbformat.write(notebook, root / "source/tiny/tiny.ipynb")
