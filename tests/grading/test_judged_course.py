"""A course whose checks a judge hears: scores, messages and secrets, with `cohort grade` and nbgrader's own command."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from cohort import release
from cohort.grading import engine
from cohort.notebooks import read_notebook, write_notebook
from cohort.scores import scores

RIGHT = "def add(a, b):\n    return a + b"
WRONG = "def add(a, b):\n    return a * b"
# It takes the assertions out of all cells to come.
NO_ASSERTIONS = (
    "import ast\nclass Quiet(ast.NodeTransformer):\n    def visit_Assert(self, node):\n        return ast.Pass()\n"
    f"get_ipython().ast_transformers.append(Quiet())\n{WRONG}"
)
WARNS = "import warnings\ndef add(a, b):\n    warnings.warn('adding')\n    return a + b"
KEEPS = "kept = []\ndef add(a, b):\n    kept.append(a)\n    return a + b"


def judged(root: Path, how: str = "judge") -> None:
    course = root / "course.yml"
    course.write_text(course.read_text().replace("language: en", f"language: en\nchecks: {how}"))


def submit(root: Path, student: str, answer: str, *more: str) -> None:
    """Hand in a notebook with this answer, and further cells at its end."""
    notebook = read_notebook(root / "release/tiny/tiny.ipynb")
    notebook.cells[2].source = answer
    notebook.cells += [new_code_cell(code, id=f"more-{number}") for number, code in enumerate(more)]
    write_notebook(notebook, root / "submitted" / student / "tiny/tiny.ipynb")


def with_engine(*students: str) -> dict[str, engine.Outcome]:
    how = engine.How(workers=1)
    return {each.student: each for each in engine.autograde("tiny", list(students) or None, force=True, how=how)}


def with_nbgrader(*students: str) -> None:
    command = [sys.executable, "-m", "nbgrader", "autograde", "tiny", "--force"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def check_cell(root: Path, student: str) -> nbformat.NotebookNode:
    return nbformat.read(root / f"autograded/{student}/tiny/tiny.ipynb", as_version=4).cells[3]


def points(*students: str) -> dict[str, float]:
    found = scores("tiny")
    return {student: found[student].checks["check_add"][0] for student in students}


@pytest.mark.parametrize("grade", [with_engine, with_nbgrader])
def test_verdicts_are_the_judge_s_whoever_grades(released, grade):
    judged(released)
    submit(released, "right", RIGHT)
    submit(released, "wrong", WRONG)
    submit(released, "blank", "raise NotImplementedError()")
    submit(released, "steals", NO_ASSERTIONS)
    submit(released, "loops", "def add(a, b):\n    while True:\n        pass")
    submit(released, "leaves", "import os\nos._exit(0)")
    grade()
    everyone = ("right", "wrong", "blank", "steals", "loops", "leaves")
    assert points(*everyone) == {"right": 3, "wrong": 0, "blank": 0, "steals": 0, "loops": 0, "leaves": 0}
    said = {student: check_cell(released, student).outputs for student in everyone}
    assert said["right"] == []
    assert [each.evalue for each in said["wrong"]] == ["Return the sum of both numbers."]
    assert said["wrong"][0].traceback == ["Return the sum of both numbers."]
    assert "`add` is not defined" in said["blank"][0].evalue
    assert "code cell 2 ended Python" in said["leaves"][0].evalue
    left_out = nbformat.read(released / "autograded/leaves/tiny/tiny.ipynb", as_version=4).cells[2]
    assert left_out.outputs[0].evalue == "this cell ended Python: it was left out"
    assert not any("tags" in cell.metadata for cell in (left_out, check_cell(released, "leaves")))


def test_what_earns_points_in_the_student_s_process_earns_none_before_a_judge(released):
    submit(released, "steals", NO_ASSERTIONS)
    submit(released, "warns", WARNS)
    with_engine()
    assert points("steals", "warns") == {"steals": 3, "warns": 0}
    judged(released)
    with_engine()
    assert points("steals", "warns") == {"steals": 0, "warns": 3}


def test_no_cell_shows_what_a_hidden_check_gave_to_a_function(released):
    judged(released)
    submit(released, "keeps", KEEPS, "print(kept)", "open('kept.txt', 'w').write(str(kept))")
    with_engine()
    assert points("keeps") == {"keeps": 3}
    folder = released / "autograded/keeps/tiny"
    notebook = nbformat.read(folder / "tiny.ipynb", as_version=4)
    assert notebook.cells[5].outputs[0].text == "[]\n"
    assert (folder / "kept.txt").read_text() == "[]"


@pytest.mark.parametrize("grade", [with_engine, with_nbgrader])
def test_a_check_that_fails_by_itself_waits_for_a_person_and_is_no_zero(released, grade):
    judged(released)
    path = released / "source/tiny/tiny.ipynb"
    source = read_notebook(path)
    source.cells[3].source = source.cells[3].source.replace("assert add(20", "import no_such_module\nassert add(20")
    write_notebook(source, path)
    release.release("tiny")
    submit(released, "ada", RIGHT)
    submit(released, "bob", WRONG)
    outcomes = grade()
    if outcomes:
        reason = "the check failed by itself (ModuleNotFoundError)"
        assert {student: each.ungraded for student, each in outcomes.items()} == {
            "ada": {"check_add": reason},
            "bob": {},
        }
    with sqlite3.connect(released / "gradebook.db") as gradebook:
        rows = gradebook.execute(
            """select submitted_assignment.student_id, auto_score, needs_manual_grade from grade
            join base_cell on base_cell.id = grade.cell_id
            join submitted_notebook on submitted_notebook.id = grade.notebook_id
            join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
            where base_cell.name = 'check_add' order by 1"""
        ).fetchall()
    assert rows == [("ada", None, 1), ("bob", 0, 0)]
    assert "failed by itself (ModuleNotFoundError)" in check_cell(released, "ada").outputs[0].evalue


def test_words_that_hold_a_value_come_from_a_run_without_hidden_checks(released):
    judged(released)
    path = released / "source/tiny/tiny.ipynb"
    source = read_notebook(path)
    source.cells[3].source = (
        'assert add(1, 1) == 2, f"You gave {add(1, 1)}."\n### BEGIN HIDDEN TESTS\nassert add(20, 22.5) == 42.5\n'
        '### END HIDDEN TESTS\nassert add(2, 2) == 4, f"You gave {add(2, 2)} now."'
    )
    write_notebook(source, path)
    release.release("tiny")
    submit(released, "wrong", WRONG)
    submit(released, "leaks", KEEPS.replace("return a + b", "return a + b if a != 2 else max(kept)"))
    with_engine()
    assert check_cell(released, "wrong").outputs[0].evalue == "You gave 1."
    assert check_cell(released, "leaks").outputs[0].evalue == "You gave 2 now."
    assert "BEGIN HIDDEN TESTS" in check_cell(released, "wrong").source


def as_handed_in(root: Path, student: str, name: str = "tiny") -> Path:
    return root / "submitted" / student / "tiny" / f"{name}.ipynb"


@pytest.mark.parametrize("grade", [with_engine, with_nbgrader])
def test_a_damaged_submission_gets_the_points_of_a_whole_one_and_is_told_what_was_mended(released, grade):
    judged(released)
    submit(released, "split", "def add(a, b):")
    path = as_handed_in(released, "split")
    notebook = read_notebook(path)
    notebook.cells.insert(3, new_code_cell("    return a + b", id="second-half"))
    write_notebook(notebook, path)
    submit(released, "bare", RIGHT)
    path = as_handed_in(released, "bare")
    notebook = read_notebook(path)
    for cell in notebook.cells:
        cell.metadata = {}
    write_notebook(notebook, path)
    submit(released, "twice", RIGHT)
    path = as_handed_in(released, "twice")
    notebook = read_notebook(path)
    copy = new_code_cell(WRONG, id="copy", metadata=notebook.cells[2].metadata)
    notebook.cells.insert(3, copy)
    write_notebook(notebook, path)
    outcomes = grade()
    assert points("split", "bare", "twice") == {"split": 3, "bare": 3, "twice": 0}
    assert scores("tiny")["twice"].needs_manual_grade
    said = nbformat.read(released / "autograded/split/tiny/tiny.ipynb", as_version=4).metadata.cohort.repairs
    assert [each.what for each in said] == ["the cell `add` was split: its parts were joined"]
    if outcomes:
        assert outcomes["split"].repairs == ["the cell `add` was split: its parts were joined"]
        assert outcomes["bare"].repairs
        assert "nobody can tell" in outcomes["twice"].ungraded["check_add"]


def test_a_notebook_under_another_name_is_found_and_what_is_none_is_not_graded(released):
    judged(released)
    submit(released, "renamed", RIGHT)
    as_handed_in(released, "renamed").rename(as_handed_in(released, "renamed", "tiny (1)"))
    submit(released, "strange", RIGHT)
    write_notebook(nbformat.v4.new_notebook(cells=[new_code_cell("1 + 1")]), as_handed_in(released, "strange"))
    submit(released, "broken", RIGHT)
    as_handed_in(released, "broken").write_text("{")
    outcomes = with_engine()
    assert {student: each.state for student, each in outcomes.items()} == {
        "renamed": "graded",
        "strange": "not graded",
        "broken": "not graded",
    }
    assert points("renamed") == {"renamed": 3}
    assert "no notebook of this assignment" in outcomes["strange"].reason
    assert "not JSON" in outcomes["broken"].reason


def test_what_students_write_into_the_metadata_is_not_taken_for_gradings_own(released):
    judged(released)
    submit(released, "forger", WRONG)
    path = as_handed_in(released, "forger")
    notebook = read_notebook(path)
    notebook.metadata["cohort"] = {"repairs": [], "ungraded": {"check_add": "a person decides"}}
    write_notebook(notebook, path)
    with_engine()
    assert points("forger") == {"forger": 0}
    assert not scores("tiny")["forger"].needs_manual_grade
