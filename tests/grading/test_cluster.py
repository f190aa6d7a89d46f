"""Grading on a Dask cluster: the same rows as here, whatever becomes of the workers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from distributed import Client, LocalCluster, WorkerPlugin
from nbgrader.api import Gradebook
from test_engine import submit

from cohort.errors import CourseError
from cohort.grading import cluster, desk, engine
from cohort.grading.copied import copy_gradebook, rows
from cohort.grading.processes import descendants
from cohort.notebooks import read_notebook, write_notebook

pytest_plugins = ["postgres"]

ANSWERS = {"adds": "other_order", "blank": "released", "multiplies": "product", "raises": "raises"}
SLOW = "import time\ntime.sleep(1.2)\ndef add(a, b):\n    return a + b\n"


@pytest.fixture(scope="module")
def dask(tiny_once: Path) -> Iterator[LocalCluster]:
    """A cluster of two worker processes."""
    environment = {"COHORT_ROOT": str(tiny_once)}
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", env=environment) as running:
        yield running


@pytest.fixture
def client(dask: LocalCluster) -> Iterator[Client]:
    """The test's own way to the cluster, both of whose workers are there."""
    with Client(dask, set_as_default=False) as own:
        own.wait_for_workers(2)
        yield own


@pytest.fixture
def course(released: Path) -> Path:
    """The tiny course with a submission of each kind."""
    for student, answer in ANSWERS.items():
        submit(released, student, answer)
    return released


