"""Worker processes: every submission comes back once, and one whose worker dies is tried again."""

from __future__ import annotations

import multiprocessing

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from cohort.grading import engine, workers
from cohort.grading.course_directory import nbgrader_config
from cohort.grading.processes import descendants
from cohort.grading.unit import Submission
from cohort.grading.verify import normalised


@pytest.fixture
def assignment(released):
    return engine._assignment("tiny", nbgrader_config(), engine.How())


def submission(root, student: str, code: str = "1") -> Submission:
    notebook = nbformat.read(root / "release/tiny/tiny.ipynb", as_version=4)
    notebook.cells.insert(2, new_code_cell(code, id="own"))
    return Submission(student, {"tiny": nbformat.writes(notebook)})


def test_each_submission_comes_back_once_whatever_the_number_of_workers(released, assignment):
    batches = [[submission(released, f"{batch}-{n}") for n in range(2)] for batch in range(3)]
    found = list(workers.grade(assignment, batches, workers=2, measure=True))
    assert sorted(each.student for each in found) == [f"{batch}-{n}" for batch in range(3) for n in range(2)]
    assert {each.reason for each in found} == {""}
    one, *others = [normalised(each.parsed()["tiny"]) for each in found]
    assert all(other == one for other in others)
    assert all(each.private_mb > 0 and each.cpu_seconds > 0 for each in found)


def test_a_submission_whose_worker_dies_twice_is_given_up_and_all_others_are_graded(released, assignment):
    slow = "import time\ntime.sleep(2)"
    batches = [[submission(released, "a"), submission(released, "kills", slow), submission(released, "b")]]

    def kill(running: dict[str, float]) -> None:
        if running.get("kills", 0) > 0.2:
            for child in multiprocessing.active_children():
                child.kill()

    found = {each.student: each for each in workers.grade(assignment, batches, workers=1, watch=kill)}
    assert found.keys() == {"a", "kills", "b"}
    assert "ended twice (exit status -9)" in found["kills"].reason
    assert (found["a"].reason, found["b"].reason) == ("", "")
    assert normalised(found["a"].parsed()["tiny"]) == normalised(found["b"].parsed()["tiny"])


def test_who_stops_waiting_leaves_no_process_behind(released, assignment):
    grading = workers.grade(assignment, [[submission(released, "a"), submission(released, "b")]], workers=1)
    next(grading)
    (worker,) = multiprocessing.active_children()
    assert descendants(worker.pid)
    grading.close()
    assert multiprocessing.active_children() == []
