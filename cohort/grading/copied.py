"""Copies a part of a gradebook and reads from it what two ways of grading must agree on."""

from __future__ import annotations

from typing import Any

from alembic.script import ScriptDirectory
from nbgrader.api import Base, Gradebook
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import Select, create_engine, select, text


def copy_gradebook(source_url: str, target_url: str, assignment: str, students: list[str]) -> None:
    """Copy an assignment and its submissions by some students into a new gradebook.

    Parameters
    ----------
    source_url, target_url : str
        SQLAlchemy URLs; the target must be empty. They may be of different kinds.
    assignment : str
        The assignment.
    students : list of str
        Whose rows are copied; a student who is not in the source is passed by.
    """
    source, target = create_engine(source_url), create_engine(target_url)
    try:
        with source.connect() as old, target.begin() as new:
            Base.metadata.create_all(new)
            head = ScriptDirectory(ALEMBIC_DIR).get_current_head()
            new.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            new.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": head})
            for table, query in _kept(assignment, students).items():
                found = [row._asdict() for row in old.execute(query)]
                if found:
                    new.execute(Base.metadata.tables[table].insert(), found)
    finally:
        source.dispose()
        target.dispose()


def _kept(assignment: str, students: list[str]) -> dict[str, Select[Any]]:
    """For each table, in the order of its foreign keys, which rows belong to the assignment and the students."""
    table = Base.metadata.tables
    assignments = select(table["assignment"].c.id).where(table["assignment"].c.name == assignment)
    notebooks = select(table["notebook"].c.id).where(table["notebook"].c.assignment_id.in_(assignments))
    cells = select(table["base_cell"].c.id).where(table["base_cell"].c.notebook_id.in_(notebooks))
    submitted = table["submitted_assignment"].c
    submissions = select(submitted.id).where(
        submitted.assignment_id.in_(assignments), submitted.student_id.in_(students)
    )
    papers = select(table["submitted_notebook"].c.id).where(
        table["submitted_notebook"].c.assignment_id.in_(submissions)
    )
    inside = {
        "assignment": ("id", assignments),
        "notebook": ("id", notebooks),
        "base_cell": ("id", cells),
        "grade_cells": ("id", cells),
        "solution_cells": ("id", cells),
        "task_cells": ("id", cells),
        "source_cell": ("notebook_id", notebooks),
        "student": ("id", students),
        "submitted_assignment": ("id", submissions),
        "submitted_notebook": ("id", papers),
        "grade": ("notebook_id", papers),
        "comment": ("notebook_id", papers),
    }
    queries = {"course": select(table["course"])}
    for name in (each.name for each in Base.metadata.sorted_tables if each.name in inside):
        column, wanted = inside[name]
        queries[name] = select(table[name]).where(table[name].c[column].in_(wanted))
    return queries


def rows(gradebook: Gradebook, assignment: str, student: str) -> dict[str, Any]:
    """All of a submission that two ways of grading must agree on: no ids and no times.

    Returns
    -------
    dict
        Per notebook its scores, late penalty, grades and comments, each by the name of the cell;
        it can be written as JSON.

    Raises
    ------
    MissingEntry
        nbgrader's, if there is no such submission.
    """
    submission = gradebook.find_submission(assignment, student)
    grade = ("auto_score", "manual_score", "extra_credit", "needs_manual_grade", "max_score")
    return {
        "score": submission.score,
        "max_score": submission.max_score,
        "needs_manual_grade": submission.needs_manual_grade,
        "notebooks": {
            notebook.name: {
                "score": notebook.score,
                "max_score": notebook.max_score,
                "late_submission_penalty": notebook.late_submission_penalty,
                "grades": _values(notebook.grades, grade),
                "comments": _values(notebook.comments, ("auto_comment", "manual_comment")),
            }
            for notebook in sorted(submission.notebooks, key=lambda notebook: notebook.name)
        },
    }


def _values(found: list[Any], columns: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    return {
        row.name: {column: getattr(row, column) for column in columns}
        for row in sorted(found, key=lambda row: row.name)
    }
