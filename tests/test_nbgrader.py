"""nbgrader's own commands and its formgrader work in the root of the course, unchanged."""

from __future__ import annotations

import subprocess
import sys

from cohort import answers
from cohort.notebooks import read_notebook, write_notebook
from cohort.scores import scores

pytest_plugins = ["formgrader"]


def nbgrader(*arguments):
    done = subprocess.run([sys.executable, "-m", "nbgrader", *arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_generate_release_autograde_and_feedback_work_from_the_root(released):
    by_cohort = (released / "release/tiny/tiny.ipynb").read_bytes()
    nbgrader("generate_assignment", "tiny", "--force")
    assert (released / "release/tiny/tiny.ipynb").read_bytes() == by_cohort
    nbgrader("release_assignment", "tiny")
    assert (released / ".exchange/demo/outbound/tiny/tiny.ipynb").exists()
    bank = {answer.name: answer for answer in answers.read_bank("tiny")}
    notebook = answers.answered(
        read_notebook(released / "release/tiny/tiny.ipynb"), bank["other_order"], answers.reference("tiny")
    )
    write_notebook(notebook, released / "submitted/ada/tiny/tiny.ipynb")
    nbgrader("autograde", "tiny")
    nbgrader("generate_feedback", "tiny")
    page = (released / "feedback/ada/tiny/tiny.html").read_text()
    assert "<strong>3 of 5 points</strong> so far: 1 part waits for a person" in page
    assert "assert" not in page


SPY = """\
from pathlib import Path

def add(a, b):
    return a + b

for path in (GRADEBOOK, SOURCE):
    try:
        print(len(Path(path).read_bytes()))
    except OSError as error:
        print(type(error).__name__)
"""


# Inside bubblewrap the files are not even there.
REFUSED = (["PermissionError"] * 2, ["FileNotFoundError"] * 2)


def submit_a_spy(root):
    """A right answer that also tries to read the gradebook and the source."""
    notebook = read_notebook(root / "release/tiny/tiny.ipynb")
    for cell in notebook.cells:
        if cell.id == "add":
            cell.source = SPY.replace("GRADEBOOK", repr(str(root / "gradebook.db"))).replace(
                "SOURCE", repr(str(root / "source/tiny/tiny.ipynb"))
            )
    write_notebook(notebook, root / "submitted/spy/tiny/tiny.ipynb")


def what_the_spy_saw(root):
    notebook = read_notebook(root / "autograded/spy/tiny/tiny.ipynb")
    return next(cell for cell in notebook.cells if cell.id == "add").outputs[0].text.split()


def test_nbgraders_own_autograde_runs_submissions_in_the_sandbox(released):
    submit_a_spy(released)
    nbgrader("autograde", "tiny")
    assert what_the_spy_saw(released) in REFUSED
    assert scores("tiny")["spy"].points == 3


def test_the_formgrader_shows_the_assignment(formgrader):
    assignments = formgrader.ask("/api/assignments")
    assert [(each["name"], each["status"]) for each in assignments] == [("tiny", "draft")]


def test_the_formgraders_autograde_button_uses_the_sandbox(formgrader, released):
    submit_a_spy(released)
    formgrader.ask("/api/assignments")
    answer = formgrader.ask("/api/submission/tiny/spy/autograde", "POST")
    assert answer["success"], answer
    assert what_the_spy_saw(released) in REFUSED
    assert scores("tiny")["spy"].points == 3
