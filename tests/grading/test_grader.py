"""Grading on one worker: sharing, in any way, never changes a result."""

from __future__ import annotations

import os
import signal
from copy import deepcopy
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from cohort.grading import engine, judged
from cohort.grading.course_directory import nbgrader_config, nbgrader_log
from cohort.grading.grader import Grader
from cohort.grading.unit import Assignment, Submission
from cohort.grading.verify import normalised

RIGHT, WRONG = "def add(a, b):\n    return a + b", "def add(a, b):\n    return a * b"
BEGIN = [
    "import os, random\nfrom pathlib import Path\nrandom.seed(1995)\nvalues = [random.random() for _ in 'ab']\nvalues",
    "values.append(random.random())\nPath('made.txt').write_text(str(values))\nprint(values)",
    "given = open('given.csv').read()\nlen(given), sorted(os.listdir())",
    "display(values[0], display_id='one')\n_",
]
END = "values, random.random(), open('made.txt').read(), open('given.csv').read(), len(In)"


@pytest.fixture(scope="module")
def tiny(tiny_once: Path) -> Assignment:
    """The tiny assignment with a file beside it; a cell may take 2 seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tiny_once)
        config = deepcopy(nbgrader_config())
        config.Execute.timeout = 2
        assignment = engine._assignment("tiny", config, engine.How())
    return replace(assignment, files={"given.csv": b"a,b\n1,2\n"})


@pytest.fixture
def hand_in(tiny_once: Path):
    """Makes a submission: more cells, and an answer."""

    def make(student: str, *cells: str, answer: str = RIGHT, files: dict[str, bytes] | None = None) -> Submission:
        notebook = nbformat.read(tiny_once / "release/tiny/tiny.ipynb", as_version=4)
        place = next(number for number, cell in enumerate(notebook.cells) if cell.id == "add")
        notebook.cells[place].source = answer
        notebook.cells[place:place] = [new_code_cell(code, id=f"own-{n}") for n, code in enumerate(cells)]
        return Submission(student, {"tiny": nbformat.writes(notebook)}, files or {})

    return make


WAYS = {
    "shared": lambda assignment: assignment,
    "not shared": lambda assignment: replace(assignment, share=False),
    "not forked late": lambda assignment: replace(assignment, share=False, shared={}),
}


def graded(assignment: Assignment, submissions: list[Submission], of_class: bool = True) -> dict[str, tuple]:
    """For each student what grading gives; each on a zygote of its own unless `of_class`."""
    found = {}
    for batch in [submissions] if of_class else [[each] for each in submissions]:
        with nbgrader_log(), Grader(assignment) as grader:
            for each in grader.grade(batch):
                notebooks = {name: normalised(notebook) for name, notebook in each.parsed().items()}
                found[each.student] = (notebooks, each.files, each.reason)
    return found


def unlike(one: tuple, other: tuple) -> list[tuple]:
    """The cells, files and reasons in which two gradings differ."""
    cells = [
        pair
        for name in one[0].keys() | other[0].keys()
        for pair in zip_longest(one[0].get(name, []), other[0].get(name, []))
        if pair[0] != pair[1]
    ]
    return cells + [pair for pair in zip(one[1:], other[1:], strict=True) if pair[0] != pair[1]]


def assert_same_in_every_way(assignment: Assignment, submissions: list[Submission]) -> dict[str, tuple]:
    ways = {name: graded(way(assignment), submissions) for name, way in WAYS.items()}
    for name in ("not shared", "not forked late"):
        for student, found in ways[name].items():
            assert unlike(ways["shared"][student], found) == [], (student, name)
    return ways["shared"]


def outputs(found: tuple, cell: int, name: str = "tiny") -> list[dict]:
    return found[0][name][cell]["outputs"]


def test_submissions_that_are_equal_or_part_after_any_cell_are_graded_as_without_sharing(tiny, hand_in):
    submissions = [hand_in(f"equal-{number}", *BEGIN, END) for number in range(2)]
    submissions += [hand_in(f"other-answer-{n}", *BEGIN, END, answer=WRONG) for n in range(2)]
    for n in range(len(BEGIN)):
        submissions.append(
            hand_in(f"parts-{n}", *BEGIN[:n], f"'other {n}'\nvalues = []; import os, random", *BEGIN[n:], END)
        )
    submissions.append(hand_in("own-files", *BEGIN, END, files={"own.txt": b"x", "given.csv": b"theirs"}))
    submissions.append(hand_in("changes", *BEGIN, "Path('given.csv').write_text('new')", END))
    submissions.append(hand_in("removes", *BEGIN, "Path('given.csv').unlink()", END))
    submissions.append(hand_in("none"))
    found = assert_same_in_every_way(tiny, submissions)
    assert found["equal-0"] == found["equal-1"]
    assert found["equal-0"][1].keys() == {"made.txt", "given.csv"}
    assert found["own-files"][1]["given.csv"] == b"a,b\n1,2\n"
    assert found["own-files"][1]["own.txt"] == b"x"
    assert found["changes"][1]["given.csv"] == b"new"
    assert found["removes"][1].keys() == {"made.txt"}
    assert {each[2] for each in found.values()} == {""}


LEAVES = {
    "raises": "1 / 0",
    "thread": (
        "import threading, time\nstop = threading.Event()\nthread = threading.Thread(target=stop.wait, daemon=True)\n"
        "thread.start()"
    ),
    "file": "file = open('log.txt', 'w')\nfile.write('begun ')",
    "process": "import subprocess\nprocess = subprocess.Popen(['sleep', '60'])",
    "task": "import asyncio\nasync def later():\n    return 5\ntask = asyncio.create_task(later())",
    "folder": "from pathlib import Path\nhere = Path.cwd()",
    "clock": "import os, time\nstart, me = time.time(), os.getpid()",
    "exits": "import os\nos._exit(3)",
}
THEN = {
    "thread": "thread.is_alive(), stop.set(), thread.join(), thread.is_alive()",
    "file": "file.write('ended')\nfile.close()\nopen('log.txt').read()",
    "process": "process.poll(), process.kill(), process.wait()",
    "task": "await task",
    "folder": "(here / 'x.txt').write_text('x')",
    "clock": "time.time() - start < 60, me == os.getpid()",
}


def test_what_cells_leave_behind_is_there_for_the_next_cells_whoever_shares(tiny, hand_in):
    submissions = [
        hand_in(f"{name}-{number}", "'first'", code, THEN.get(name, "'then'"), "'last'")
        for name, code in LEAVES.items()
        for number in range(2)
    ]
    found = assert_same_in_every_way(tiny, submissions)
    for name in LEAVES:
        one, other = found[f"{name}-0"], found[f"{name}-1"]
        assert one == other
        if name != "exits":
            assert one[2] == ""
        if name in THEN:
            assert "ename" not in str(outputs(one, 4))
    assert outputs(found["clock-1"], 4)[0]["data"]["text/plain"] == "(True, True)"
    assert found["folder-1"][1]["x.txt"] == b"x"
    assert found["file-1"][1]["log.txt"] == b"begun ended"
    assert "exit status 3" in found["exits-0"][2]


def test_the_second_notebook_finds_what_the_first_one_wrote(tiny, hand_in):
    cells = tiny.notebooks["tiny"]
    both = replace(
        tiny, notebooks={"one": cells, "two": cells}, shared={name: tiny.shared["tiny"] for name in ("one", "two")}
    )
    reads = ["import os\nprint(sorted(os.listdir()), open('given.csv').read())", "1"]

    def pair(student: str, *writes: str) -> Submission:
        first, second = hand_in(student, *writes), hand_in(student, *reads)
        return Submission(student, {"one": first.notebooks["tiny"], "two": second.notebooks["tiny"]})

    submissions = [
        pair("none-1", "1"),
        pair("none-2", "1"),
        pair("writes", "1", "open('new.txt', 'w').write('x')"),
        pair("changes", "1", "open('given.csv', 'w').write('x')"),
        pair("none-3", "1"),
    ]
    found = assert_same_in_every_way(both, submissions)
    said = {student: outputs(each, 2, "two")[0]["stdout"] for student, each in found.items()}
    assert said["none-1"] == said["none-2"] == said["none-3"] == "['given.csv'] a,b\n1,2\n\n"
    assert said["writes"] == "['given.csv', 'new.txt'] a,b\n1,2\n\n"
    assert said["changes"] == "['given.csv'] x\n"


def test_chance_changes_no_score_and_differs_where_nothing_is_shared(tiny, hand_in):
    draws = "import os, random, uuid\nimport numpy as np\nfound = [random.random(), float(np.random.rand()), "
    draws += "float(np.random.default_rng().random()), os.urandom(4), uuid.uuid4()]"
    says = "print(found)\nassert 0 <= found[0] < 1"
    submissions = [hand_in(f"{n}", f"# {n}\n{draws}", says) for n in range(2)] + [hand_in("2", f"# 1\n{draws}", says)]
    found = graded(tiny, submissions)
    assert outputs(found["0"], 3) != outputs(found["1"], 3)
    for each in found.values():
        assert "ename" not in str(each[0])


def test_a_judge_hears_like_notebooks_once_unless_a_cell_depends_on_the_moment(tiny, hand_in, monkeypatch):
    heard, hear = [], judged.hear
    monkeypatch.setattr(judged, "hear", lambda notebook, *how: heard.append(notebook) or hear(notebook, *how))
    submissions = [hand_in(f"equal-{number}") for number in range(3)]
    submissions += [hand_in(f"wrong-{number}", answer=WRONG) for number in range(2)]
    submissions += [hand_in(f"timed-{number}", "import time\nstart = time.time()") for number in range(2)]
    found = graded(replace(tiny, judged=True), submissions)
    assert len(heard) == 1 + 1 + 2
    failed = {student for student, each in found.items() if "AssertionError" in str(each[0])}
    assert failed == {"wrong-0", "wrong-1"}


def test_a_damaged_notebook_fails_alone(tiny, hand_in):
    submissions = [
        hand_in("a"),
        Submission("b", {"tiny": "{"}),
        Submission("c", {"tiny": '{"cells": 3}'}),
        hand_in("d"),
    ]
    found = graded(tiny, submissions)
    assert [bool(found[student][2]) for student in "abcd"] == [False, True, True, False]
    assert found["b"][2].endswith("ask the student to submit again")
    assert found["a"] == found["d"]


def test_a_zygote_that_is_killed_fails_at_most_the_submission_of_the_moment(tiny, hand_in):
    submissions = [hand_in(name, "1") for name in "abc"]
    with nbgrader_log(), Grader(tiny) as grader:
        results = grader.grade(submissions)
        first = next(results)
        os.killpg(grader._zygote._process.pid, signal.SIGKILL)
        grader._zygote._process.wait()
        rest = list(results)
    assert [each.reason for each in (first, *rest)] == ["", "", ""]
    assert normalised(rest[1].parsed()["tiny"]) == normalised(first.parsed()["tiny"])
