"""Hostile notebooks reach nothing but their own result, and cost their neighbours nothing."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import hostile
import nbformat
import pytest
from nbformat.v4 import new_code_cell

from cohort.grading import bubblewrap, engine, forks
from cohort.grading.course_directory import nbgrader_config
from cohort.grading.folders import Folders
from cohort.grading.grader import Grader
from cohort.grading.layers import below_floor
from cohort.grading.processes import descendants

pytestmark = pytest.mark.skipif(bool(below_floor()), reason="; ".join(below_floor()))

IS_ROOT = os.geteuid() == 0
MARK = f"cohort-hostile-{os.getpid()}"
REFUSED = {"PermissionError", "FileNotFoundError", "ProcessLookupError", "NotADirectoryError", "OSError", "gaierror"}
REFUSED |= {"CalledProcessError", "ZeroDivisionError"}
HONEST = 6
# Left to `make test-all`.
SLOW = {"bomb", "big", "processes"}


@dataclass(frozen=True)
class Run:
    """What a run of the grader left: the course, an outcome for each student, what listeners heard."""

    root: Path
    outcomes: dict[str, dict]
    heard: list[str]
    scores: dict[str, float | None]

    def report(self, student: str) -> dict[str, str]:
        """What an attacker says became of each attempt."""
        assert self.outcomes[student]["state"] == "graded", self.outcomes[student]
        return json.loads((self.folder(student) / "report.json").read_text())

    def folder(self, student: str) -> Path:
        """What was collected of a student."""
        return self.root / "autograded" / student / "tiny"


def hand_in(root: Path, student: str, answer: str, before: str = "") -> None:
    """Submit `answer` in the solution cell, and a cell of the student's own before it."""
    notebook = nbformat.read(root / "release/tiny/tiny.ipynb", as_version=4)
    place = next(number for number, cell in enumerate(notebook.cells) if cell.get("id") == "add")
    notebook.cells[place].source = answer
    if before:
        notebook.cells.insert(place, new_code_cell(before, id="own"))
    path = root / "submitted" / student / "tiny/tiny.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


@contextmanager
def listeners(folder: Path) -> Iterator[tuple[tuple[int, int, str], list[str]]]:
    """Real listeners, what an attacker has to know to reach them, and what they hear."""
    heard: list[str] = []
    path = str(folder / "socket")
    ends = {
        "tcp": socket.create_server(("127.0.0.1", 0)),
        "udp": socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "path": socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM),
        "stream": socket.socket(socket.AF_UNIX),
        "abstract": socket.socket(socket.AF_UNIX),
    }
    ends["udp"].bind(("127.0.0.1", 0))
    ends["path"].bind(path)
    ends["stream"].bind(f"{path}-stream")
    ends["abstract"].bind(f"\0{path}")
    for name in ("stream", "abstract"):
        ends[name].listen()
    for each in (path, f"{path}-stream"):
        Path(each).chmod(0o777)

    def hear(name: str, end: socket.socket) -> None:
        end.settimeout(None)
        try:
            end.accept() if name in ("tcp", "stream", "abstract") else end.recv(10)
            heard.append(name)
        except OSError:
            pass

    for name, end in ends.items():
        threading.Thread(target=hear, args=(name, end), daemon=True).start()
    try:
        yield (ends["tcp"].getsockname()[1], ends["udp"].getsockname()[1], path), heard
    finally:
        for end in ends.values():
            end.close()


def running(word: str) -> list[int]:
    """The processes that have a word in their command line."""
    pids = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    return [pid for pid in pids if pid != os.getpid() and word in command(pid)]


