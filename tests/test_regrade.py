"""Regrading: only what a changed check affects, shown first, applied wholly, with what a person gave kept."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from conftest import cell, tiny_source, write_tiny_course
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from cohort import audit_log, exchange, feedback
from cohort.errors import CourseError
from cohort.grading import engine
from cohort.notebooks import grade_id, read_notebook, write_notebook
from cohort.regrade import Regrade
from cohort.release import release
from cohort.scores import scores

ONE = engine.How(workers=1)
WHY = "the hidden check refused right answers"
ADDS = {
    "right": "def add(a, b):\n    return a + b",
    "wrong": "def add(a, b):\n    return a * b",
    "whole": "def add(a, b):\n    return int(a + b)",
    "blank": "raise NotImplementedError()",
    "leaves": "import os\nos._exit(0)",
}
DOUBLE = "def double(a):\n    return 2 * a"
# What it prints is another number each time it runs.
CHECK_DOUBLE = 'import random\nprint(random.SystemRandom().random())\nassert double(2) == 4, "Twice as much."'
STRICT, MILD = "assert add(20, 22.5) == 42.5", "assert add(20, 22) == 42"


def write_course(root: Path, how: str) -> None:
    """The tiny course with a second task before the first, and checks before a judge or in the kernel."""
    write_tiny_course(root)
    course = root / "course.yml"
    course.write_text(course.read_text().replace("language: en", f"language: en\nchecks: {how}"))
    # A path that stays the same where the course is copied to.
    (root / "cohort.yml").write_text((root / "cohort.yml").read_text() + "gradebook: sqlite:///gradebook.db\n")
    source = tiny_source()
    about = {"grade": True, "locked": True, "points": 2}
    stub = f"### BEGIN SOLUTION\n{DOUBLE}\n### END SOLUTION"
    source.cells[2:2] = [cell("double", stub, solution=True), cell("check_double", CHECK_DOUBLE, **about)]
    write_notebook(source, root / "source/tiny/tiny.ipynb")


def submit(root: Path, student: str, add: str) -> None:
    notebook = read_notebook(root / "release/tiny/tiny.ipynb")
    for each in notebook.cells:
        each.source = {"add": add, "double": DOUBLE, "why": "It has two parts."}.get(grade_id(each), each.source)
    write_notebook(notebook, root / "submitted" / student / "tiny/tiny.ipynb")


def damage(root: Path) -> None:
    """One who lost a check, which is put back, and one with two answers, of which nobody can tell the right one."""
    for student in ("lost", "twice"):
        submit(root, student, ADDS["whole"])
        path = root / "submitted" / student / "tiny/tiny.ipynb"
        notebook = read_notebook(path)
        (place,) = [number for number, each in enumerate(notebook.cells) if grade_id(each) == "add"]
        if student == "lost":
            del notebook.cells[place + 1]
        else:
            copy = new_code_cell(ADDS["wrong"], id="copy", metadata=notebook.cells[place].metadata)
            notebook.cells.insert(place, copy)
        write_notebook(notebook, path)


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Courses whose submissions are graded, by where their checks run; to be copied."""
    made: dict[str, Path] = {}

    def course(how: str) -> Path:
        if how not in made:
            root = made[how] = tmp_path_factory.mktemp(how)
            with pytest.MonkeyPatch.context() as patch:
                patch.chdir(root)
                write_course(root, how)
                release("tiny")
                for student in ADDS if how == "judge" else ("right", "whole", "wrong"):
                    submit(root, student, ADDS[student])
                if how == "judge":
                    damage(root)
                assert {each.state for each in engine.autograde("tiny", how=ONE)} == {"graded"}
        return made[how]

    return course


