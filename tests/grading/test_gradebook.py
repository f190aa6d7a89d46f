"""The gradebook's writer leaves nbgrader's own rows, in one transaction a submission, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from conftest import tiny_source
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.base import NbGraderException
from sqlalchemy import event, text
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import Pool
from two_notebooks import (
    answers_in_words,
    autograded,
    by_hand,
    earns_too_much,
    grade_here,
    grade_plainly,
    rows,
    submit,
)

from cohort.errors import CourseError
from cohort.grading import gradebook as grading
from cohort.grading.course_directory import nbgrader_config

pytest_plugins = ["postgres", "two_notebooks"]


@contextmanager
def counted(target: object, name: str) -> Iterator[list[object]]:
    seen: list[object] = []

    def count(*arguments: object) -> None:
        seen.append(arguments)

    event.listen(target, name, count)
    try:
        yield seen
    finally:
        event.remove(target, name, count)


def test_rows_equal_those_of_nbgrader_also_when_graded_again_over_manual_scores(course, plain, ours):
    grade_here(course)
    found = rows(ours)
    assert found == rows(plain)
    assert found["raises"]["notebooks"]["tiny"]["grades"]["check_add"]["auto_score"] == 0
    assert found["earns-a-part"]["notebooks"]["more"]["grades"]["partial"]["auto_score"] == 2.5
    assert found["blank"]["notebooks"]["tiny"]["comments"]["add"]["auto_comment"] == "No response."
    assert found["late"]["notebooks"]["tiny"]["late_submission_penalty"] == 3
    assert not found["warns"]["notebooks"]["more"]["grades"]["draw"]["needs_manual_grade"]

    again = ["raises", "late", "deletes-a-check"]
    for student in again:
        by_hand(ours, student)
        by_hand(plain, student)
    submit(course, "raises", answers_in_words)
    grade_plainly(plain, again)
    grade_here(course, again)
    found = rows(ours, again)
    assert found == rows(plain, again)
    assert found["raises"]["notebooks"]["tiny"]["grades"]["check_add"] == {
        "auto_score": 3,
        "manual_score": 1.5,
        "extra_credit": 0.5,
        "needs_manual_grade": True,
        "max_score": 3,
    }
    assert found["late"]["notebooks"]["tiny"]["late_submission_penalty"] == 2


def test_a_run_opens_one_connection_and_a_submission_is_one_commit(course, plain, ours):
    with counted(Pool, "connect") as connections, grading.Writer("tiny", nbgrader_config()) as writer:
        for student in ("raises", "late"):
            with counted(Engine, "commit") as commits:
                writer.save(student, datetime(2026, 3, 2), autograded(course, student))
            assert len(commits) == 1
        with counted(Engine, "commit") as commits:
            writer.fail("late", "the kernel died")
        assert len(commits) == 1
    assert len(connections) == 1


def test_a_submission_that_cannot_be_scored_is_saved_not_even_in_part(course, plain, ours):
    too_much = autograded(course, "blank")
    earns_too_much(**too_much)
    with grading.Writer("tiny", nbgrader_config()) as writer:
        writer.save("raises", None, autograded(course, "raises"))
        before = rows(ours, ["raises"])
        for student in ("raises", "new"):
            with pytest.raises(CourseError, match=rf"tiny.ipynb by {student} cannot be scored \(partial credit cannot"):
                writer.save(student, datetime(2026, 1, 1), too_much)
        writer.save("blank", None, autograded(course, "blank"))
    assert rows(ours, ["raises"]) == before
    with pytest.raises(MissingEntry):
        rows(ours, ["new"])
    assert rows(ours, ["blank"])["blank"]["score"] == 7


def test_a_plugin_that_raises_fails_the_submission_with_nothing_saved(course, plain, ours):
    (course / "strict.py").write_text(
        "from nbgrader.plugins import BasePlugin\n"
        "class Strict(BasePlugin):\n"
        "    def late_submission_penalty(self, student, score, seconds):\n"
        "        raise KeyError('no such student')\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(course)
        config = nbgrader_config()
        config.AssignLatePenalties.plugin_class = "strict.Strict"
        with grading.Writer("tiny", config) as writer, pytest.raises(CourseError, match="no such student"):
            writer.save("late", datetime(2026, 3, 2), autograded(course, "late"))
    with pytest.raises(MissingEntry):
        rows(ours, ["late"])


def test_a_failed_submission_keeps_manual_scores_and_loses_the_automatic_ones(course, plain, ours):
    grade_here(course, ["late"])
    by_hand(ours, "late")
    with grading.Writer("tiny", nbgrader_config()) as writer:
        writer.fail("late", "the kernel died")
    found = rows(ours, ["late"])["late"]["notebooks"]
    grades = found["tiny"]["grades"] | found["more"]["grades"]
    assert {grade["auto_score"] for grade in grades.values()} == {None}
    assert {name for name, grade in grades.items() if grade["needs_manual_grade"]} == {"draw", "partial", "why"}
    assert found["tiny"]["score"] == 2
    assert found["tiny"]["late_submission_penalty"] is None
    assert found["tiny"]["comments"]["add"] == {"auto_comment": None, "manual_comment": "Well done."}


def test_a_first_submission_that_fails_has_the_rows_that_nbgrader_leaves(course, plain, ours):
    submit(course, "new", lambda tiny, more: None)
    (course / "submitted/new/tiny/more.ipynb").write_text("not a notebook")
    with pytest.raises(NbGraderException, match="Please see the"):
        grade_plainly(plain, ["new"])
    with grading.Writer("tiny", nbgrader_config()) as writer:
        writer.fail("new", "more.ipynb is not a notebook")
    assert rows(ours, ["new"]) == rows(plain, ["new"])
    assert rows(ours, ["new"])["new"]["needs_manual_grade"]


def test_a_submission_without_any_notebook_of_the_assignment_is_refused(course):
    refused = pytest.raises(CourseError, match=r"there is no more.ipynb, tiny.ipynb: ask the student")
    with grading.Writer("tiny", nbgrader_config()) as writer, refused:
        writer.save("one", None, {"homework": tiny_source()})
    with pytest.raises(MissingEntry):
        rows(f"sqlite:///{course / 'gradebook.db'}", ["one"])


def test_a_student_who_may_not_be_created_is_refused_with_the_mend(course, plain):
    config = nbgrader_config()
    config.Autograde.create_student = False
    with grading.Writer("tiny", config) as writer:
        writer.fail("blank", "it does not matter why")
        with pytest.raises(CourseError, match="no student 'blank': run `nbgrader db student add blank`"):
            writer.save("blank", None, autograded(course, "blank"))
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "demo") as gradebook:
        assert not gradebook.students


def test_a_missing_timestamp_keeps_the_earlier_one(course, plain, ours):
    with grading.Writer("tiny", nbgrader_config()) as writer:
        writer.save("late", datetime(2026, 3, 2), autograded(course, "late"))
        writer.save("late", None, autograded(course, "late"))
    with Gradebook(ours, "demo") as gradebook:
        assert gradebook.find_submission("tiny", "late").timestamp == datetime(2026, 3, 2)


def test_writing_grades_of_what_was_never_released_says_so(course):
    with pytest.raises(CourseError, match="heat was never released to this cohort: run `cohort release heat`"):
        grading.Writer("heat", nbgrader_config()).__enter__()


def test_a_gradebook_that_cannot_be_reached_is_named_without_its_password(course, database):
    wrong = make_url(database).set(password="not-the-password").render_as_string(hide_password=False)
    config = nbgrader_config()
    config.CourseDirectory.db_url = wrong
    with pytest.raises(CourseError, match=r"the gradebook postgresql\+psycopg://grader:\*\*\*@127") as caught:
        grading.Writer("tiny", config).__enter__()
    assert "not-the-password" not in str(caught.value)


def test_a_server_that_drops_the_connection_costs_one_submission_only(course, plain, database):
    grading.copy_gradebook(f"sqlite:///{course / 'gradebook.db'}", database, "tiny", [])
    config = nbgrader_config()
    config.CourseDirectory.db_url = database
    with grading.Writer("tiny", config) as writer:
        writer.save("raises", None, autograded(course, "raises"))
        with Gradebook(database, "demo") as other:
            mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            other.db.execute(text(mine + " AND datname = current_database()"))
        with pytest.raises(CourseError, match="cannot be used"):
            writer.save("raises", None, autograded(course, "raises"))
        writer.save("raises", None, autograded(course, "raises"))
    assert rows(database, ["raises"]) == rows(plain, ["raises"])
