"""nbgrader's own commands and its formgrader work in the root of the course, unchanged."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from cohort import answers
from cohort.notebooks import read_notebook, write_notebook


def nbgrader(*arguments):
    done = subprocess.run([sys.executable, "-m", "nbgrader", *arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_generate_release_autograde_and_feedback_work_from_the_root(released):
    by_cohort = (released / "release/tiny/tiny.ipynb").read_bytes()
    nbgrader("generate_assignment", "tiny", "--force")
    assert (released / "release/tiny/tiny.ipynb").read_bytes() == by_cohort
    nbgrader("release_assignment", "tiny")
    assert (released / ".exchange/demo/outbound/tiny/tiny.ipynb").exists()
    bank = {answer.name: answer for answer in answers.read_bank("tiny")}
    notebook = answers.answered(
        read_notebook(released / "release/tiny/tiny.ipynb"), bank["other_order"], answers.reference("tiny")
    )
    write_notebook(notebook, released / "submitted/ada/tiny/tiny.ipynb")
    nbgrader("autograde", "tiny")
    nbgrader("generate_feedback", "tiny")
    page = (released / "feedback/ada/tiny/tiny.html").read_text()
    assert "Score: 3.0 / 5.0" in page


@pytest.fixture
def formgrader(released):
    """The address and token of a Jupyter server started in the course, as `jupyter lab` starts one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root", "--ip=127.0.0.1"]
    options = [f"--port={port}", "--IdentityProvider.token=secret", "--ServerApp.port_retries=0"]
    with subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield f"http://127.0.0.1:{port}/formgrader"
        finally:
            server.terminate()


def test_the_formgrader_shows_the_assignment(formgrader):
    request = urllib.request.Request(f"{formgrader}/api/assignments", headers={"Authorization": "token secret"})
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as reply:
                assignments = json.load(reply)
            break
        except OSError:
            assert time.monotonic() < until, "the Jupyter server did not answer"
            time.sleep(0.3)
    assert [(each["name"], each["status"]) for each in assignments] == [("tiny", "draft")]
