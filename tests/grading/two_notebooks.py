"""A course whose assignment has two notebooks and every kind of graded cell, and submissions that need no kernel.

Say ``pytest_plugins = ["postgres", "two_notebooks"]`` to use its fixtures. (PYTEST_DONT_REWRITE: tests import it too.)
"""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from conftest import cell, tiny_source
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader import preprocessors
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde

from cohort.grading import gradebook as grading
from cohort.grading.course_directory import LOG, course_directory, nbgrader_config
from cohort.notebooks import read_notebook, write_notebook

# What is left of nbgrader's autograder when a submission brings its outputs along: no kernel.
WITHOUT_KERNEL = """
c.Autograde.sanitize_preprocessors = ["nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec", "nbgrader.preprocessors.OverwriteCells"]
c.Autograde.autograde_preprocessors = ["nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties"]
c.LateSubmissionPlugin.penalty_method = "zero"
"""


def second_notebook() -> nbformat.NotebookNode:
    """A second notebook of the assignment: partial credit, a task, and an answer in code for a person to grade."""
    notebook = tiny_source()
    notebook.cells = [
        cell("f", "# Write your answer here", solution=True),
        cell("partial", "f", grade=True, locked=True, points=4),
        cell("essay", "# Write your answer here", grade=True, solution=True, points=2),
        new_markdown_cell("Draw.", id="draw", metadata=cell("draw", "", task=True, locked=True, points=5).metadata),
    ]
    return notebook


def the(notebook, name):
    return next(each for each in notebook.cells if each.metadata.get("nbgrader", {}).get("grade_id") == name)


def raises(tiny, more):
    the(tiny, "check_add").outputs = [new_output("error", ename="AssertionError", evalue="", traceback=[])]


def warns(tiny, more):
    the(tiny, "check_add").outputs = [new_output("stream", name="stderr", text="a warning")]


def earns_a_part(tiny, more):
    the(more, "partial").outputs = [new_output("execute_result", data={"text/plain": "2.5"})]


def earns_too_much(tiny, more):
    the(tiny, "check_add").outputs = [new_output("execute_result", data={"text/plain": "9"})]


def answers_in_words(tiny, more):
    the(tiny, "why").source = "Because."
    the(more, "essay").source = "1 + 1"
    the(more, "draw").source = "A drawing."


def changes_a_check(tiny, more):
    the(tiny, "check_add").source = "pass"
    the(tiny, "check_add").metadata.nbgrader.points = 300


def deletes_a_check(tiny, more):
    tiny.cells = [each for each in tiny.cells if each.id != "check_add"]


def deletes_a_task(tiny, more):
    more.cells = [each for each in more.cells if each.id != "draw"]


def repeats_a_cell(tiny, more):
    more.cells.append(cell("partial", "f", grade=True, locked=True, points=4))
    more.cells[-1].id = "again"


def changes_the_kernel(tiny, more):
    tiny.metadata.kernelspec = {"name": "other", "display_name": "Other"}


SUBMISSIONS = {
    "blank": lambda tiny, more: None,
    "late": lambda tiny, more: None,
    **{
        act.__name__.replace("_", "-"): act
        for act in (
            raises,
            warns,
            earns_a_part,
            answers_in_words,
            changes_a_check,
            deletes_a_check,
            deletes_a_task,
            repeats_a_cell,
            changes_the_kernel,
        )
    },
}


@pytest.fixture(scope="session")
def two_notebooks_once(tiny_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny course with a second notebook, a due date, a penalty for who is late; nbgrader graded it once."""
    root = tmp_path_factory.mktemp("two") / "course"
    shutil.copytree(tiny_once, root)
    url = f"sqlite:///{root / 'gradebook.db'}"
    more, about = preprocessors.ComputeChecksums()(second_notebook(), {})
    about = {"nbgrader": {"notebook": "more", "assignment": "tiny", "db_url": url}}
    preprocessors.SaveCells()(more, about)
    write_notebook(more, root / "release/tiny/more.ipynb")
    with Gradebook(url, "demo") as gradebook:
        gradebook.update_or_create_assignment("tiny", duedate="2026-03-01 10:00:00 UTC")
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(WITHOUT_KERNEL)
    for student, act in SUBMISSIONS.items():
        submit(root, student, act)
    (root / "submitted/late/tiny/timestamp.txt").write_text("2026-03-02 10:00:00 UTC")
    (root / "submitted/warns/tiny/more.ipynb").unlink()
    shutil.copy(root / "gradebook.db", root / "plain.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.delenv("COHORT", raising=False)
        grade_plainly(f"sqlite:///{root / 'plain.db'}")
    return root


@pytest.fixture
def course(two_notebooks_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That course as the working directory."""
    shutil.copytree(two_notebooks_once, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(params=["sqlite", "postgresql"])
def ours(request: pytest.FixtureRequest, course: Path) -> str:
    """The URL of the cohort's gradebook: SQLite, then PostgreSQL."""
    url = f"sqlite:///{course / 'gradebook.db'}"
    if request.param == "postgresql":
        database = request.getfixturevalue("database")
        grading.copy_gradebook(url, database, "tiny", [])
        with (course / "cohort.yml").open("a") as cohort:
            cohort.write(f"gradebook: {database}\n")
        return database
    return url


def submit(root, student, act):
    notebooks = {name: read_notebook(root / f"release/tiny/{name}.ipynb") for name in ("tiny", "more")}
    act(*notebooks.values())
    for name, notebook in notebooks.items():
        write_notebook(notebook, root / f"submitted/{student}/tiny/{name}.ipynb")


def grade_plainly(url, students=SUBMISSIONS):
    """Grade with nbgrader's own autograder; it also writes the autograded notebooks."""
    config = nbgrader_config()
    config.CourseDirectory.db_url = url
    for student in students:
        Autograde(coursedir=course_directory("tiny", student, config), config=config, force=True, log=LOG).start()


def autograded(root, student):
    folder = root / "autograded" / student / "tiny"
    return {path.stem: nbformat.read(path, 4) for path in folder.glob("*.ipynb")}


def grade_here(root, students=SUBMISSIONS):
    with grading.Writer("tiny", nbgrader_config()) as writer:
        for student in students:
            stamp = course_directory("tiny").get_existing_timestamp(str(root / f"submitted/{student}/tiny"))
            writer.save(student, stamp, autograded(root, student))


def rows(url, students=SUBMISSIONS):
    with Gradebook(url, "demo") as gradebook:
        return {student: grading.rows(gradebook, "tiny", student) for student in students}


def by_hand(url, student):
    """What an instructor enters in the formgrader."""
    with Gradebook(url, "demo") as gradebook:
        for name, notebook in (("check_add", "tiny"), ("essay", "more")):
            grade = gradebook.find_grade(name, notebook, "tiny", student)
            grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 1.5, 0.5, False
        gradebook.find_comment("add", "tiny", "tiny", student).manual_comment = "Well done."
        gradebook.db.commit()


@pytest.fixture
def plain(course: Path) -> str:
    """The URL of a second gradebook of the course, in which nbgrader itself graded every submission."""
    return f"sqlite:///{course / 'plain.db'}"