@pytest.fixture
def course(graded_once, tmp_path, monkeypatch, request) -> Path:
    """A graded course; its checks run in the kernel unless the test says `judge`."""
    how = getattr(request, "param", "in_kernel")
    shutil.copytree(graded_once(how), tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def change(root: Path, old: str, new: str) -> None:
    path = root / "source/tiny/tiny.ipynb"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def heard() -> tuple[Regrade, list]:
    work = Regrade("tiny", ONE)
    return work, sorted(work.hear(), key=lambda each: each.student)


def gains(regraded: list) -> dict[str, float]:
    return {each.student: each.gain for each in regraded if each.gain}


def files(root: Path) -> dict[str, str]:
    """What there is, but for nbgrader's log."""
    paths = (path for path in root.rglob("*") if path.is_file() and path.name != "nbgrader.log")
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def checks(root: Path, student: str) -> dict[str, nbformat.NotebookNode]:
    notebook = nbformat.read(root / f"autograded/{student}/tiny/tiny.ipynb", as_version=4)
    return {grade_id(each): each for each in notebook.cells}


def rows(root: Path) -> list[tuple]:
    query = """select submitted_assignment.student_id, base_cell.name, auto_score, manual_score, extra_credit,
        needs_manual_grade from grade join base_cell on base_cell.id = grade.cell_id
        join submitted_notebook on submitted_notebook.id = grade.notebook_id
        join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id order by 1, 2"""
    with sqlite3.connect(root / "gradebook.db") as gradebook:
        return gradebook.execute(query).fetchall()


def cohort(*arguments: str, **how: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "cohort.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **how)


def test_a_dry_run_says_who_gets_what_and_writes_nothing(course):
    change(course, STRICT, MILD)
    before = files(course)
    done = cohort("regrade", "tiny", "--dry-run", "--json", "--diff", "--workers", "1")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert [(each["check"], each["students"]) for each in report["changes"]] == [("check_add", 3)]
    assert f"-{STRICT}\n+{MILD}" in report["changes"][0]["diff"]
    assert report["totals"] == {"run": 3, "up": 1, "down": 0, "stay": 2}
    assert {each["state"] for each in report["students"].values()} == {"not applied"}
    assert report["left_out"] == {}
    after = {student: each["checks"][0]["after"] for student, each in report["students"].items()}
    assert after["whole"] == {"points": 3, "maximum": 3, "message": ""}
    assert after["wrong"] == {"points": 0, "maximum": 3, "message": "Return the sum of both numbers."}
    assert files(course) == before


@pytest.mark.parametrize("course", ["judge", "in_kernel"], indirect=True)
def test_applied_it_is_what_grading_everything_anew_would_give(course, tmp_path_factory, monkeypatch):
    students = [student for student in engine.submissions("tiny") if student != "twice"]
    kept = {student: checks(course, student) for student in students}
    change(course, STRICT, MILD)
    change(course, "Return the sum of both numbers.", "Add both numbers.")
    anew = tmp_path_factory.mktemp("anew")
    shutil.copytree(course, anew, dirs_exist_ok=True)
    work, regraded = heard()
    assert work.students == students
    assert {each.state for each in work.apply(regraded, WHY)} == {"regraded"}
    ours, exactly = rows(course), {student: checks(course, student) for student in students}
    assert scores("tiny")["whole"].points == 5
    assert "Add both numbers." in (course / "release/tiny/tiny.ipynb").read_text()
    assert {each.state for each in engine.autograde("tiny", students, how=ONE)} == {"unchanged"}
    for student in students:
        # The other cells were not touched: a check that was run again would have printed another number.
        changed = {name for name, each in exactly[student].items() if each != kept[student][name]}
        assert changed == {"check_add"}
    with monkeypatch.context() as patch:
        patch.chdir(anew)
        release("tiny")
        list(engine.autograde("tiny", how=ONE))
        assert rows(anew) == ours
        for student in students:
            found, expected = exactly[student]["check_add"], checks(anew, student)["check_add"]
            assert (found.source, found.outputs) == (expected.source, expected.outputs)
            assert found.metadata.nbgrader == expected.metadata.nbgrader


@pytest.mark.parametrize("course", ["judge"], indirect=True)
def test_a_judge_hears_only_what_changed_and_a_check_at_fault_waits_for_a_person(course, monkeypatch):
    change(course, STRICT, "import no_such_module")
    sent, run = [], engine.run

    def spied(assignment, submissions, how):
        sent.extend([repr(assignment.notebooks), *(each.notebooks["tiny"] for each in submissions)])
        return run(assignment, submissions, how)

    monkeypatch.setattr(engine, "run", spied)
    work, regraded = heard()
    assert len(sent) == 1 + len(work.students) == 2 + len(ADDS)
    assert not any("Twice as much" in text for text in sent)
    after = {each.student: each.rows[0].after for each in regraded}
    assert (after["right"].points, after["wrong"].points) == (None, 0)
    assert after["right"].message == "the check failed by itself (ModuleNotFoundError)"
    assert after["leaves"].message == checks(course, "leaves")["check_add"].outputs[0].evalue
    list(work.apply(regraded, WHY))
    waits = {student for student, name, _, _, _, waits in rows(course) if name == "check_add" and waits}
    assert waits == {"right", "whole", "lost", "twice"}
    assert "was not wholly mended" in work.left_out["twice"]


def test_only_who_had_the_old_check_is_regraded_and_what_a_person_gave_stays(course):
    with Gradebook("sqlite:///gradebook.db", "demo") as gradebook:
        for name, points in (("check_add", 1.5), ("why", 2)):
            grade = gradebook.find_grade(name, "tiny", "tiny", "whole")
            grade.manual_score, grade.extra_credit, grade.needs_manual_grade = points, 0.5, False
        gradebook.find_comment("why", "tiny", "tiny", "whole").manual_comment = "Well said."
        gradebook.db.commit()
    change(course, STRICT, MILD)
    release("tiny")
    submit(course, "late", ADDS["whole"])
    list(engine.autograde("tiny", ["late"], how=ONE))
    list(feedback.feedback("tiny"))
    work, regraded = heard()
    assert [each.student for each in regraded] == ["right", "whole", "wrong"]
    assert gains(regraded) == {}
    list(work.apply(regraded, WHY))
    found = {row[1]: row[2:] for row in rows(course) if row[0] == "whole"}
    # As nbgrader does it, a manual score beside a new automatic one is to be looked at again; no other one is.
    assert found["check_add"] == (3, 1.5, 0.5, 1)
    assert found["why"] == (None, 2, 0.5, 0)
    with Gradebook("sqlite:///gradebook.db", "demo") as gradebook:
        assert gradebook.find_comment("why", "tiny", "tiny", "whole").comment == "Well said."
    entries, _ = audit_log.entries("tiny")
    (applied,) = [entry for entry in entries if entry["event"] == "applied" and entry["student"] == "whole"]
    assert (applied["checks"][0]["after"]["points"], applied["checks"][0]["manual"]) == (3, 1.5)
    written = {each.student: each.state for each in feedback.feedback("tiny")}
    assert written == {"late": "unchanged", "right": "written", "whole": "written", "wrong": "written"}


def test_other_points_of_a_check_are_a_regrade_and_what_was_handed_out_is_handed_out_anew(course):
    exchange.hand_out("tiny")
    change(course, '"points": 3', '"points": 4')
    work, regraded = heard()
    assert gains(regraded) == {"right": 1}
    assert work.changes[0].diff() == ""
    list(work.apply(regraded, WHY))
    assert scores("tiny")["right"].checks["check_add"] == (4, 4)
    outbound = course / ".exchange/demo/outbound/tiny/tiny.ipynb"
    assert outbound.read_bytes() == (course / "release/tiny/tiny.ipynb").read_bytes()
    assert '"points": 4' in outbound.read_text()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('seed = 1995"', 'seed = 1995\\n\\nother = 1"', "the cell parameters"),
        ('"grade_id": "check_add"', '"grade_id": "check_sum"', "the cell check_add, the cell check_sum"),
        ('"def add(a, b):\\n', '"def add(a, b=0):\\n', "the cell add"),
    ],
)
def test_more_than_checks_is_no_regrade(course, old, new, what):
    change(course, old, new)
    with pytest.raises(
        CourseError, match=rf"tiny.ipynb: more changed .* \({what}\).*`cohort release tiny`, then `cohort"
    ):
        Regrade("tiny", ONE)


