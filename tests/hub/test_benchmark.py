"""The benchmark of the hub runs: students come, work and submit, and what is counted makes sense."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from conftest import ROOT


@pytest.mark.matrix  # it takes most of a minute
def test_four_students_work_and_submit_at_forked_servers():
    command = [sys.executable, "benchmarks/hub.py", "--quick", "--json", "--way", "forked"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    lesson, starts = (json.loads(done.stdout)["forked"][part] for part in ("lesson", "starts"))
    assert lesson["failed"] == starts["failed"] == {}
    assert all(len(seconds) == 4 for seconds in lesson["took"].values())
    # What is measured is what was meant: a server and a kernel for each student, and one warm process.
    kinds = {kind: len(found) for kind, found in lesson["mib"].items() if kind != "other"}
    assert kinds == {"hub": 1, "proxy": 1, "warm process": 1, "server": 4, "kernel": 4}
    assert len(starts["mib"]["server"]) == 4
    assert max(starts["mib"]["server"]) < 100 < min(lesson["mib"]["kernel"])
