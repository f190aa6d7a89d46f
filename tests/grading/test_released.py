"""What was released is put back into a submission as nbgrader does, without a database."""

from __future__ import annotations

import copy
import pickle

import pytest
from nbgrader import preprocessors
from nbgrader.api import Gradebook
from two_notebooks import SUBMISSIONS

from cohort.grading import released
from cohort.grading.course_directory import LOG
from cohort.notebooks import read_notebook

pytest_plugins = ["postgres", "two_notebooks"]


@pytest.mark.parametrize("add_missing_cells", [False, True])
def test_cells_are_put_back_as_nbgrader_does_without_a_database(course, add_missing_cells):
    url = f"sqlite:///{course / 'gradebook.db'}"
    with Gradebook(url, "demo") as gradebook:
        known = pickle.loads(pickle.dumps(released.source_cells(gradebook, "tiny")))
    grown = set()
    # nbgrader itself stumbles when it adds missing cells where a cell stood twice.
    for student in SUBMISSIONS.keys() - ({"repeats-a-cell"} if add_missing_cells else set()):
        for path in (course / "submitted" / student / "tiny").glob("*.ipynb"):
            name = path.stem
            about = {"notebook": name, "assignment": "tiny", "student": student}
            notebook = read_notebook(path)
            notebook, _ = preprocessors.DeduplicateIds()(notebook, {})
            results = []
            for place, more in ((preprocessors, {"db_url": url}), (released, {"source_cells": known[name]})):
                steps = [place.OverwriteKernelspec(), place.OverwriteCells(add_missing_cells=add_missing_cells)]
                result = copy.deepcopy(notebook)
                for step in steps:
                    result, _ = step(result, {"nbgrader": about | more})
                results.append(result)
            assert results[0] == results[1]
            if len(results[1].cells) > len(notebook.cells):
                grown.add(student)
    assert grown == ({"deletes-a-check", "deletes-a-task"} if add_missing_cells else set())


def test_an_unknown_cell_is_left_to_nbgraders_check_of_the_metadata(course):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "demo") as gradebook:
        known = released.source_cells(gradebook, "tiny")["tiny"]
    notebook = read_notebook(course / "release/tiny/tiny.ipynb")
    notebook.cells[2].metadata.nbgrader.grade_id = "invented"
    about = {"notebook": "tiny", "assignment": "tiny", "source_cells": known}
    notebook, _ = released.OverwriteCells(log=LOG)(notebook, {"nbgrader": about})
    assert "grade_id" not in notebook.cells[2].metadata.nbgrader
