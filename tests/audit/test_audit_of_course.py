"""The gate: the checks of every assignment of the course are as good as they must be."""

from __future__ import annotations

import os

import pytest
from conftest import ROOT

from cohort import misconceptions
from cohort.audit import report
from cohort.audit.audit import audit
from cohort.course import load_course

MODULES = [module.name for module in load_course(ROOT / "course.yml").modules]


@pytest.mark.parametrize("module", MODULES)
def test_the_gate_is_open_and_what_was_found_is_kept(module, request, monkeypatch):
    """With --all, and where something changed since the audit that is kept, the module is audited anew."""
    monkeypatch.chdir(ROOT)
    kept, behaviours = report.read(module), misconceptions.read(module)
    if request.config.getoption("--all") or kept is None or kept.mark != report.mark(module):
        found = audit(module, os.cpu_count() or 1)
        assert found.report == kept, f"run `cohort audit {module}` and commit what it writes"
        assert found.behaviours == behaviours
    assert kept.faults() == []
    assert all(each.why for each in kept.survivors), "say in mutants.yml why no check finds it"
    assert kept.mark == behaviours.mark
