"""Grading: nbgrader's scores, one bad submission at a time, again only what changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from cohort import answers, demo, exchange, release
from cohort.errors import CourseError
from cohort.grading import engine
from cohort.notebooks import read_notebook, write_notebook
from cohort.scores import scores


def submit(tiny, student, answer):
    """Put an answer of the bank into submitted/, as `nbgrader collect` does."""
    bank = {each.name: each for each in answers.read_bank("tiny")}
    released = read_notebook(tiny / "release/tiny/tiny.ipynb")
    path = tiny / "submitted" / student / "tiny/tiny.ipynb"
    write_notebook(answers.answered(released, bank[answer], answers.reference("tiny")), path)
    return path


def test_right_wrong_blank_and_raising_answers_get_nbgraders_scores(released):
    for answer in ("other_order", "product", "released", "raises"):
        submit(released, answer.replace("_", "-"), answer)
    outcomes = list(engine.autograde("tiny"))
    assert {outcome.state for outcome in outcomes} == {"graded"}
    found = scores("tiny")
    assert {name: score.points for name, score in found.items()} == {
        "other-order": 3,
        "product": 0,
        "released": 0,
        "raises": 0,
    }
    assert found["product"].lost == ["check_add"]
    assert found["other-order"].needs_manual_grade
    assert {score.maximum for score in found.values()} == {5}


def test_an_endless_loop_costs_its_author_the_check_and_nobody_else_anything(released):
    submit(released, "loops", "loops")
    submit(released, "z-last", "other_order")
    assert [outcome.state for outcome in engine.autograde("tiny")] == ["graded", "graded"]
    assert scores("tiny")["loops"].points == 0
    assert scores("tiny")["z-last"].points == 3


def test_a_submission_that_is_not_json_is_named_and_does_not_stop_the_others(released):
    submit(released, "a-broken", "other_order").write_text("this is not a notebook")
    submit(released, "whole", "other_order")
    broken, whole = engine.autograde("tiny")
    assert broken.state == "not graded"
    assert "submitted/a-broken/tiny/tiny.ipynb is not a notebook (not JSON): ask the student to submit again" in (
        broken.reason
    )
    assert whole.state == "graded"


@pytest.mark.parametrize("text", ['{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}', "[" * 100_000])
def test_a_strange_file_is_not_graded_and_does_not_stop_the_others(released, text):
    submit(released, "a-strange", "other_order").write_text(text)
    submit(released, "whole", "other_order")
    assert [outcome.state for outcome in engine.autograde("tiny")] == ["not graded", "graded"]


def test_a_submission_that_cannot_be_graded_does_not_keep_the_score_of_an_earlier_one(released):
    path = submit(released, "one", "other_order")
    list(engine.autograde("tiny"))
    path.write_text("not a notebook")
    assert [outcome.state for outcome in engine.autograde("tiny")] == ["not graded"]
    assert scores("tiny")["one"].points == 0
    assert scores("tiny")["one"].needs_manual_grade


def test_a_new_gradebook_means_grading_again(released):
    submit(released, "one", "other_order")
    list(engine.autograde("tiny"))
    (released / "gradebook.db").unlink()
    release.release("tiny")
    assert [outcome.state for outcome in engine.autograde("tiny")] == ["graded"]


def test_a_damaged_gradebook_is_named_without_a_traceback(released):
    submit(released, "one", "other_order")
    (released / "gradebook.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(CourseError, match=r"the gradebook sqlite:///.*gradebook.db cannot be used"):
        list(engine.autograde("tiny"))


def test_a_collection_cut_short_is_made_whole(released):
    exchange.hand_out("tiny")
    list(demo.work("tiny", 1))
    exchange.collect("tiny")
    notebook = released / "submitted/simulated-01/tiny/tiny.ipynb"
    notebook.unlink()
    exchange.collect("tiny")
    assert notebook.exists()


def test_a_second_run_grades_only_what_changed(released):
    submit(released, "one", "other_order")
    submit(released, "two", "other_order")
    list(engine.autograde("tiny"))
    submit(released, "two", "product")
    assert [outcome.state for outcome in engine.autograde("tiny")] == ["unchanged", "graded"]
    assert scores("tiny")["two"].points == 0


def test_a_changed_check_grades_everyone_again(released):
    submit(released, "one", "product")
    list(engine.autograde("tiny"))
    path = released / "source/tiny/tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[3].source = 'assert add(1, 1) == 1, "A check that was mended."'
    nbformat.write(notebook, path)
    release.release("tiny")
    assert [outcome.state for outcome in engine.autograde("tiny")] == ["graded"]
    assert scores("tiny")["one"].points == 3


def test_a_manual_score_survives_a_regrade(released):
    from nbgrader.api import Gradebook

    submit(released, "one", "other_order")
    list(engine.autograde("tiny"))
    with Gradebook(f"sqlite:///{released / 'gradebook.db'}", "demo") as gradebook:
        grade = gradebook.find_grade("why", "tiny", "tiny", "one")
        grade.manual_score = 2
        grade.needs_manual_grade = False
        gradebook.db.commit()
    list(engine.autograde("tiny", force=True))
    assert scores("tiny")["one"].points == 5


def test_a_kill_in_the_middle_loses_nothing_and_the_next_run_continues(released):
    for student in ("a", "b", "c", "d"):
        submit(released, student, "other_order")
    command = [sys.executable, "-m", "cohort.cli", "grade", "tiny"]
    exchange.hand_out("tiny")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        journal = released / "_build/graded/tiny.json"
        until = time.monotonic() + 60
        while not journal.exists() and time.monotonic() < until:
            time.sleep(0.05)
        os.kill(running.pid, signal.SIGKILL)
    assert journal.exists()
    outcomes = list(engine.autograde("tiny"))
    assert outcomes[0].state == "unchanged"
    assert [outcome.state for outcome in outcomes[1:]].count("graded") >= 1
    assert {score.points for score in scores("tiny").values()} == {3}


def test_grading_what_was_never_released_says_so(tiny):
    with pytest.raises(CourseError, match="tiny was never released to this cohort: run `cohort release tiny`"):
        list(engine.autograde("tiny"))


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