@pytest.fixture(scope="module")
def here(tiny_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, dict]:
    """The rows and the outputs of these submissions, and of a slow one, as graded on this machine."""
    root = tmp_path_factory.mktemp("here") / "course"
    shutil.copytree(tiny_once, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        for student, answer in ANSWERS.items():
            submit(root, student, answer)
        submit_slow(root, "slow")
        outcomes = list(engine.autograde("tiny", how=engine.How(workers=1)))
    assert not [outcome for outcome in outcomes if outcome.state != "graded"]
    return found(f"sqlite:///{root / 'gradebook.db'}"), outputs(root)


@pytest.fixture
def on_postgres(course: Path, database: str) -> str:
    """The URL of the course's gradebook in PostgreSQL; a slow submission is there too."""
    submit_slow(course, "slow")
    copy_gradebook(f"sqlite:///{course / 'gradebook.db'}", database, "tiny", [])
    with (course / "cohort.yml").open("a") as cohort:
        cohort.write(f"gradebook: {database}\n")
    return database


def submit_slow(root, student):
    path = submit(root, student, "other_order")
    notebook = read_notebook(path)
    notebook.cells[2].source = SLOW
    write_notebook(notebook, path)


def found(url):
    with Gradebook(url, "demo") as gradebook:
        return {student: rows(gradebook, "tiny", student) for student in (*ANSWERS, "slow")}


def outputs(root):
    """The autograded notebooks, without times."""
    notebooks = {path.parts[-3]: read_notebook(path) for path in root.glob("autograded/*/tiny/tiny.ipynb")}
    for notebook in notebooks.values():
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
    return notebooks


def pids(client):
    return set(client.run(os.getpid).values())


def until(true, seconds=30):
    """Whether something comes true."""
    end = time.monotonic() + seconds
    while not (now := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return now


def test_rows_in_postgresql_and_outputs_equal_those_of_a_run_on_this_machine(
    course, on_postgres, here, dask, client, capfd
):
    how = engine.How(dask=dask.scheduler_address)
    assert not [outcome for outcome in engine.autograde("tiny", how=how) if outcome.state != "graded"]
    assert (found(on_postgres), outputs(course)) == here
    assert here[0]["slow"]["notebooks"]["tiny"]["grades"]["check_add"]["auto_score"] == 3
    # Nothing is left on the cluster, and nothing is said.
    assert until(lambda: not any(descendants(pid) for pid in pids(client)))
    assert not any(name.startswith("cohort-") for name in dask.scheduler.worker_plugins)
    assert capfd.readouterr() == ("", "")


def test_workers_that_are_killed_change_no_row(course, on_postgres, here, dask, client):
    before = pids(client)
    left = set(before)

    def kill_all_while_slow_runs(running):
        while "slow" in running and left:
            os.kill(left.pop(), signal.SIGKILL)

    how = engine.How(dask=dask.scheduler_address, watch=kill_all_while_slow_runs)
    assert not [outcome for outcome in engine.autograde("tiny", how=how) if outcome.state != "graded"]
    client.wait_for_workers(2)
    assert not left
    assert not before & pids(client)
    assert (found(on_postgres), outputs(course)) == here


class KilledBy(WorkerPlugin):
    """Makes one student's submission the death of whatever worker grades it."""

    def __init__(self, student):
        self.student = student
        self.name = "killed-by"

    def setup(self, worker):
        student, self.whole = self.student, desk.Grader

        class Mortal(desk.Grader):
            def _run(self, submission, *rest):
                if submission.student == student:
                    os.kill(os.getpid(), signal.SIGKILL)
                return super()._run(submission, *rest)

        desk.Grader = Mortal

    def teardown(self, worker):
        desk.Grader = self.whole


def test_a_submission_that_kills_its_worker_is_given_up_with_a_reason_and_harms_no_other(
    course, dask, client, monkeypatch
):
    submit(course, "deadly", "other_order")
    monkeypatch.setattr(dask.scheduler, "allowed_failures", 0)
    client.register_plugin(KilledBy("deadly"))
    try:
        outcomes = {
            each.student: each for each in engine.autograde("tiny", how=engine.How(dask=dask.scheduler_address))
        }
    finally:
        client.unregister_worker_plugin("killed-by")
    deadly = outcomes.pop("deadly")
    assert deadly.state == "not graded"
    assert deadly.reason.startswith("no worker of the cluster could grade it (its worker died 1 times, tcp://")
    assert {student: outcome.state for student, outcome in outcomes.items()} == dict.fromkeys(ANSWERS, "graded")


@pytest.fixture
def ctrl_c():
    """Ctrl-C interrupts, also where the tests were started in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_takes_back_what_waits_and_the_next_run_goes_on(course, dask, client, ctrl_c):
    for number in range(3):
        submit_slow(course, f"slow-{number}")

    def press_ctrl_c(running):
        if any(student.startswith("slow") for student in running) and not pressed:
            pressed.append(threading.Timer(0.2, signal.raise_signal, [signal.SIGINT]))
            pressed[0].start()

    pressed, graded = [], []
    with pytest.raises(KeyboardInterrupt):
        for outcome in engine.autograde("tiny", how=engine.How(dask=dask.scheduler_address, watch=press_ctrl_c)):
            graded.append(outcome.student)
    assert until(lambda: not dask.scheduler.tasks)
    assert until(lambda: not any(descendants(pid) for pid in pids(client)))
    again = {each.student: each.state for each in engine.autograde("tiny", how=engine.How(dask=dask.scheduler_address))}
    assert {student for student, state in again.items() if state == "unchanged"} == set(graded)
    assert len(again) == 7


@pytest.mark.parametrize("listens", [False, True], ids=["nobody listens", "another program listens"])
def test_a_scheduler_that_does_not_answer_is_named_with_the_mend(course, monkeypatch, listens):
    monkeypatch.setattr(cluster, "CONNECT", 1)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        if listens:
            other.listen()
        address = f"tcp://127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(CourseError, match=f"no Dask scheduler answers at '{address}': start one with `dask sche"):
            list(engine.autograde("tiny", how=engine.How(dask=address)))


@pytest.mark.parametrize("address", ["nonsense", "http://127.0.0.1:1", "tcp://no-such-host.invalid:8786"])
def test_an_address_that_is_none_is_named_with_the_mend(course, monkeypatch, address):
    monkeypatch.setattr(cluster, "CONNECT", 1)
    with pytest.raises(CourseError, match=r"no Dask scheduler answers at .*: start one with `dask scheduler`"):
        list(engine.autograde("tiny", how=engine.How(dask=address)))


def test_a_scheduler_without_workers_is_named_with_the_mend(course, monkeypatch):
    monkeypatch.setattr(cluster, "FIRST_WORKER", 0.2)
    with LocalCluster(n_workers=0, dashboard_address=":0") as empty, pytest.raises(CourseError) as raised:
        list(engine.autograde("tiny", how=engine.How(dask=empty.scheduler_address)))
    assert f"has no workers: start some with `dask worker {empty.scheduler_address}`" in str(raised.value)


def test_a_worker_with_other_course_files_or_packages_is_refused_by_name(course, dask, client, monkeypatch):
    with (course / "places/NG.yml").open("a") as pack:
        pack.write("# changed on this machine only\n")
    here = desk.about(True)
    monkeypatch.setattr(cluster, "about", Here(here | {"nbgrader": "0.0.1"}))
    with pytest.raises(CourseError) as raised:
        list(engine.autograde("tiny", how=engine.How(dask=dask.scheduler_address)))
    said = str(raised.value)
    assert any(worker in said for worker in client.nthreads())
    assert f"nbgrader {here['nbgrader']} (here 0.0.1)" in said
    assert f"(here {here['course.yml and places']})" in said
    assert "pandas" not in said


class Here:
    """Stands for `about` on this machine, and is the real one on the workers."""

    def __init__(self, says):
        self.says = says

    def __call__(self, fenced):
        return self.says

    def __reduce__(self):
        return getattr, (desk, "about")


def test_a_lost_scheduler_ends_the_run_with_one_error(course, tmp_path_factory):
    submit_slow(course, "slow")
    about = tmp_path_factory.mktemp("dask") / "scheduler.json"
    with (
        dask_command("scheduler", about, "--host", "127.0.0.1", "--port", "0") as scheduler,
        dask_command("worker", about, "--nthreads", "1", "--no-nanny"),
    ):
        assert until(about.is_file)
        address = json.loads(about.read_text())["address"]
        how = engine.How(dask=address, watch=lambda running: scheduler.kill() if "slow" in running else None)
        with pytest.raises(CourseError, match=f"the Dask scheduler at {address} is gone: start it again"):
            list(engine.autograde("tiny", how=how))


@contextmanager
def dask_command(name, about, *options):
    command = [sys.executable, "-m", "dask", name, "--scheduler-file", about, "--dashboard-address", ":0", *options]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield running
    finally:
        running.kill()
        running.wait()