def test_a_cohort_of_its_own_has_its_own_place_and_its_own_data(course, monkeypatch):
    folder = course / "cohorts/lagos"
    folder.mkdir(parents=True)
    own = (course / "cohort.yml").read_text().replace("id: demo", "id: lagos").replace("seed: 1995", "seed: 7")
    (folder / "cohort.yml").write_text(own.replace("gradebook: sqlite:///gradebook.db\n", ""))
    shutil.copy(course / "gradebook.db", folder)  # to make a new one takes seconds
    monkeypatch.setenv("COHORT", "lagos")
    release("tiny")
    change(course, STRICT, MILD)
    before = files(course)
    assert Regrade("tiny", ONE).changes == []
    assert files(course) == before
    (course / "source/tiny/table.csv").write_text("1,2")
    with pytest.raises(CourseError, match=r"more changed than the text and points of checks \(table.csv\)"):
        Regrade("tiny", ONE)


def test_who_submitted_again_or_was_graded_with_other_packs_is_left_to_grading(course):
    change(course, STRICT, MILD)
    submit(course, "whole", ADDS["wrong"])
    work = Regrade("tiny", ONE)
    assert (work.students, list(work.left_out)) == (["right", "wrong"], ["whole"])
    assert "run `cohort grade tiny`, which grades it anew" in work.left_out["whole"]
    with (course / "places/NG.yml").open("a") as pack:
        pack.write("# Changed.\n")
    assert Regrade("tiny", ONE).students == []


