"""Which checks can depend on what: on the place and the seed, and on the answer of a cell."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from conftest import cell

from cohort.audit.exam import Exam

CELLS = [
    ("noise", "import random\nnoise = seed * 2\nquiet = 1", "instructor"),
    ("first", "def first(x):\n    return x", "solution"),
    ("check_first", "noise = 3\n\ndef _own():\n    return noise\n\nassert first(_own()) == 3", "check"),
    ("second", "def second(x):\n    return helper(x)", "solution"),
    ("between", "def helper(x):\n    return first(x)", "instructor"),
    ("check_second", "def _ask():\n    return noise\n\nassert second(_ask()) == _ask()", "check"),
    ("third", "%matplotlib inline\nthird = 3", "solution"),
    ("check_third", "assert third == 3", "check"),
]
KINDS = {
    "instructor": {"locked": True},
    "solution": {"solution": True},
    "check": {"grade": True, "locked": True, "points": 1},
}


@pytest.fixture
def exam(released: Path) -> Exam:
    for path in (released / "source/tiny/tiny.ipynb", released / "release/tiny/tiny.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        notebook.cells = [*notebook.cells[:2], *(cell(name, code, **KINDS[kind]) for name, code, kind in CELLS)]
        nbformat.write(notebook, path)
    return Exam("tiny")


def test_place_and_seed_sway_the_checks_that_use_what_comes_from_them(exam):
    # `noise` of check_first is its own, and that of check_second is not.
    assert exam.swayed() == {"check_second"}


@pytest.mark.parametrize(
    ("answer", "checks"),
    [
        ({"first": "def first(x):\n    return 1"}, {"check_first", "check_second"}),
        ({"second": "second = len"}, {"check_second"}),
        ({"second": "def helper(x):\n    return 1\n\nthird = 4"}, {"check_second", "check_third"}),
        ({"third": "!ls\nthird = 1"}, {"check_third"}),
        ({}, set()),
    ],
)
def test_an_answer_concerns_the_checks_that_use_what_it_defines(exam, answer, checks):
    assert exam.concerned(answer) == checks


def test_a_case_has_all_cells_up_to_its_last_check_and_no_other_check(exam):
    shared, steps = exam.steps({"first": "first = abs"}, {"check_second"}, {"seed": 7})
    assert shared == ('place = "NG"\nseed = 7', CELLS[0][1])
    names = [step if isinstance(step, str) else step.name for step in steps]
    assert names == [*shared, "first = abs", CELLS[3][1], CELLS[4][1], "check_second"]
    assert exam.own == {"first": ["check_first"], "second": ["check_second"], "third": ["check_third"]}
