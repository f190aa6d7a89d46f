"""Grading: nbgrader's scores, one bad submission at a time, again only what changed, whatever is killed."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from sqlalchemy.exc import OperationalError

from cohort import answers, demo, exchange, release
from cohort.errors import CourseError, GradebookError
from cohort.grading import engine, execute
from cohort.grading.processes import descendants
from cohort.notebooks import read_notebook, write_notebook
from cohort.scores import scores

ONE = engine.How(workers=1)


def submit(root, student, answer):
    """Put an answer of the bank into submitted/, as `nbgrader collect` does."""
    bank = {each.name: each for each in answers.read_bank("tiny")}
    released = read_notebook(root / "release/tiny/tiny.ipynb")
    path = root / "submitted" / student / "tiny/tiny.ipynb"
    write_notebook(answers.answered(released, bank[answer], answers.reference("tiny")), path)
    return path


def graded(*students, **how):
    """The outcomes of a run, by student."""
    return {each.student: each for each in engine.autograde("tiny", list(students) or None, how=ONE, **how)}


def rows(root):
    """All that the gradebook says of submissions, but for its own numbers."""
    query = """select submitted_assignment.student_id, base_cell.name, {} from {} as it
        join base_cell on base_cell.id = it.cell_id
        join submitted_notebook on submitted_notebook.id = it.notebook_id
        join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id order by 1, 2"""
    grade = "auto_score, manual_score, extra_credit, needs_manual_grade, late_submission_penalty"
    with sqlite3.connect(root / "gradebook.db") as gradebook:
        return [
            gradebook.execute(query.format(columns, table)).fetchall()
            for columns, table in ((grade, "grade"), ("auto_comment, manual_comment", "comment"))
        ]


@pytest.fixture(scope="module")
def mixed(tiny_once, tmp_path_factory) -> Iterator[tuple[Path, dict[str, engine.Outcome]]]:
    """A course whose submissions are whole, wrong and broken in many ways, graded."""
    root = tmp_path_factory.mktemp("mixed")
    shutil.copytree(tiny_once, root, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        for answer in ("other_order", "product", "released", "raises", "loops"):
            submit(root, answer.replace("_", "-"), answer)
        submit(root, "text", "other_order").write_text("this is not a notebook")
        strange = '{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}'
        submit(root, "strange", "other_order").write_text(strange)
        submit(root, "nested", "other_order").write_text("[" * 100_000)
        submit(root, "bytes", "other_order").write_bytes(b"\xff\xfe\x00")
        surrogate = submit(root, "surrogate", "other_order")
        surrogate.write_text(surrogate.read_text().replace("# Tiny", "\\ud800"))
        submit(root, "missing", "other_order").rename(root / "submitted/missing/tiny/other.ipynb")
        (root / "submitted/empty/tiny").mkdir(parents=True)
        stamp = submit(root, "no-time", "other_order").with_name("timestamp.txt")
        stamp.write_text("the day before the deadline, honestly")
        link = submit(root, "link", "other_order")
        link.unlink()
        link.symlink_to(root / "source/tiny/tiny.ipynb")
        beside = submit(root, "odd-names", "other_order").parent
        Path(beside, os.fsdecode(b"caf\xe9\n.txt")).write_text("x")
        os.mkfifo(beside / "pipe")
        (beside / "nowhere").symlink_to("/nowhere")
        deep = submit(root, "deep", "other_order").parent
        (deep / "/".join("d" * 800)).mkdir(parents=True)
        yield root, {each.student: each for each in engine.autograde("tiny", how=engine.How(workers=2))}


def test_right_wrong_blank_raising_and_looping_answers_get_nbgraders_scores(mixed, monkeypatch):
    root, outcomes = mixed
    monkeypatch.chdir(root)
    found = scores("tiny")
    expected = {"other-order": 3, "product": 0, "released": 0, "raises": 0, "loops": 0}
    assert {name: found[name].points for name in expected} == expected
    assert {outcomes[name].state for name in expected} == {"graded"}
    assert found["product"].lost == ["check_add"]
    assert found["other-order"].needs_manual_grade
    assert {score.maximum for score in found.values()} == {5}


@pytest.mark.parametrize(
    ("student", "reason"),
    [
        ("text", "tiny.ipynb is not a notebook that nbgrader can grade"),
        ("strange", "tiny.ipynb is not a notebook that nbgrader can grade"),
        ("nested", "tiny.ipynb is not a notebook that nbgrader can grade"),
        ("bytes", "its files cannot be read"),
        ("surrogate", "cannot be written"),
        ("missing", "there is no tiny.ipynb: ask the student to submit again"),
        ("empty", "there is no tiny.ipynb: ask the student to submit again"),
        ("no-time", "timestamp.txt is no time"),
        ("link", "a link instead of a notebook"),
    ],
)
def test_a_broken_submission_is_not_graded_and_says_why(mixed, student, reason):
    root, outcomes = mixed
    assert outcomes[student].state == "not graded"
    assert reason in outcomes[student].reason
    assert len(outcomes[student].reason.splitlines()) == 1
    assert not (root / "autograded" / student / "tiny").exists()


@pytest.mark.parametrize("student", ["odd-names", "deep"])
def test_odd_files_beside_a_notebook_do_not_matter(mixed, student):
    assert mixed[1][student].state == "graded"


def test_again_grades_what_changed_and_keeps_what_a_person_gave(released):
    submit(released, "one", "other_order")
    path = submit(released, "two", "other_order")
    graded()
    with Gradebook(f"sqlite:///{released / 'gradebook.db'}", "demo") as gradebook:
        gradebook.find_grade("why", "tiny", "tiny", "one").manual_score = 2
        gradebook.db.commit()
    submit(released, "two", "product")
    assert {name: each.state for name, each in graded(only_new=True).items()} == {
        "one": "unchanged",
        "two": "unchanged",
    }
    assert {name: each.state for name, each in graded("one").items()} == {"one": "unchanged"}
    assert {name: each.state for name, each in graded().items()} == {"one": "unchanged", "two": "graded"}
    assert scores("tiny")["two"].points == 0
    before = rows(released)
    assert {each.state for each in graded(force=True).values()} == {"graded"}
    assert rows(released) == before
    assert scores("tiny")["one"].points == 5
    submit(released, "two", "other_order")
    graded()
    path.write_text("not a notebook")
    assert {name: each.state for name, each in graded().items()} == {"one": "unchanged", "two": "not graded"}
    assert scores("tiny")["two"].points == 0  # not those of the submission before
    assert scores("tiny")["two"].needs_manual_grade


def test_a_changed_check_and_a_new_gradebook_grade_everyone_again(released):
    submit(released, "one", "product")
    graded()
    path = released / "source/tiny/tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[3].source = 'assert add(1, 1) == 1, "A check that was mended."'
    nbformat.write(notebook, path)
    release.release("tiny")
    assert [each.state for each in graded().values()] == ["graded"]
    assert scores("tiny")["one"].points == 3
    (released / "gradebook.db").unlink()
    release.release("tiny")
    assert [each.state for each in graded().values()] == ["graded"]


def test_a_damaged_gradebook_is_named_without_a_traceback(released):
    submit(released, "one", "other_order")
    (released / "gradebook.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(CourseError, match=r"the gradebook sqlite:///.*gradebook.db cannot be used"):
        graded()


def test_a_collection_cut_short_is_made_whole(released):
    exchange.hand_out("tiny")
    list(demo.work("tiny", 1))
    exchange.collect("tiny")
    notebook = released / "submitted/simulated-01/tiny/tiny.ipynb"
    notebook.unlink()
    exchange.collect("tiny")
    assert notebook.exists()


@pytest.fixture
def slow(released) -> Path:
    """A course with eight submissions that take a while, and one that stays for long."""
    for number in range(8):
        path = submit(released, f"s{number}", "other_order")
        notebook = nbformat.read(path, as_version=4)
        notebook.cells[2].source = f"import time\ntime.sleep(0.4)\n{notebook.cells[2].source}\n# {number}"
        nbformat.write(notebook, path)
    exchange.hand_out("tiny")
    return released


def until(what: Callable[[], object]) -> object:
    """What becomes true within a minute."""
    end = time.monotonic() + 60
    while not (found := what()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def below(pid: int, word: str) -> list[int]:
    """The processes below one that have a word in their command line."""
    found = []
    for each in descendants(pid):
        try:
            if word in Path(f"/proc/{each}/cmdline").read_text():
                found.append(each)
        except OSError:
            pass
    return found


def alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def start(root: Path) -> subprocess.Popen:
    """`cohort grade` with folders of its own for what is temporary; it is at work when this returns."""
    (root / "temporary").mkdir(exist_ok=True)
    environment = {**os.environ, "TMPDIR": str(root / "temporary")}
    command = [sys.executable, "-m", "cohort.cli", "grade", "tiny", "--workers", "2"]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert until(lambda: (root / "_build/graded/tiny.jsonl").exists() or running.poll() is not None)
    return running


def nothing_is_left_of(pids: list[int]) -> bool:
    until(lambda: not alive(pids))
    return not alive(pids)


def test_kill_9_of_the_command_loses_nothing_and_the_next_run_continues(slow, monkeypatch):
    running = start(slow)
    pids = descendants(running.pid)
    running.kill()
    running.communicate()
    assert nothing_is_left_of(pids)
    # What the killed run left, the next one that uses the same place for what is temporary removes.
    monkeypatch.setattr(tempfile, "tempdir", str(slow / "temporary"))
    assert list((slow / "temporary").glob("cohort-grading-*"))
    outcomes = graded()
    assert 1 <= [each.state for each in outcomes.values()].count("unchanged") < 8
    assert {score.points for score in scores("tiny").values()} == {3}
    assert len(scores("tiny")) == 8
    assert not list((slow / "temporary").glob("cohort-grading-*"))


@pytest.mark.parametrize("word", ["spawn_main", "cohort.grading.zygote"])
def test_kill_9_of_a_worker_or_a_zygote_is_made_up_for(slow, word):
    running = start(slow)
    pids = descendants(running.pid)
    os.kill(below(running.pid, word)[0], signal.SIGKILL)
    pids += descendants(running.pid)
    _, said = running.communicate(timeout=120)
    assert running.returncode == 0, said
    assert len(scores("tiny")) == 8
    assert {score.points for score in scores("tiny").values()} == {3}
    assert nothing_is_left_of(pids)
    assert not list((slow / "temporary").glob("cohort-grading-*"))


def test_ctrl_c_ends_with_130_and_leaves_nothing_running(slow):
    running = start(slow)
    pids = descendants(running.pid)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == 130
    assert nothing_is_left_of(pids)
    assert not list((slow / "temporary").glob("cohort-grading-*"))
    assert {score.points for score in scores("tiny").values()} == {3}


def test_below_the_floor_it_refuses_with_the_reason_and_the_mend_unless_told(released, monkeypatch):
    submit(released, "one", "other_order")
    monkeypatch.setattr(execute, "below_floor", lambda: ["Landlock: this kernel has none: boot Linux 6.12"])
    with pytest.raises(CourseError, match="the sandbox cannot hold here: Landlock: this kernel has none: boot Linux"):
        graded()
    unsafe = engine.How(workers=1, fenced=False)
    assert [each.state for each in engine.autograde("tiny", how=unsafe)] == ["graded"]
    assert scores("tiny")["one"].points == 3


def test_grading_what_was_never_released_says_so(tiny):
    with pytest.raises(CourseError, match="tiny was never released to this cohort: run `cohort release tiny`"):
        graded()


def test_a_student_without_a_submission_is_an_error(released):
    with pytest.raises(CourseError, match="no submission of tiny by 'nobody'"):
        list(engine.autograde("tiny", ["nobody"]))


def test_simulated_students_submit_once_through_the_exchange(released):
    exchange.hand_out("tiny")
    assert list(demo.work("tiny", 4)) == demo.students(4)
    first = {student: exchange.inbound("tiny", student) for student in demo.students(4)}
    assert all(first.values())
    list(demo.work("tiny", 4))
    assert {student: exchange.inbound("tiny", student) for student in demo.students(4)} == first
    exchange.collect("tiny")
    assert engine.submissions("tiny") == demo.students(4)


def test_every_kind_of_student_is_in_a_demo_cohort_of_thirty(tiny):
    drawn = demo.draw("tiny", 30, seed=1995)
    assert len(drawn) == 30
    assert {kind for kind, _ in drawn.values()} == {"right", "partly right", "wrong", "blank", "raising", "looping"}
    assert drawn == demo.draw("tiny", 30, seed=1995)


def test_a_gradebook_that_fails_stops_the_run_and_blames_no_submission(released, monkeypatch):
    submit(released, "ada", "other_order")
    assert graded()["ada"].state == "graded"

    def locked(*_):
        raise OperationalError("UPDATE grade", {}, Exception("database is locked"))

    with monkeypatch.context() as patch:
        patch.setattr(Gradebook, "update_or_create_submission", locked)
        with pytest.raises(GradebookError, match="database is locked"):
            graded(force=True)
    assert scores("tiny")["ada"].points == 3


def test_a_release_with_another_check_grades_everyone_again(released):
    submit(released, "ada", "other_order")
    assert graded()["ada"].state == "graded"
    path = released / "source/tiny/tiny.ipynb"
    path.write_text(path.read_text().replace("== 42.5", "== 43.5"))
    assert graded()["ada"].state == "graded"
    assert scores("tiny")["ada"].points == 3  # the gradebook still has the released check
    release.release("tiny")
    assert graded()["ada"].state == "graded"
    assert scores("tiny")["ada"].points == 0


def test_a_submission_that_is_far_too_large_is_not_read(released):
    submit(released, "ada", "other_order")
    with (released / "submitted/ada/tiny/data.bin").open("wb") as file:
        file.truncate(300 << 20)
    outcome = graded()["ada"]
    assert (outcome.state, "larger than 200 MB" in outcome.reason) == ("not graded", True)
