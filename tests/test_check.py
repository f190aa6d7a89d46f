"""`cohort check`: what a contributor is told before a pull request."""

from __future__ import annotations

import subprocess

import nbformat
import pytest
from conftest import ROOT

from cohort import check


@pytest.mark.parametrize("name", check.CHECKS)
def test_this_repository_passes(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert check.run(name) == []


def change(path, edit):
    notebook = nbformat.read(path, as_version=4)
    edit(notebook)
    nbformat.write(notebook, path)


def test_outputs_in_a_lesson_are_found(released):
    def run_it(notebook):
        notebook.cells[2].outputs = [nbformat.v4.new_output("stream", text="ran")]

    change(released / "notebooks/tiny/tiny.ipynb", run_it)
    assert check.run("notebooks") == [
        "notebooks/tiny/tiny.ipynb: cell say-where has outputs or a count: clear all outputs and save"
    ]


def test_a_repeated_cell_id_is_found_under_its_own_name(released):
    path = released / "notebooks/tiny/tiny.ipynb"
    path.write_text(path.read_text().replace('"id": "say-where"', '"id": "title"'))
    assert "notebooks/tiny/tiny.ipynb: the cell id 'title' stands 2 times: give each cell its own" in (
        check.run("notebooks")
    )


def test_a_corrupt_source_is_one_line(released):
    (released / "source/tiny/tiny.ipynb").write_text("{")
    (problem,) = check.run("assignments")
    assert "is not a notebook (not JSON)" in problem


def test_a_ruff_that_fails_is_not_taken_for_clean_code(released):
    (released / "pyproject.toml").write_text("[tool.ruff]\nline-length = 'long'\n")
    assert "ruff itself failed" in check.run("lint")[-1]


def test_a_machine_made_cell_id_is_found(released):
    def rename(notebook):
        notebook.cells[0].id = "8f14e45f"

    change(released / "notebooks/tiny/tiny.ipynb", rename)
    assert "cell id '8f14e45f': give it a readable name" in check.run("notebooks")[0]


def test_a_lesson_without_parameters_is_found(released):
    def untag(notebook):
        del notebook.cells[1].metadata["tags"]

    change(released / "notebooks/tiny/tiny.ipynb", untag)
    assert "no cell is tagged `parameters`" in check.run("notebooks")[0]


def test_a_duplicate_grade_id_is_found(released):
    def double(notebook):
        notebook.cells[3].metadata.nbgrader.grade_id = "add"

    change(released / "source/tiny/tiny.ipynb", double)
    assert "nbgrader metadata" in check.run("assignments")[0]


def test_a_release_that_shows_a_solution_is_found(released):
    def leak(notebook):
        notebook.cells[2].source += "\n    total_of_both = a + b"

    change(released / "release/tiny/tiny.ipynb", leak)
    assert "cell add shows line 3 of cell add in the source (solution)" in check.run("releases")[0]


def test_an_answer_for_a_cell_that_does_not_exist_is_found(released):
    (released / "answers/tiny/right/lost.py").write_text("# shows: Lost.\n# %% subtract\npass\n")
    (problem,) = check.run("answers")
    assert problem.endswith("right/lost.py: the assignment has no solution cell 'subtract': mend the name")


def test_a_wrong_answer_that_loses_nothing_is_found(released):
    (released / "answers/tiny/wrong/none.py").write_text("# shows: Nothing.\n# %% add\npass\n")
    assert "say in `loses` which checks this answer must fail" in check.run("answers")[0]


def test_a_module_without_its_parts_is_found(released):
    problems = check.run("course.yml and the tree")
    assert "book/tiny/chapter.md: missing: the module tiny of course.yml needs it" in problems


def test_a_link_that_leads_nowhere_is_found(released):
    subprocess.run(["git", "init", "--quiet", "."], check=True)
    (released / "README.md").write_text("[here](course.yml) [gone](docs/gone.md) [web](https://example.org/x)")
    assert check.run("links") == ["README.md: the link to docs/gone.md leads nowhere"]
