"""`cohort module new`: a module that passes every check from the start, or nothing at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, copy_course

from cohort import answers, check, lessons, module_new, places, release, tree
from cohort.audit.audit import audit
from cohort.book import build as book
from cohort.course import load_course
from cohort.errors import CourseError
from cohort.grading import engine
from cohort.module_new import new
from cohort.notebooks import read_notebook, write_notebook
from cohort.scores import scores

GIT = ("git", "-c", "user.name=nobody", "-c", "user.email=nobody@example.org")
TITLE = "Counting: what a week's table hides"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A committed copy of the course; a cell may take 3 seconds."""
    root = copy_course(tmp_path_factory.mktemp("course"))
    for name in ("release", "pyproject.toml", ".gitignore"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, root / name)
    with (root / "pyproject.toml").open("a") as settings:  # ruff sees no folder cohort/ here
        settings.write('\n[tool.ruff.lint.isort]\nknown-first-party = ["cohort"]\n')
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text().replace("timeout = 20", "timeout = 3"))
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "all"]):
        subprocess.run([*GIT, *command], cwd=root, check=True)
    return root


@pytest.fixture(scope="module")
def with_module(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another copy, with a module that the command made; nobody may change it but by grading."""
    root = tmp_path_factory.mktemp("new") / "course"
    shutil.copytree(before, root, symlinks=True)
    command = [sys.executable, "-m", "cohort.cli", "module", "new", "sample", "--track", "A", "--title", TITLE]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "The module sample (A7) is there" in done.stdout
    return root


@pytest.fixture
def made(with_module: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The copy with the module as the working directory."""
    monkeypatch.chdir(with_module)
    return with_module


@pytest.fixture
def course(before: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The copy without it as the working directory; who changes it puts it back."""
    monkeypatch.chdir(before)
    return before


def changed(root: Path) -> str:
    """What git sees changed, new files too."""
    command = [*GIT, "status", "--porcelain", "--untracked-files=all"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("name", [name for name in check.CHECKS if name != "audits"])
def test_a_new_module_passes_every_check_from_the_start(made, name):
    assert check.run(name) == []


def test_it_waits_for_its_audit_alone(made):
    assert check.run("audits") == [
        "answers/sample/audit.json: not of the assignment as it is: run `cohort audit sample`"
    ]


@pytest.mark.matrix
def test_its_checks_are_as_good_as_those_of_the_course_must_be(made):
    found = audit("sample")
    assert found.report.faults() == []
    assert found.behaviours.checks


def test_it_is_in_the_course_and_nothing_else_of_the_files_changed(made):
    module = load_course().module("sample")
    assert (module.code, module.title, module.credits.authors) == ("A7", TITLE, "wanted")
    command = [*GIT, "diff", "--numstat"]
    listed = subprocess.run(command, cwd=made, capture_output=True, text=True, check=True).stdout
    counts = {name: (added, taken) for added, taken, name in map(str.split, listed.splitlines())}
    assert set(counts) == {"book/_toc.yml", "course.yml", *(f"places/{code}.yml" for code in places.codes())}
    assert {taken for _, taken in counts.values()} == {"0"}


def test_its_pages_are_in_the_book_under_its_track_and_with_the_notes_of_the_others(made):
    parts = yaml.safe_load((made / "book/_toc.yml").read_text())["parts"]
    pages = {part["caption"]: [page["file"] for page in part["chapters"]] for part in parts}
    assert list(pages)[:3] == ["Start here", "Responsible data management", "Climate and health"]
    assert pages["Responsible data management"][-1] == "sample/chapter"
    notes = [page for page in pages["For instructors"] if page.endswith("/facilitator")]
    assert notes[-1] == "sample/facilitator"
    assert pages["For instructors"][: len(notes)] == notes


def test_its_lesson_runs_for_two_places_and_the_book_can_show_it(made):
    runs = list(lessons.run(["sample"], ["IN", "NG"]))
    assert {(run.place, run.state, run.reason) for run in runs} == {("IN", "passed", ""), ("NG", "passed", "")}
    for run in runs:
        path = tree.executed_lesson("sample", run.place)
        shown = book.readable(read_notebook(path), path)
        (alt,) = [cell.metadata["mystnb"]["image"]["alt"] for cell in shown.cells if "mystnb" in cell.metadata]
        assert "from 0" in alt
        errors = [
            output for cell in shown.cells for output in cell.get("outputs", []) if output.get("name") == "stderr"
        ]
        assert not errors


@pytest.mark.parametrize("how", ["judge", pytest.param("in_kernel", marks=pytest.mark.matrix)])
def test_its_answers_lose_points_in_just_the_checks_that_they_name(made, how, tmp_path, monkeypatch):
    released = tree.release("sample").read_bytes()
    root = tmp_path / "course"
    shutil.copytree(made, root, symlinks=True)
    monkeypatch.chdir(root)
    text = re.sub("^checks:.*\n", "", (root / "course.yml").read_text(), flags=re.MULTILINE)
    (root / "course.yml").write_text(f"{text}checks: {how}\n")
    assert release.release("sample").read_bytes() == released
    assert b"author" not in released
    bank, solutions = answers.read_bank("sample"), answers.reference("sample")
    for answer in bank:
        path = root / "submitted" / answer.name / "sample/sample.ipynb"
        write_notebook(answers.answered(read_notebook(tree.release("sample")), answer, solutions), path)
    assert {each.state for each in engine.autograde("sample")} == {"graded"}
    found = scores("sample")
    for answer in bank:
        lost = ["check_weekly_visits"] if answer.kind == answers.Kind.BLANK else answer.loses
        assert found[answer.name].lost == lost, answer.shows
    assert found["resamples"].needs_manual_grade


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "excess", "track": "B"}, "course.yml has a module excess already"),
        ({"name": "grading", "track": "B"}, "book/grading.md exists already: choose another name, or move it away"),
        ({"name": "datasets", "track": "B"}, "book/datasets is not a module's: choose another name"),
        ({"name": "class", "track": "B"}, "'class' cannot name a module: use 2 to 40 lower-case letters"),
        ({"name": "../lag", "track": "B"}, "'../lag' cannot name a module"),
        ({"name": "Lag", "track": "B"}, "'Lag' cannot name a module"),
        ({"name": "lag"}, "say which track the module belongs to: --track A or --track B"),
        ({"name": "lag", "track": "C"}, "there is no track C: choose one of A, B"),
        ({"name": "lag", "track": "A", "code": "B7"}, "the code B7 belongs to track B, not to A"),
        ({"name": "lag", "code": "B1"}, "course.yml has a module with the code B1 already"),
        ({"name": "lag", "code": "B07"}, "'B07' is no code: it is a track's letter and a number"),
        ({"name": "lag", "track": "B", "title": "Lag\n---"}, "must be plain words on one line"),
        ({"name": "lag", "track": "B", "title": ""}, "the title '' must be plain words"),
        ({"name": "lag", "track": "B", "question": "How $much$?"}, "the question 'How $much$?' must be plain words"),
    ],
)
def test_what_cannot_be_a_module_is_refused_in_one_line_and_nothing_changes(course, arguments, message):
    with pytest.raises(CourseError) as refused:
        new(**arguments)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not changed(course)


def test_a_folder_of_that_name_is_left_as_it_is(course):
    folder = course / "answers/lag"
    folder.mkdir()
    try:
        with pytest.raises(CourseError, match="answers/lag exists already"):
            new("lag", "B")
    finally:
        folder.rmdir()
    assert not changed(course)


def test_a_list_that_is_laid_out_otherwise_is_named_and_nothing_changes(course):
    contents = course / "book/_toc.yml"
    text = contents.read_text()
    contents.write_text(text.replace("For instructors", "For teachers"))
    try:
        with pytest.raises(CourseError, match=r"_toc\.yml: it has no part 'For instructors'"):
            new("lag", "B")
    finally:
        contents.write_text(text)
    assert not changed(course)


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()])
def test_what_stops_it_at_the_last_file_leaves_nothing(course, monkeypatch, error):
    whole_file = module_new.whole_file

    def stops(path: Path):
        if path.name == "course.yml":
            raise error
        return whole_file(path)

    monkeypatch.setattr(module_new, "whole_file", stops)
    with pytest.raises((CourseError, KeyboardInterrupt)):
        new("lag", "B")
    assert not changed(course)
    assert not list(course.glob("_build/lag-*"))


def test_a_planned_module_takes_its_title_and_leaves_the_plan(course):
    plan = course / "book/syllabus.md"
    row = "| B9 | Floods and what comes after | 90 | planned |"
    try:
        plan.write_text(plan.read_text() + f"\n| Code | Title | Graded minutes | State |\n|---|---|---:|---|\n{row}\n")
        new("lag", code="B9")
        assert load_course().module("lag").title == "Floods and what comes after"
        assert row not in plan.read_text()
        assert check.run("links") == []
    finally:
        subprocess.run([*GIT, "checkout", "--quiet", "."], cwd=course, check=True)
        subprocess.run([*GIT, "clean", "--quiet", "-d", "--force"], cwd=course, check=True)


def test_a_wheel_carries_the_template(tmp_path):
    code = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, capture_output=True, text=True, check=True)
    with zipfile.ZipFile(tmp_path / done.stdout.split()[-1]) as wheel:
        carried = {name for name in wheel.namelist() if name.startswith("cohort/module_template/")}
    files = (path for path in module_new.TEMPLATE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    assert carried == {f"cohort/{path.relative_to(ROOT / 'cohort')}" for path in files}
