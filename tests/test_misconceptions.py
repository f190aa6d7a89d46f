"""Known misconceptions: a failed check names one where an answer behaves like a wrong one of the bank."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, cell, tiny_source, write_tiny_course

from cohort import answers, misconceptions, release
from cohort.course import load_course
from cohort.errors import CourseError
from cohort.feedback import feedback
from cohort.grading import engine
from cohort.grading.forks import Setup
from cohort.grading.judged import KNOWN, settle, steps
from cohort.grading.nodes import Zygote
from cohort.grading.trial import Heard, Trial
from cohort.grading.verdict import Award, State, Verdict
from cohort.notebooks import read_notebook, write_notebook

TIMES, WHOLE, MINUS = "Both are multiplied.", "A part of the sum is cut off.", "One is taken from the other."
PARTS = """\
from cohort.checks import award
if add(7, 3) == 10:
    award(1, "positive numbers")
if add(-7, 3) == -4:
    award(1, "negative numbers")"""
SAYS_A_VALUE = 'assert add(2, 5) == 7, f"You gave {add(2, 5)}."'
BROKEN = "assert add(1, 2) == 3, 'Return the sum.'\nimport no_such_module"
BANK = {
    "right/other_order": ("", "def add(a, b):\n    return b + a"),
    "wrong/product": (TIMES, "def add(a, b):\n    return a * b"),
    "wrong/whole": (WHOLE, "def add(a, b):\n    return int(a + b)"),
    "wrong/difference": (MINUS, "def add(a, b):\n    return a - b"),
    "wrong/difference_again": ("Something else.", "def add(a, b):\n    return -(b - a)"),
    "wrong/five": ("", "def add(a, b):\n    return 5"),
    "wrong/size": ("The sign is lost.", "def add(a, b):\n    return abs(a) + abs(b)"),
}
STUDENTS = {
    "right": "add = lambda a, b: sum([a, b])",
    "product": "def add(a, b):\n    x = 0.0\n    for _ in range(int(b * 2)):\n        x += a / 2\n    return x",
    "whole": "import math\ndef add(a, b):\n    return float(math.floor(a) + math.floor(b))",
    "difference": "def add(a, b):\n    return a - b",
    "five": "def add(a, b):\n    return 5.0",
    "size": "def add(a, b):\n    return sum(map(abs, (a, b)))",
    "other": "def add(a, b):\n    return 7",
    "raises": "def add(a, b):\n    raise ValueError(a * b)",
}


def source() -> nbformat.NotebookNode:
    """The tiny assignment with a check that awards parts, one whose message holds a value, one that ends by itself."""
    notebook = tiny_source()
    notebook.cells[4:4] = [
        cell("check_parts", PARTS, grade=True, locked=True, points=2),
        cell("check_says", SAYS_A_VALUE, grade=True, locked=True, points=1),
        cell("check_broken", BROKEN, grade=True, locked=True, points=1),
    ]
    return notebook


def write_answer(name: str, teaches: str, code: str) -> None:
    loses = "" if name.startswith("right") else "# loses: [check_add]\n"
    head = f"# shows: It.\n{loses}# teaches: {teaches}\n" if teaches else f"# shows: It.\n{loses}"
    Path(f"answers/tiny/{name}.py").write_text(f"{head}# %% add\n{code}\n")


def heard_of_bank() -> dict[str, list[misconceptions.Heard]]:
    """The verdicts on each answer of the bank, by kind."""
    released, found = read_notebook(Path("source/tiny/tiny.ipynb")), {"right": [], "wrong": []}
    with Zygote(Setup()) as zygote, Zygote(Setup()) as judges:
        for answer in answers.read_bank("tiny"):
            if answer.kind in found:
                notebook = answers.answered(released, answer, answers.reference("tiny"))
                with Trial(zygote, judges, list(steps(notebook).values()), {}) as trial:
                    found[answer.kind].append((answer.name, trial.hear().verdicts))
    return found


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory):
    """A course whose bank was heard, with the students' submissions graded; also the working directory."""
    root = tmp_path_factory.mktemp("misconceptions")
    write_tiny_course(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.delenv("COHORT", raising=False)
        text = (root / "course.yml").read_text()
        (root / "course.yml").write_text(text.replace("language: en", "language: en\nchecks: judge"))
        write_notebook(source(), root / "source/tiny/tiny.ipynb")
        for name, (teaches, code) in BANK.items():
            write_answer(name, teaches, code)
        heard = heard_of_bank()
        misconceptions.write("tiny", misconceptions.collect("a mark", heard["wrong"], heard["right"]))
        release.release("tiny")
        for student, code in STUDENTS.items():
            notebook = read_notebook(root / "release/tiny/tiny.ipynb")
            notebook.cells[2].source = code
            write_notebook(notebook, root / "submitted" / student / "tiny/tiny.ipynb")
        outcomes = list(engine.autograde("tiny", how=engine.How(workers=1)))
        assert {each.state for each in outcomes} == {"graded"}
        yield root


def said(root: Path, student: str, check: str) -> str:
    """What a check says in the autograded notebook."""
    notebook = nbformat.read(root / f"autograded/{student}/tiny/tiny.ipynb", as_version=4)
    outputs = next(
        each.outputs for each in notebook.cells if each.metadata.get("nbgrader", {}).get("grade_id") == check
    )
    return " ".join(each.get("evalue") or each.get("text", "") for each in outputs).strip()


# In grading


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("right", ""),
        ("product", f"Return the sum of both numbers. {KNOWN}{TIMES}"),
        ("whole", f"a hidden check is not met {KNOWN}{WHOLE}"),
        ("difference", "Return the sum of both numbers."),
        ("five", "Return the sum of both numbers."),
        ("other", "Return the sum of both numbers."),
        ("raises", "ValueError: 1"),
    ],
)
def test_a_failed_check_names_what_one_wrong_answer_alone_explains(course, student, words):
    assert said(course, student, "check_add") == words


