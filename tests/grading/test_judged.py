"""What a verdict leaves in a notebook: nbgrader reads from it the points that the verdict gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import determine_grade

from cohort.grading.judged import BEGIN, END, LEFT_OUT, hidden_lines, leave_out_checks, outputs, settle, stage
from cohort.grading.judged import steps as steps_of
from cohort.grading.trial import Check, Heard
from cohort.grading.verdict import Award, State, Verdict

MAXIMUM = 4.0


def _check(name: str, source: str = "assert f(1) == 2"):
    marks = {"grade": True, "grade_id": name, "locked": True, "points": MAXIMUM, "schema_version": 3}
    return new_code_cell(source, metadata={"nbgrader": marks | {"solution": False, "task": False}})


def _notebook():
    cells = [new_markdown_cell("words"), new_code_cell("f = 1"), _check("one"), new_code_cell(""), _check("two")]
    return new_notebook(cells=cells)


def test_steps_are_the_code_and_the_checks_at_their_places():
    found = steps_of(_notebook())
    assert found[1] == "f = 1"
    assert found[2] == Check("one", "assert f(1) == 2", frozenset())
    assert list(found)[-1] == 4 and 0 not in found


@pytest.mark.parametrize(
    ("lines", "hidden"),
    [
        ([], set()),
        (["a", "b"], set()),
        (["a", BEGIN, "b", END, "c"], {2, 3, 4}),
        ([BEGIN, "a", END, "b", f"    {BEGIN}", "c", f"    {END}"], {1, 2, 3, 5, 6, 7}),
        (["a", BEGIN, "b", "c"], {2, 3, 4}),
        (["a", END, "b"], set()),
        (["a", "# BEGIN HIDDEN TESTS of another place", "b", "#END HIDDEN TESTS", "c"], {2, 3, 4}),
    ],
)
def test_hidden_lines_are_those_between_the_marks(lines: list[str], hidden: set[int]):
    assert hidden_lines("\n".join(lines)) == hidden


_POINTS = st.floats(min_value=0.01, max_value=10, allow_nan=False).map(lambda number: round(number, 2))
_AWARDS = st.lists(st.builds(Award, _POINTS, st.text(min_size=1)), max_size=3).map(tuple)
_GRADED = st.builds(Verdict, st.sampled_from([State.PASSED, State.FAILED]), st.text(), _AWARDS, st.booleans())


@given(_GRADED)
def test_nbgrader_reads_the_points_of_the_verdict(verdict: Verdict):
    cell = _check("one")
    cell.outputs = outputs(verdict, MAXIMUM)
    assert determine_grade(cell) == (verdict.points(MAXIMUM), MAXIMUM)


@given(_AWARDS)
def test_what_is_not_graded_has_no_points_and_nbgrader_gives_none(awards: tuple[Award, ...]):
    verdict = Verdict(State.NOT_GRADED, "the judge ended by itself", awards)
    cell = _check("one")
    cell.outputs = outputs(verdict, MAXIMUM)
    assert verdict.points(MAXIMUM) is None
    assert determine_grade(cell) == (0, MAXIMUM)
    assert cell.outputs[-1].evalue == "the judge ended by itself"


def test_settling_leaves_the_verdicts_and_no_marks():
    notebook = _notebook()
    notebook.cells[1].metadata["tags"] = ["mine"]
    heard = Heard({"one": Verdict(State.PASSED), "two": Verdict(State.FAILED, "look")}, {0: "ended Python"})
    leave_out_checks(notebook)
    stage(notebook, heard)
    assert [LEFT_OUT in cell.metadata.get("tags", []) for cell in notebook.cells] == [False, True, True, False, True]
    settle(
        notebook,
        heard,
        {cell.metadata.nbgrader.grade_id: cell.source for cell in _notebook().cells if "nbgrader" in cell.metadata},
    )
    assert notebook.cells[1].metadata.tags == ["mine"]
    assert all("tags" not in cell.metadata for cell in notebook.cells[2:])
    assert notebook.cells[1].outputs[0].evalue == "this cell ended Python: it was left out"
    assert [determine_grade(notebook.cells[place])[0] for place in (2, 4)] == [MAXIMUM, 0]
