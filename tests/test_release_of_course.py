"""The committed releases: what `cohort release` writes from source/, with nothing secret in it."""

from __future__ import annotations

import pytest
from conftest import ROOT

from cohort import release
from cohort.course import load_course
from cohort.notebooks import read_notebook
from cohort.scan import leaks_of_release, read_secrets

MODULES = [module.name for module in load_course(ROOT / "course.yml").modules]


@pytest.mark.parametrize("module", MODULES)
def test_the_committed_release_is_what_the_source_gives(in_course, module):
    made = release.release(module).read_bytes()
    assert (ROOT / "release" / module / f"{module}.ipynb").read_bytes() == made, f"run `cohort release {module}`"


@pytest.mark.parametrize("module", MODULES)
def test_the_committed_release_shows_no_solution_and_no_hidden_check(module):
    assert list(leaks_of_release(read_secrets(ROOT / "source" / module), ROOT / "release" / module)) == []


@pytest.mark.parametrize("module", MODULES)
def test_a_release_has_each_locked_cell_and_a_stub_for_each_solution(module):
    source = read_notebook(ROOT / "source" / module / f"{module}.ipynb")
    released = read_notebook(ROOT / "release" / module / f"{module}.ipynb")
    assert [cell.id for cell in released.cells] == [cell.id for cell in source.cells]
    for cell in released.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("solution") and cell.cell_type == "code":
            assert "raise NotImplementedError()" in cell.source
