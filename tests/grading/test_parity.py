"""Parity: outputs, scores, comments, files and gradebook rows equal plain nbgrader's, on awkward submissions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import awkward_course
import nbgrader
import pytest
from conftest import ROOT, copy_course
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import GenerateAssignment

from cohort import answers
from cohort.grading.course_directory import course_directory, nbgrader_config
from cohort.grading.gradebook import rows
from cohort.grading.plain import Plain, plainly
from cohort.grading.verify import Difference, differences
from cohort.notebooks import read_notebook, write_notebook
from cohort.release import release

# What `make test` runs: streams and tasks; errors and files; a late one that a person graded before; one that ends
# its kernel; one of cells that a fork could spoil; two notebooks.
SAMPLE = {"speaks", "fails", "by-hand", "alone-os-exit", "first", "second-dies"}

# Where the engine may differ from plain nbgrader: submission, place, and the reason.
ALLOWED: dict[tuple[str, str], str] = {
    ("second-dies", ".*"): "one transaction a submission: plain nbgrader keeps the points of the notebook before",
    ("answer-too-many-points", "check_add: .*"): "one transaction: plain nbgrader keeps the points of the cells before",
    ("stores", "cell 8 output 1"): "the notebook itself is not beside the code",
    ("alone-surrogate-printed", "cell 5 output 1"): "ipykernel's thread that publishes reports an error of its own",
    ("alone-surrogate-in-error", "cell 5 output 1"): "where in ipykernel's message the letter stands",
    ("speaks", "cell 24 output 1"): "the traceback shows the stream's own code",
    ("alone-stdout-closed", "(cell 5|check_printed) output 1"): "the traceback shows the stream's own code",
}

GRADE = "import sys; from cohort.grading import engine; list(engine.autograde(sys.argv[1], force=True))"


@pytest.fixture
def in_awkward_course(tmp_path_factory, monkeypatch) -> Path:
    """The root of the course, also the working directory."""
    root = tmp_path_factory.mktemp("awkward")
    monkeypatch.chdir(root)
    awkward_course.write_course(root)
    return root


def hand_in(root: Path, sample: bool) -> dict[str, list[str]]:
    """Hand in the sample, or all but the sample; the students by assignment."""
    students: dict[str, list[str]] = {}
    for each in awkward_course.submissions(root):
        if (each.student in SAMPLE) == sample:
            awkward_course.hand_in(root, each)
            students.setdefault(each.assignment, []).append(each.student)
    return students


def unlike(root: Path, assignment: str, students: list[str]) -> Iterator[Difference]:
    """All that differs after grading these submissions with plain nbgrader and with this engine."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as into:
        plain = list(plainly(assignment, students, Path(into)))
        ours(root, assignment)
        for each in plain:
            yield from (found for found in compared(root, assignment, each) if not allowed(found))


def ours(root: Path, assignment: str) -> None:
    """Grade with this engine, in a process as free of pytest as the command line is."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    environment["PYTHONPATH"] = str(root)  # for the late penalty's plugin
    done = subprocess.run([sys.executable, "-c", GRADE, assignment], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def compared(root: Path, assignment: str, plain: Plain) -> Iterator[Difference]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "demo") as gradebook:
        try:
            mine = rows(gradebook, assignment, plain.student)
        except MissingEntry:
            mine = {}
    folder = root / "autograded" / plain.student / assignment
    yield from differences(folder, plain.folder, mine, plain.rows, plain.student, plain.reason)


def allowed(found: Difference) -> bool:
    return any(re.fullmatch(who, found.student) and re.fullmatch(where, found.where) for who, where in ALLOWED)


def shown(found: list[Difference]) -> str:
    return "\n".join(f"{each.student} {each.where}\n  ours:  {each.ours}\n  plain: {each.plain}" for each in found)


def test_a_sample_of_awkward_submissions_is_graded_as_plain_nbgrader_does(in_awkward_course):
    chosen = hand_in(in_awkward_course, sample=True)
    found = [each for name, students in chosen.items() for each in unlike(in_awkward_course, name, students)]
    assert not found, shown(found)


@pytest.mark.matrix
def test_all_awkward_submissions_are_graded_as_plain_nbgrader_does(in_awkward_course):
    chosen = hand_in(in_awkward_course, sample=False)
    found = [each for name, students in chosen.items() for each in unlike(in_awkward_course, name, students)]
    assert not found, shown(found)


@pytest.mark.matrix
def test_nbgraders_quickstart_course_is_graded_as_plain_nbgrader_does(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    subprocess.run([sys.executable, "-m", "nbgrader", "quickstart", "quick"], check=True, capture_output=True)
    root = tmp_path / "quick"
    monkeypatch.chdir(root)
    (root / "course.yml").write_text(awkward_course.COURSE.replace("tiny", "ps1"))
    for name in ("cohort.yml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root)
    config = nbgrader_config()
    config.IncludeHeaderFooter.header = "source/header.ipynb"
    GenerateAssignment(coursedir=course_directory("ps1", ".", config), config=config, force=True).start()
    # nbgrader's own documentation grades two students, and here come one who did all and one who did nothing.
    examples = Path(nbgrader.__file__).parent / "docs/source/user_guide/submitted"
    for student in ("bitdiddle", "hacker"):
        shutil.copytree(examples / student, root / "submitted" / student)
    shutil.copytree(root / "source/ps1", root / "submitted/all/ps1")
    shutil.copytree(root / "release/ps1", root / "submitted/nothing/ps1")
    found = list(unlike(root, "ps1", ["all", "bitdiddle", "hacker", "nothing"]))
    assert not found, shown(found)


@pytest.mark.matrix
def test_every_answer_of_the_bank_of_excess_is_graded_as_plain_nbgrader_does(tmp_path, monkeypatch):
    monkeypatch.chdir(copy_course(tmp_path, only="excess"))
    released = read_notebook(release("excess"))
    solutions = answers.reference("excess")
    students = [f"{answer.kind}-{answer.name}".replace("_", "-") for answer in answers.read_bank("excess")]
    for student, answer in zip(students, answers.read_bank("excess"), strict=True):
        path = tmp_path / "submitted" / student / "excess/excess.ipynb"
        write_notebook(answers.answered(released, answer, solutions), path)
    found = list(unlike(tmp_path, "excess", students))
    assert not found, shown(found)