def test_what_changes_while_checks_are_heard_is_not_applied(course):
    change(course, STRICT, MILD)
    work, regraded = heard()
    change(course, MILD, "assert add(1, 2) == 3")
    before = files(course)
    with pytest.raises(CourseError, match="changed once more while they were heard: run it again"):
        list(work.apply(regraded, WHY))
    assert files(course) == before
    change(course, "assert add(1, 2) == 3", MILD)
    submit(course, "whole", ADDS["wrong"])
    outcomes = {each.student: each for each in work.apply(regraded, WHY)}
    assert {student: each.state for student, each in outcomes.items()} == {
        "right": "regraded",
        "whole": "not regraded",
        "wrong": "regraded",
    }
    assert "it changed while the checks were heard" in outcomes["whole"].reason
    assert STRICT in checks(course, "whole")["check_add"].source
    assert scores("tiny")["whole"].points == 2


def test_killed_between_gradebook_and_log_it_goes_on_and_the_scores_before_are_on_record(course):
    change(course, STRICT, MILD)
    code = """
import os, signal
from cohort import audit_log, cli
record, events = audit_log.record, []
def kills(run, event, **what):
    events.append(event)
    if events.count("applied") > 1:
        os.kill(os.getpid(), signal.SIGKILL)
    record(run, event, **what)
audit_log.record = kills
cli.app(["regrade", "tiny", "--workers", "1"])
"""
    ours, theirs = os.openpty()
    os.write(ours, f"{WHY}\ny\n".encode())
    environment = {**os.environ, "COLUMNS": "160", "PYTHONUNBUFFERED": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], stdin=theirs, capture_output=True, text=True, timeout=120, env=environment
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert "Students run: 3. Scores up: 1, down: 0, the same: 2." in done.stdout
    (whole,) = [line for line in done.stdout.splitlines() if "whole" in line]
    assert [each.strip() for each in whole.split("│")[2:5]] == ["check_add", "0 / 3", "3 / 3"]
    assert "wrong" not in done.stdout
    entries, _ = audit_log.entries()
    assert [entry["event"] for entry in entries] == ["intended", "applied"]
    assert entries[0]["why"] == WHY
    assert entries[0]["students"]["whole"][0]["before"]["points"] == 0
    work, regraded = heard()
    assert len(regraded) == 2
    assert {each.state for each in work.apply(regraded, WHY)} == {"regraded"}
    assert {student: score.checks["check_add"][0] for student, score in scores("tiny").items()} == {
        "right": 3,
        "whole": 3,
        "wrong": 0,
    }
    assert {each.state for each in engine.autograde("tiny", how=ONE)} == {"unchanged"}
    shown = cohort("log", "tiny", env={**os.environ, "COLUMNS": "160"}).stdout
    assert [line.split("│")[3].strip() for line in shown.splitlines() if WHY in line] == ["regrade tiny: check_add"] * 2
    assert [count in shown for count in ("1 of 3", "2 of 2")] == [True, True]


def test_without_a_terminal_it_refuses_to_ask(course):
    before = files(course)
    done = cohort("regrade", "tiny", "--yes", stdin=subprocess.DEVNULL)
    assert done.returncode == 1
    assert done.stderr == "error: nobody can be asked here: add --dry-run, or --yes and --why with the reason\n"
    assert files(course) == before
