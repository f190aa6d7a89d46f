"""Lessons: papermill for every place, again only what changed, nothing half-written."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from cohort import lessons, tree
from cohort.errors import CourseError
from cohort.grading.verify import normalised
from cohort.notebooks import read_notebook


def states(*args, **kwargs):
    return {run.place: run.state for run in lessons.run(*args, **kwargs)}


def test_a_lesson_runs_for_every_place_and_then_only_where_something_changed(tiny):
    assert states() == {"NG": "passed", "IN": "passed"}
    said = [cell.outputs for cell in read_notebook(tree.executed_lesson("tiny", "IN")).cells if cell.get("outputs")]
    assert said[0][0]["text"] == "ran for IN\n"
    assert states() == {"NG": "unchanged", "IN": "unchanged"}
    pack = tiny / "places/IN.yml"
    pack.write_text(pack.read_text().replace("name: India", "name: Bharat"))
    assert states() == {"NG": "unchanged", "IN": "passed"}


def test_a_failing_lesson_names_the_error_and_leaves_no_page_for_the_book(tiny):
    assert states(at=["NG"]) == {"NG": "passed"}
    path = tiny / "notebooks/tiny/tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].source = "1 / 0"
    nbformat.write(notebook, path)
    (run,) = lessons.run(at=["NG"])
    assert run.state == "failed"
    assert "ZeroDivisionError: division by zero" in run.reason
    assert not tree.executed_lesson("tiny", "NG").exists()
    assert tree.executed_lesson("tiny", "NG").with_suffix(".failed.ipynb").exists()


def test_a_kernel_that_dies_is_a_failed_run(tiny):
    path = tiny / "notebooks/tiny/tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].source = "import os; os._exit(1)"
    nbformat.write(notebook, path)
    (run,) = lessons.run(at=["NG"])
    assert (run.state, run.reason.split(":")[0]) == ("failed", "DeadKernelError")


def test_a_corrupt_lesson_is_named_with_the_mend(tiny):
    (tiny / "notebooks/tiny/tiny.ipynb").write_text("{")
    with pytest.raises(CourseError, match=r"notebooks/tiny/tiny.ipynb is not a notebook \(not JSON\): restore it"):
        list(lessons.run())


def test_a_missing_lesson_is_named(tiny):
    (tiny / "notebooks/tiny/tiny.ipynb").unlink()
    with pytest.raises(CourseError, match=r"notebooks/tiny/tiny.ipynb does not exist"):
        list(lessons.run())


def test_an_unknown_place_is_named_with_those_there_are(tiny):
    with pytest.raises(CourseError, match=r"there is no place 'ZZ': choose one of IN, NG"):
        list(lessons.run(at=["ZZ"]))


def write_lesson(root, *cells):
    path = root / "notebooks/tiny/tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += [new_code_cell(code, id=f"more-{number}") for number, code in enumerate(cells)]
    nbformat.write(notebook, path)


def outputs(module, place):
    """The outputs of an executed lesson, cell by cell; papermill's metadata hold how long each took."""
    cells = normalised(read_notebook(tree.executed_lesson(module, place)))
    return [{part: value for part, value in cell.items() if part != "metadata"} for cell in cells]


def test_a_lesson_on_a_warm_kernel_gives_the_same_outputs_for_each_place(tiny):
    write_lesson(
        tiny,
        "import os, json\nfrom pathlib import Path\nimport xml.etree.ElementTree as tree\nfrom cohort import places",
        "print(Path.cwd() == Path(os.environ['PWD']), Path('course.yml').exists(), os.environ['HOME'])\nplace",
        "places.load_place(place).name, tree.Element('a').tag, _, len(In)",
        "import warnings\nwarnings.warn('careful')",
        "%who_ls",
        "display(seed, display_id='seed')\nPath('beside.txt').write_text(place)",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PWD", str(tiny))
        assert states() == {"NG": "passed", "IN": "passed"}
        fresh = {place: outputs("tiny", place) for place in ("NG", "IN")}
        assert states(force=True, warm=True) == {"NG": "passed", "IN": "passed"}
    assert "True True" in fresh["NG"][5]["outputs"][0]["stdout"]
    assert {place: outputs("tiny", place) for place in fresh} == fresh


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("import os; os._exit(1)", "DeadKernelError"),
        ("import nothing", "No"),
    ],
)
def test_a_lesson_that_fails_on_a_warm_kernel_says_why_as_on_a_fresh_one(tiny, cell, reason):
    write_lesson(tiny, cell)
    (fresh,) = lessons.run(at=["NG"])
    (warm,) = lessons.run(at=["NG"], warm=True)
    assert (warm.state, warm.reason) == (fresh.state, fresh.reason)
    assert reason in warm.reason


@pytest.mark.matrix
def test_the_lesson_on_excess_deaths_is_the_same_on_a_warm_kernel_in_two_places(in_course):
    assert set(states(["excess"], ["NG", "IN"], force=True).values()) == {"passed"}
    fresh = {place: outputs("excess", place) for place in ("NG", "IN")}
    assert set(states(["excess"], ["NG", "IN"], force=True, warm=True).values()) == {"passed"}
    assert {place: outputs("excess", place) for place in fresh} == fresh


@pytest.mark.matrix
def test_every_lesson_of_the_course_runs_for_every_place(in_course):
    failed = [run for run in lessons.run(force=True) if run.state != "passed"]
    assert failed == []
