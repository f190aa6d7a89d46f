"""A part of a gradebook is copied between SQLite and PostgreSQL with nothing lost and nothing added."""

from __future__ import annotations

import json

from nbgrader.api import Gradebook
from sqlalchemy import text
from two_notebooks import by_hand, grade_plainly, rows

from cohort.grading.copied import copy_gradebook

pytest_plugins = ["postgres", "two_notebooks"]


def test_rows_can_be_written_as_json(course, plain):
    found = rows(plain, ["blank"])
    assert json.loads(json.dumps(found)) == found


def test_a_copy_has_the_rows_of_the_students_asked_for_and_no_others(course, plain, database):
    by_hand(plain, "late")
    back = f"sqlite:///{course / 'back.db'}"
    copy_gradebook(plain, database, "tiny", ["raises", "late", "nobody"])
    copy_gradebook(database, back, "tiny", ["late"])
    assert rows(database, ["raises", "late"]) == rows(plain, ["raises", "late"])
    assert rows(back, ["late"]) == rows(plain, ["late"])
    with Gradebook(database, "demo") as gradebook:
        assert {student.id for student in gradebook.students} == {"raises", "late"}
        assert {each.student.id for each in gradebook.assignment_submissions("tiny")} == {"raises", "late"}


def test_a_copy_looks_to_nbgrader_like_a_gradebook_of_its_own(course, plain):
    copied = f"sqlite:///{course / 'copied.db'}"
    copy_gradebook(plain, copied, "tiny", [])
    versions = []
    for url in (plain, copied):
        with Gradebook(url, "demo") as gradebook:
            versions.append(gradebook.db.execute(text("SELECT version_num FROM alembic_version")).all())
    assert versions[0] == versions[1]
    grade_plainly(copied, ["raises"])
    grade_plainly(plain, ["raises"])
    assert rows(copied, ["raises"]) == rows(plain, ["raises"])
