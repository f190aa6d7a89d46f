"""The bank of answers, graded as the course grades: right ones keep every point, wrong ones lose the right one."""

from __future__ import annotations

import functools
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, copy_course

from cohort import answers, release
from cohort.answers import Answer, Kind
from cohort.course import load_course
from cohort.notebooks import is_check, read_notebook, write_notebook
from cohort.scores import Score, scores

REFERENCE = Answer(name="reference", kind=Kind.RIGHT, shows="The reference solution.", cells={})


@functools.cache  # each worker asks for it once an answer when it collects the tests
def bank(module):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return [REFERENCE, *answers.read_bank(module)]


@functools.cache
def sample(module):
    """Of two modules the first answer of each kind; of the others none.

    The audit hears every bank whole before the same judge, and the way through the engine is the same for all.
    """
    if module not in ("excess", "pesticides"):
        return []
    first = {answer.kind: answer for answer in reversed(bank(module)[1:]) if answer.kind != Kind.HOSTILE}
    return [answer for answer in bank(module) if answer in (REFERENCE, *first.values())]


def case(module, answer):
    marks = [] if answer in sample(module) else [pytest.mark.matrix]
    return pytest.param(module, answer, id=f"{module}-{answer.name}", marks=marks)


MODULES = [module.name for module in load_course(ROOT / "course.yml").modules]
CASES = [case(module, answer) for module in MODULES for answer in bank(module)]


def grade(root: Path, module: str, chosen: list[Answer]) -> dict[str, Score]:
    """The scores of answers; all must be graded."""
    released = read_notebook(release.release(module))
    solutions = answers.reference(module)
    for answer in chosen:
        path = root / "submitted" / answer.name / module / f"{module}.ipynb"
        write_notebook(answers.answered(released, answer, solutions), path)
    command = [sys.executable, "-m", "cohort.cli", "grade", module]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr
    assert "not graded" not in done.stderr
    return scores(module)


@pytest.fixture(scope="session")
def graded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict:
    """For each module, the scores by answer."""
    chosen = bank if request.config.getoption("--all") else sample
    root = copy_course(tmp_path_factory.mktemp("answers"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.delenv("COHORT", raising=False)
        return {module: grade(root, module, chosen(module)) for module in MODULES if chosen(module)}


@pytest.mark.parametrize(("module", "answer"), CASES)
def test_an_answer_loses_points_in_just_the_checks_that_its_fault_concerns(graded, module, answer):
    found = graded[module]
    score = found[answer.name]
    if answer.kind == Kind.BLANK:
        assert score.points == 0
    else:
        assert sorted(score.lost) == sorted(answer.loses), answer.shows
        assert (score.points < found["reference"].points) == bool(answer.loses)


@pytest.mark.parametrize(
    "module", [pytest.param(module, marks=[] if sample(module) else [pytest.mark.matrix]) for module in MODULES]
)
def test_the_reference_gets_every_point_that_a_machine_can_give(graded, module):
    score = graded[module]["reference"]
    assert score.lost == []
    assert score.points == sum(maximum for _, maximum in score.checks.values())
    assert score.needs_manual_grade


@pytest.mark.parametrize("module", MODULES)
def test_a_bank_is_large_enough_to_test_the_tests(module):
    kinds = [answer.kind for answer in bank(module)[1:]]
    assert kinds.count(Kind.WRONG) >= 12
    assert kinds.count(Kind.RIGHT) >= 4
    assert kinds.count(Kind.BLANK) >= 1
    assert kinds.count(Kind.HOSTILE) >= 2


@pytest.mark.parametrize("module", MODULES)
def test_every_check_is_failed_by_some_wrong_answer(module):
    source = read_notebook(ROOT / "source" / module / f"{module}.ipynb")
    checks = {cell.id for cell in source.cells if is_check(cell)}
    caught = {check for answer in bank(module) if answer.kind == Kind.WRONG for check in answer.loses}
    assert caught == checks


def test_a_file_without_a_header_is_named(released):
    (released / "answers/tiny/right/bare.py").write_text("# %% add\npass\n")
    with pytest.raises(answers.CourseError, match=r"right/bare.py: the comment on top is not `shows`"):
        answers.read_bank("tiny")


def test_a_written_answer_is_read_without_its_comment_signs(released):
    text = "# shows: Written.\n# %% [markdown] why\n# Two parts.\n#\n# - one\n"
    (released / "answers/tiny/right/written.py").write_text(text)
    answer = next(each for each in answers.read_bank("tiny") if each.name == "written")
    assert answer.cells == {"why": "Two parts.\n\n- one"}