def test_a_check_that_gave_a_part_of_its_points_names_it_too(course):
    assert said(course, "size", "check_parts") == f"1 point: positive numbers\n {KNOWN}The sign is lost."
    assert KNOWN not in said(course, "right", "check_parts")


def test_a_message_that_comes_from_another_run_is_followed_by_it(course):
    assert said(course, "product", "check_says") == f"You gave 10.0. {KNOWN}{TIMES}"


def test_the_feedback_page_shows_it_and_is_written(course):
    assert {each.state for each in feedback("tiny")} == {"written"}
    for student, there in (("product", True), ("other", False)):
        page = BeautifulSoup((course / f"feedback/{student}/tiny/tiny.html").read_text(), "html.parser")
        assert (f"{KNOWN}{TIMES}" in page.get_text()) == there


def test_what_goes_to_workers_is_small(course):
    assert len(pickle.dumps(engine.prepare("tiny", engine.How()).misconceptions)) < 2000


def test_nbgraders_own_command_says_the_same(course):
    """The last test that uses the course: it grades again."""
    pairs = [(student, check) for student in STUDENTS for check in ("check_add", "check_parts", "check_says")]
    before = {pair: said(course, *pair) for pair in pairs}
    command = [sys.executable, "-m", "nbgrader", "autograde", "tiny", "--force"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert before == {pair: said(course, *pair) for pair in pairs}


@pytest.mark.parametrize(
    ("verdict", "there"),
    [
        (Verdict(State.FAILED, "No.", behaviour="b"), True),
        (Verdict(State.FAILED, "No.", (Award(1, "a"),), behaviour="b"), True),
        (Verdict(State.PASSED, "", (Award(1, "a"),), behaviour="b"), True),
        (Verdict(State.PASSED, "", (Award(3, "a"),), behaviour="b"), False),
        (Verdict(State.NOT_GRADED, "Who knows.", behaviour="b"), False),
        (Verdict(State.FAILED, "No.", behaviour="c"), False),
        (Verdict(State.FAILED, "No."), False),
    ],
)
def test_points_stay_and_what_a_person_decides_says_nothing(verdict, there):
    notebook, known = tiny_source(), {"check_add": {"b": TIMES}}
    check = notebook.cells[3]
    shown = []
    for table in ({}, known):
        settle(notebook, Heard({"check_add": verdict}, {}), {"check_add": check.source}, table)
        shown.append([each for each in check.outputs if TIMES not in str(each)])
        assert (TIMES in str(check.outputs)) == (there and table is known)
    if verdict.state is State.PASSED:
        assert shown[0] == shown[1]


# The file


def _heard(**behaviours: str) -> dict[str, Verdict]:
    return {check: Verdict(State.FAILED, behaviour=behaviour) for check, behaviour in behaviours.items()}


def test_a_behaviour_of_a_right_answer_is_no_misconception_and_none_is_collected_twice():
    wrong = [
        ("a", _heard(one="x", two="y")),
        ("b", _heard(one="x", two="")),
        ("a", _heard(one="v", two="y")),
    ]
    found = misconceptions.collect("m", wrong, [("fine", _heard(one="v"))])
    assert found.model_dump() == {"mark": "m", "checks": {"one": {"x": ["a", "b"]}, "two": {"y": ["a"]}}}


def test_without_a_file_nothing_is_known(tiny):
    assert misconceptions.known("tiny") == {}


def test_what_is_written_is_read_again(tiny):
    found = misconceptions.collect("m", [("product", _heard(check_add="x")), ("gone", _heard(check_add="y"))], [])
    misconceptions.write("tiny", found)
    assert misconceptions.read("tiny") == found
    assert misconceptions.known("tiny") == {}  # its answer says nothing, and the other is there no more
    write_answer("wrong/product", TIMES, "def add(a, b):\n    return a * b")
    assert misconceptions.known("tiny") == {"check_add": {"x": TIMES}}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"mark": "m"}', b'{"mark": "m", "checks": {"a": ["b"]}}', b"\xff"]
)
def test_a_damaged_file_is_named_with_the_mend(tiny, content):
    (tiny / "answers/tiny/misconceptions.json").write_bytes(content)
    with pytest.raises(CourseError, match=r"misconceptions\.json: .* run `cohort audit tiny`$"):
        misconceptions.known("tiny")


# The words


@pytest.mark.parametrize(
    "words", ["Look at assert add(20, 22.5) == 42.5.", "Did you expect 42.5?", "Write total_of_both = a + b."]
)
def test_words_that_show_a_secret_are_found(tiny, words):
    assert misconceptions.leaks("tiny") == []
    write_answer("wrong/product", f'"{words}"', "def add(a, b):\n    return a * b")
    found = misconceptions.leaks("tiny")
    assert found and all(each.startswith("answers/tiny/wrong/product.py: `teaches` shows line") for each in found)


@pytest.mark.parametrize("module", [module.name for module in load_course(ROOT / "course.yml").modules])
def test_every_wrong_answer_of_the_course_teaches_and_shows_no_secret(module, monkeypatch):
    monkeypatch.chdir(ROOT)
    wrong = [answer for answer in answers.read_bank(module) if answer.kind is answers.Kind.WRONG]
    assert [answer.name for answer in wrong if not answer.teaches] == []
    assert misconceptions.leaks(module) == []