def command(pid: int) -> str:
    """The command line of a process; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""


def gone(what) -> bool:
    """Whether nothing is left of `what()` within ten seconds."""
    until = time.monotonic() + 10
    while what() and time.monotonic() < until:
        time.sleep(0.1)
    return not what()


def hand_in_all(root: Path, ports: tuple[int, int, str], leave_out: set[str] = frozenset()) -> None:
    def attack(student: str, cell: str, before: str = "") -> None:
        hand_in(root, student, cell.replace("COURSE", str(root)).replace("PORTS", repr(ports)), before)

    for number in range(HONEST):
        hand_in(root, f"honest-{number}", f"def add(a, b):\n    return a + b + 0 * {number}\n")
    for name, cell in hostile.LARGE.items():
        attack(f"large-{name}", cell + hostile.GOOD)
    attack("reads", hostile.READS)
    attack("connects", hostile.CONNECTS)
    attack("writes", hostile.WRITES)
    attack("swaps", hostile.SWAPS)
    attack("digs", hostile.DIGS)
    attack("outlives", hostile.OUTLIVES.replace("MARK", MARK))
    attack("signals", hostile.SIGNALS)
    for name in hostile.FILLS.keys() - leave_out:
        cell = hostile.FILLS[name]
        attack(f"fills-{name}", cell + hostile.GOOD)
    for name, cell in hostile.FORGES.items():
        attack(f"forges-{name}", hostile.CHANNEL + cell + hostile.GOOD)
    # Forked from the process that runs the same harmless cell for an honest one.
    for name in ("1-attacks", "2-follows"):
        cell = hostile.SHARED_MEMORY + hostile.SIGNALS if name == "1-attacks" else ""
        attack(f"shared-{name}", cell + hostile.GOOD, "both = 'the same cell'")


MODES = {
    "root and bubblewrap": ["bubblewrap"],
    "root alone": [],
    "ordinary user": ["ordinary"],
    "as it is and bubblewrap": ["bubblewrap"],
    "as it is alone": [],
}


def modes() -> Iterator[object]:
    names = [name for name in MODES if name.startswith("as it is") != IS_ROOT]
    for number, name in enumerate(names):
        missing = "bubblewrap" in MODES[name] and bubblewrap.failure()
        marks = [pytest.mark.skip(reason=str(missing))] if missing else [pytest.mark.matrix] if number else []
        yield pytest.param(name, marks=marks, id=name)


@pytest.fixture(scope="module", params=list(modes()))
def run(request, tiny_once, tmp_path_factory) -> Run:
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(tiny_once, root, dirs_exist_ok=True)
    (root / "home").mkdir()
    (root / "home/secret.txt").write_text("hunter2")
    (root / "gradebook.db").chmod(0o644)
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text().replace("timeout = 3", "timeout = 10"))  # so that a slow machine is no attack
    with listeners(root) as (ports, heard):
        hand_in_all(root, ports, set() if request.config.getoption("--all") else SLOW)
        environment = {**os.environ, "SECRET": "hunter2", "HOME": str(root / "home")}
        command = [sys.executable, hostile.__file__, *MODES[request.param]]
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    if "ordinary" in MODES[request.param]:
        assert (root / "autograded").stat().st_uid == hostile.ORDINARY
    outcomes = {each["student"]: each for each in json.loads(done.stdout)}
    return Run(root, outcomes, heard, points(root))


def points(root: Path) -> dict[str, float | None]:
    """Automatic points by student, as the gradebook has them."""
    query = """select submitted_assignment.student_id, sum(grade.auto_score) from grade
        join submitted_notebook on grade.notebook_id = submitted_notebook.id
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id group by 1"""
    with sqlite3.connect(root / "gradebook.db") as gradebook:
        return dict(gradebook.execute(query))


def refused(report: dict[str, str], allowed: set[str] = frozenset()) -> None:
    """Fail unless every attempt but the `allowed` ones was refused."""
    done = {name: said for name, said in report.items() if said not in REFUSED and name not in allowed}
    assert not done


def test_neighbours_keep_their_scores(run):
    assert {run.scores[f"honest-{number}"] for number in range(HONEST)} == {3}
    assert {run.outcomes[f"honest-{number}"]["reason"] for number in range(HONEST)} == {""}


def test_large_but_honest_work_is_graded(run):
    assert {name: run.scores[f"large-{name}"] for name in hostile.LARGE} == dict.fromkeys(hostile.LARGE, 3)


def test_every_submission_has_an_outcome_and_a_failed_one_its_reason(run):
    assert run.outcomes.keys() == {path.name for path in (run.root / "submitted").iterdir()}
    assert all(each["reason"] for each in run.outcomes.values() if each["state"] != "graded")


def test_it_cannot_read_what_is_not_its_own(run):
    report = run.report("reads")
    assert report.pop("secret in environment") == "False"
    refused(report)


def test_it_cannot_use_the_network(run):
    refused(run.report("connects"))
    assert run.heard == []


def test_it_cannot_write_outside_its_folder(run):
    report = run.report("writes")
    refused(report)
    for path in ("/tmp/escaped", "/dev/shm/escaped", "/dev/escaped", "/var/tmp/escaped", run.root / "escaped"):
        assert not Path(path).exists()


def test_what_it_leaves_is_collected_as_plain_files_in_its_own_folder(run):
    folder = run.folder("writes")
    assert (folder / "new\nline.txt").read_text() == "kept"
    assert Path(folder, os.fsdecode(b"caf\xe9.txt")).read_text() == "kept"
    assert nbformat.read(folder / "tiny.ipynb", as_version=4).cells  # not what lay in its way
    assert not (folder / "timestamp.txt").exists()
    for path in (run.root / "autograded").rglob("*"):
        assert path.is_dir() or (path.is_file() and not path.is_symlink()), path
    secret = (run.root / "gradebook.db").read_bytes()[:16]
    assert not [path for path in folder.rglob("*") if path.is_file() and path.read_bytes().startswith(secret)]


def test_a_folder_swapped_for_a_link_is_not_followed(run):
    if run.outcomes["swaps"]["state"] == "graded":
        notebook = (run.folder("swaps") / "tiny.ipynb").read_text()
        assert "total_of_both" not in notebook
        assert [path.name for path in run.folder("swaps").iterdir()] == ["tiny.ipynb"]


def test_nothing_outlives_its_grading(run):
    assert gone(lambda: running(MARK))
    assert not list(Path("/dev/shm").glob("cohort-hostile-*"))


def test_it_cannot_signal_or_trace_others(run):
    refused(run.report("signals"), {"all"})


def test_it_cannot_exhaust_its_neighbours(run):
    stopped = {name for name, each in run.outcomes.items() if name.startswith("fills-") and each["state"] != "graded"}
    assert {"fills-many-files", "fills-deleted", "fills-memory-of-many"} <= stopped
    # Only to root does the kernel tell the size of a deleted file that is nowhere but in memory.
    assert "fills-mapped" in stopped or (run.root / "autograded").stat().st_uid != 0
    assert run.report("fills-in-flight") == {"in flight": "PermissionError"}
    assert "fills-big" not in run.outcomes or "fills-big" in stopped


def test_a_forged_message_harms_its_author_alone(run):
    for name in hostile.FORGES:
        assert "ended twice" not in run.outcomes[f"forges-{name}"]["reason"], name


@pytest.mark.parametrize("poison", hostile.POISONS)
def test_a_poisoned_process_harms_those_with_the_very_same_cell_alone(released, monkeypatch, poison):
    monkeypatch.setattr(forks, "ANSWERS_WITHIN", 2)
    cell = hostile.POISONS[poison].replace("COURSE", str(released))
    for number in range(3):
        hand_in(released, f"like-{number}", f"{hostile.GOOD}# {number}\n", cell)
    hand_in(released, "other", hostile.GOOD)
    assignment = engine._assignment("tiny", nbgrader_config(), engine.How())
    folders = Folders("tiny", assignment.config)
    students = ["like-0", "like-1", "like-2", "other"]
    with Grader(assignment) as grader:
        graded = grader.grade([folders.submission(student, ["tiny"]) for student in students])
        results = [next(graded)]
        # The test is of use only if the process is there for the others to fork from.
        assert any(node.fenced for node in grader._zygote.root.all())
        results += graded
    assert [each.student for each in results] == students
    assert results[-1].reason == ""
    assert "AssertionError" not in results[-1].notebooks["tiny"]
    assert not any("total_of_both" in str(each.files) for each in results)
    assert gone(lambda: [pid for pid in descendants(os.getpid()) if "zygote" in command(pid)])
