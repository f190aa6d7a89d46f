"""Releases: what students get, and what they must never see."""

from __future__ import annotations

import re

import nbformat
import pytest
from conftest import tiny_source

from cohort import release
from cohort.errors import CourseError
from cohort.notebooks import read_notebook
from cohort.scan import read_secrets


def test_a_release_has_stubs_in_place_of_solutions_and_hidden_checks(released):
    notebook = read_notebook(release.release("tiny"))
    text = "\n".join(cell.source for cell in notebook.cells)
    assert "raise NotImplementedError()" in text
    assert "Return the sum of both numbers" in text
    assert "total_of_both" not in text
    assert "42.5" not in text
    assert "two parts" not in text


def test_no_other_account_can_read_the_gradebook(tiny):
    release.release("tiny")
    assert (tiny / "gradebook.db").stat().st_mode & 0o077 == 0


def test_releasing_twice_writes_the_same_bytes(released):
    first = release.release("tiny").read_bytes()
    assert release.release("tiny").read_bytes() == first


def test_a_damaged_source_leaves_the_earlier_release_as_it_was(released):
    first = release.release("tiny").read_bytes()
    (released / "source/tiny/tiny.ipynb").write_text('{"cells": [')
    with pytest.raises(CourseError, match=r"source/tiny/tiny.ipynb is not a notebook \(not JSON\): restore it"):
        release.release("tiny")
    assert (released / "release/tiny/tiny.ipynb").read_bytes() == first
    assert [path.name for path in (released / "release").iterdir()] == ["tiny"]


LEAKS = {
    "a solution in a file": ("help.py", "total_of_both = a + b\n", "help.py shows line 3 of cell add in the source"),
    "a mark in a file": ("help.py", "### BEGIN SOLUTION\n", "help.py has a mark of nbgrader's"),
    "a hidden check in a notebook": (
        "more.ipynb",
        "assert add(20, 22.5) == 42.5",
        "more.ipynb: cell hint shows line 3",
    ),
    "a value in a notebook": ("more.ipynb", "It is 42.5.", "more.ipynb: cell hint shows line 3 of cell check_add"),
}


@pytest.mark.parametrize(("name", "text", "said"), LEAKS.values(), ids=LEAKS.keys())
def test_a_secret_beside_the_assignment_stops_the_release(released, name, text, said):
    before = (released / "release/tiny/tiny.ipynb").read_bytes()
    path = released / "source/tiny" / name
    if path.suffix == ".ipynb":
        notebook = tiny_source()
        notebook.cells = [nbformat.v4.new_markdown_cell(text, id="hint")]
        nbformat.write(notebook, path)
    else:
        path.write_text(text)
    with pytest.raises(CourseError, match=re.escape(said) + ".*: nothing was released"):
        release.release("tiny")
    assert [path.name for path in (released / "release/tiny").iterdir()] == ["tiny.ipynb"]
    assert (released / "release/tiny/tiny.ipynb").read_bytes() == before


@pytest.mark.parametrize("sign", ["#", "# from another place:"])
def test_a_hidden_check_behind_any_mark_of_nbgraders_is_not_released(released, sign):
    path = released / "source/tiny/tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[3].source = notebook.cells[3].source.replace("###", sign)
    nbformat.write(notebook, path)
    shown = read_notebook(release.release("tiny"))
    assert "42.5" not in shown.cells[3].source
    assert next(read_secrets(path.parent).values_in("42.5")).startswith("line 3 of cell check_add")


@pytest.mark.parametrize("marker", ["### BEGIN HIDDEN TEST", "### begin hidden tests", "### BEGIN SOLUTIONS"])
def test_a_misspelt_marker_stops_the_release(released, marker):
    path = released / "source/tiny/tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[3].source += f"\n{marker}\nassert add(7, 8) == 15"
    nbformat.write(notebook, path)
    before = (released / "release/tiny/tiny.ipynb").read_bytes()
    with pytest.raises(CourseError, match=r"misspelt one|no end solution statement found"):
        release.release("tiny")
    assert (released / "release/tiny/tiny.ipynb").read_bytes() == before


def test_a_comment_in_the_parameters_cell_stays(released, monkeypatch):
    path = released / "source/tiny/tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source = 'place = "NG"  # where you work: é\nseed = 1995'
    nbformat.write(notebook, path)
    assert "# where you work: é" in read_notebook(release.release("tiny")).cells[1].source


def test_what_students_may_see_is_not_called_a_leak(released):
    path = released / "source/tiny/tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "\n\nUse `total_of_both = a + b`."
    nbformat.write(notebook, path)
    assert release.release("tiny").exists()


def test_an_unknown_module_is_named_with_those_there_are(released):
    with pytest.raises(CourseError, match=r"no module 'excess' in course.yml: choose one of tiny"):
        release.release("excess")


def test_nbgrader_metadata_that_is_broken_stops_the_release(released):
    path = released / "source/tiny/tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    del notebook.cells[3].metadata.nbgrader["grade_id"]
    nbformat.write(notebook, path)
    before = (released / "release/tiny/tiny.ipynb").read_bytes()
    with pytest.raises(CourseError, match="nbgrader"):
        release.release("tiny")
    assert (released / "release/tiny/tiny.ipynb").read_bytes() == before


def test_another_cohort_gets_its_own_place_seed_and_gradebook(released, monkeypatch):
    before = (released / "release/tiny/tiny.ipynb").read_bytes()
    folder = released / "cohorts/delhi"
    folder.mkdir(parents=True)
    text = (released / "cohort.yml").read_text()
    text = text.replace("id: demo", "id: delhi").replace("place: NG", "place: IN").replace("seed: 1995", "seed: 7")
    (folder / "cohort.yml").write_text(text)
    monkeypatch.setenv("COHORT", "delhi")
    notebook = read_notebook(release.release("tiny"))
    assert notebook.cells[1].source == 'place = "IN"\nseed = 7'
    assert (folder / "release/tiny/tiny.ipynb").exists()
    assert (released / "release/tiny/tiny.ipynb").read_bytes() == before
    assert (folder / "gradebook.db").exists()


def test_a_cohort_without_a_file_is_an_error_with_the_mend(released, monkeypatch):
    monkeypatch.setenv("COHORT", "nowhere")
    with pytest.raises(CourseError, match=r"cohorts/nowhere/cohort.yml does not exist: copy cohort.yml"):
        release.release("tiny")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("place: NG", "place: ZZ", r"cohort.yml: its place cannot have tiny: there is no place 'ZZ': choose one of"),
        ("place: NG", "place: IN", r"its place cannot have tiny: places/IN.yml has no scenario for tiny: add one"),
    ],
)
def test_a_cohort_whose_place_lacks_the_pack_or_the_scenario_is_one_line(released, monkeypatch, old, new, message):
    pack = released / "places/IN.yml"
    pack.write_text(pack.read_text().replace("  tiny: >-", "  another: >-"))
    folder = released / "cohorts/delhi"
    folder.mkdir(parents=True)
    text = (released / "cohort.yml").read_text()
    (folder / "cohort.yml").write_text(text.replace("id: demo", "id: delhi").replace(old, new))
    monkeypatch.setenv("COHORT", "delhi")
    with pytest.raises(CourseError, match=message) as refused:
        release.release("tiny")
    assert len(str(refused.value).splitlines()) == 1
    assert [path.name for path in folder.iterdir()] == ["cohort.yml"]
