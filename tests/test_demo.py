"""The demo: one command runs the course; stopped in the middle, it goes on where it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import copy_course

from cohort import places
from cohort.notebooks import read_notebook

COMMAND = [sys.executable, "-m", "cohort.cli", "demo", "--students", "3"]


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str]:
    """A copy of the course whose demo was stopped with Ctrl-C after the first grade."""
    root = copy_course(tmp_path_factory.mktemp("demo"), only="excess")
    environment = {key: value for key, value in os.environ.items() if key != "COHORT"}
    running = subprocess.Popen(
        COMMAND,
        cwd=root,
        env=environment,
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    until = time.monotonic() + 240
    while not (root / "_build/graded/excess.jsonl").exists() and running.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.1)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does, to the whole group
    _, errors = running.communicate(timeout=60)
    return root, running.returncode, errors


@pytest.fixture(scope="module")
def finished(interrupted: tuple[Path, int, str]) -> tuple[Path, str]:
    """The same copy after the demo was run again, with what it printed."""
    root, _, _ = interrupted
    done = subprocess.run(COMMAND, cwd=root, text=True, capture_output=True, timeout=400)
    assert done.returncode == 0, done.stderr
    return root, done.stdout


def test_ctrl_c_stops_with_one_line_and_leaves_nothing_half_written(interrupted):
    root, code, errors = interrupted
    assert code == 130
    assert errors.strip().splitlines()[-1] == "Stopped. Run the same command again: it continues where it was."
    assert "Traceback" not in errors
    for path in [*root.glob("autograded/*/excess/*.ipynb"), *root.glob("submitted/*/excess/*.ipynb")]:
        read_notebook(path)


def test_the_next_run_finishes_and_says_where_to_look(finished):
    root, printed = finished
    for student in ("simulated-01", "simulated-02", "simulated-03"):
        assert student in printed
        assert (root / "feedback" / student / "excess/excess.html").exists()
    assert "unchanged" in printed
    assert str(root / "book/_build/NG/html/index.html") in printed.replace("\n", "")
    assert (root / "book/_build/NG/html/excess/lesson.html").exists()
    home, other = "NG", next(code for code in places.codes() if code != "NG")
    for place in (home, other):
        assert (root / "_build/lessons" / place / "excess.ipynb").exists()


def test_another_run_does_nothing_again(finished):
    root, _ = finished
    kept = [*root.glob("autograded/*/excess/*.ipynb"), *root.glob("feedback/*/excess/*"), root / "gradebook.db"]
    before = {path: path.stat().st_mtime_ns for path in kept}
    done = subprocess.run(COMMAND, cwd=root, text=True, capture_output=True, timeout=200)
    assert done.returncode == 0, done.stderr
    assert "3 unchanged" in done.stdout
    changed = {path.name for path in kept if path.stat().st_mtime_ns != before[path]}
    assert changed <= {"gradebook.db"}  # entering the assignment again touches the file


def test_a_student_who_answers_otherwise_is_graded_again(finished):
    root, _ = finished
    submitted = root / "submitted/simulated-02/excess/excess.ipynb"
    notebook = read_notebook(submitted)
    next(cell for cell in notebook.cells if cell.id == "undercount").source = "raise RuntimeError"
    import nbformat

    submitted.chmod(0o644)
    nbformat.write(notebook, submitted)
    done = subprocess.run([*COMMAND[:-3], "grade", "excess"], cwd=root, text=True, capture_output=True, timeout=200)
    assert done.returncode == 0, done.stderr
    assert "2 unchanged" in done.stdout
    assert "1 graded" in done.stdout
