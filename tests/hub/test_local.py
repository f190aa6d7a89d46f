"""`cohort hub`: students and an instructor at work over HTTP, and a hub that always starts and stops whole."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import nbformat
import psutil
import pytest
import requests
from local_hub import Browser, LocalHub

pytest_plugins = ["local_hub"]

ASSIGNMENT = {"course_id": "demo", "assignment_id": "tiny"}
# It looks for what the instructor can read and the sandbox refuses.
RIGHT = """\
try:
    print("read", len(open({gradebook!r}, "rb").read()))
except OSError:
    print("refused")
def add(a, b):
    return a + b
"""
WRONG = "def add(a, b):\n    return a * b"


@pytest.fixture(scope="module")
def users(local_hub: LocalHub) -> dict[str, Browser]:
    """Two students and the instructor, each in their own server."""
    browsers = [Browser(local_hub, user).start() for user in ("ada", "bob", "instructor")]
    return {browser.user: browser.enter() for browser in browsers}


@pytest.fixture(scope="module")
def submitted(local_hub: LocalHub, users: dict[str, Browser]) -> None:
    """Ada submits with JupyterLab's extension, Bob with nbgrader's commands in a terminal of the hub."""
    ada = users["ada"]
    listed = ada.call("GET", "assignments", params={"course_id": "demo"})
    assert [(each["assignment_id"], each["status"]) for each in listed["value"]] == [("tiny", "released")]
    ada.call("POST", "assignments/fetch", data=ASSIGNMENT)
    notebook = ada.call("GET", "api/contents/tiny/tiny.ipynb")
    notebook["content"]["cells"][2]["source"] = RIGHT.format(gradebook=str(local_hub.root / "gradebook.db"))
    ada.call("PUT", "api/contents/tiny/tiny.ipynb", json={"type": "notebook", "content": notebook["content"]})
    listed = ada.call("POST", "assignments/submit", data=ASSIGNMENT)
    assert "submitted" in [each["status"] for each in listed["value"]]
    home = local_hub.root / "_build/hub/homes/bob"
    nbgrader(local_hub, "bob", home, "fetch_assignment", "tiny")
    path = home / "tiny" / "tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].source = WRONG
    nbformat.write(notebook, path)
    nbgrader(local_hub, "bob", home, "submit", "tiny")


def nbgrader(hub: LocalHub, user: str, folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, env=hub.environment(user), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def outputs(hub: LocalHub, student: str) -> list:
    """What the autograded notebook shows of the student's answer and of its check."""
    cells = nbformat.read(hub.root / f"autograded/{student}/tiny/tiny.ipynb", as_version=4).cells
    return cells[2].outputs + cells[3].outputs


def printed(hub: LocalHub, student: str) -> list[str]:
    return [each.text for each in outputs(hub, student) if each.output_type == "stream"]


def test_the_formgrader_s_button_grades_with_the_judge_in_the_sandbox(local_hub, users, submitted):
    instructor = users["instructor"]
    collected = instructor.call("POST", "formgrader/api/assignment/tiny/collect")
    assert collected["success"], collected
    graded = instructor.call("POST", "formgrader/api/submission/tiny/ada/autograde")
    assert graded["success"], graded
    graded = instructor.call("POST", "formgrader/api/submission/tiny/bob/autograde")
    assert graded["success"], graded
    ada, bob = (instructor.call("GET", f"formgrader/api/submission/tiny/{student}") for student in ("ada", "bob"))
    assert (ada["score"], bob["score"]) == (3, 0)
    assert printed(local_hub, "ada") == ["refused\n"]
    # The judge's own form: the message of the check, and no traceback from the student's kernel.
    assert [each.traceback for each in outputs(local_hub, "bob")] == [["Return the sum of both numbers."]]


def test_cohort_grade_on_the_hub_comes_to_the_same(local_hub, users, submitted):
    environment = local_hub.environment("instructor")
    command = [sys.executable, "-m", "cohort.cli", "grade", "tiny", "--workers", "1", "--force"]
    done = subprocess.run(command, cwd=local_hub.root, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    scores = users["instructor"].call("GET", "formgrader/api/submissions/tiny")
    assert {each["student"]: each["score"] for each in scores} == {"ada": 3, "bob": 0}
    assert printed(local_hub, "ada") == ["refused\n"]


def test_feedback_goes_back_to_its_student_alone(local_hub, users, submitted):
    for step in ("generate_feedback", "release_feedback"):
        done = users["instructor"].call("POST", f"formgrader/api/assignment/tiny/{step}")
        assert done["success"], done
    listed = users["ada"].call("POST", "assignments/fetch_feedback", data=ASSIGNMENT)
    submissions = [each for entry in listed["value"] for each in entry.get("submissions", [])]
    assert [each["feedback_updated"] for each in submissions] == [False]
    page = users["ada"].here("GET", f"files/{submissions[0]['local_feedback_path']}/tiny.html")
    assert page.ok and "refused" in page.text
    assert users["bob"].get(f"/user/ada/files/{submissions[0]['local_feedback_path']}/tiny.html").status_code == 403


def test_jupyterlab_may_show_the_formgrader_in_a_tab_of_its_own(users):
    page = users["instructor"].here("GET", "formgrader/manage_assignments")
    assert page.ok
    assert page.headers["Content-Security-Policy"] == "frame-ancestors 'self'"


def test_nbgrader_s_extensions_are_on_by_role(users):
    assert switched_off(users["ada"]) == {"course-list", "create-assignment", "formgrader"}
    assert switched_off(users["instructor"]) == {"assignment-list", "course-list"}
    assert users["instructor"].here("GET", "assignments").status_code == 404


def switched_off(browser: Browser) -> set[str]:
    page = browser.get(f"/user/{browser.user}/lab").text
    settings = json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
    off = settings["disabledExtensions"]
    return {name.partition(":")[2] for name in off if name.startswith("@jupyter/nbgrader:")}


def test_a_student_reaches_neither_the_formgrader_nor_another_s_server(users):
    for path in ("/user/instructor/formgrader/", "/user/instructor/api/contents", "/user/bob/api/contents"):
        assert users["ada"].get(path).status_code == 403, path
    assert users["ada"].here("GET", "formgrader/api/status").status_code == 404
    assert users["instructor"].get("/user/ada/api/contents").status_code == 403
    assert users["ada"].get("/hub/api/users").status_code == 403


def test_nobody_enters_with_another_s_password(local_hub):
    wrong = Browser(local_hub, "instructor", password=local_hub.passwords["ada"])
    assert wrong.logged_in.status_code == 403
    assert Browser(local_hub, "nobody", password="nothing").logged_in.status_code == 403


def test_what_is_written_stays_in_the_hub_s_own_folder(local_hub, users):
    passwords = local_hub.root / "_build/hub/passwords.json"
    assert passwords.stat().st_mode & 0o777 == 0o600
    assert passwords.parent.stat().st_mode & 0o777 == 0o700
    for user in users:
        environment = local_hub.environment(user)
        assert environment["HOME"] == str(local_hub.root / "_build/hub/homes" / user)
        own = [name for name in environment if name.startswith(("JUPYTER_", "IPYTHON", "XDG_"))]
        assert own == ["JUPYTER_CONFIG_PATH"]


def test_every_address_is_a_loopback(local_hub, users):
    listening = [
        each.laddr.ip
        for process in local_hub.processes()
        for each in process.net_connections()
        if each.status == psutil.CONN_LISTEN
    ]
    assert len(listening) > 5
    assert set(listening) <= {"127.0.0.1", "::1"}


def test_a_second_hub_of_the_course_is_refused(local_hub):
    refused(local_hub.root, "a hub of this course runs already: stop it with Ctrl-C where it was started")
    assert requests.get(f"{local_hub.url}/hub/api/", timeout=10).ok


def test_the_answer_of_another_hub_is_not_taken_for_its_own(local_hub, tmp_path):
    shutil.copytree(local_hub.root, tmp_path, ignore=shutil.ignore_patterns("_build"), dirs_exist_ok=True)
    port = local_hub.url.rpartition(":")[2]
    code = f"import sys; from cohort import hub; hub._free_port = lambda wanted: {port}; sys.argv = ['cohort', 'hub']\n"
    code += "from cohort.cli import app; app()"  # as if the other had taken the port after this one had found it free
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert f"error: port {port}: another hub took it meanwhile: start again" in done.stderr
    assert requests.get(f"{local_hub.url}/hub/api/", timeout=10).ok


def refused(root: Path, message: str, *arguments: str, **options: object) -> None:
    """`cohort hub` ends with this one error."""
    command = [sys.executable, "-m", "cohort.cli", "hub", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, **options)
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert done.returncode == 1
    assert len(errors) == 1 and message in errors[0], done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_ctrl_c_ends_all_that_was_started(local_hub, users):
    started = local_hub.processes()
    assert len(started) > 4  # the hub, its proxy and the users' servers
    assert local_hub.stop() == 0
    assert alive(started) == []


def test_a_killed_hub_leaves_nothing_in_the_way(stopped):
    killed = LocalHub(stopped)
    assert killed.worked() < 15  # so it is up in fewer seconds, where nothing else runs
    Browser(killed, "ada").start().enter()
    left = killed.processes()
    for process in (killed.command, left[0]):  # the command and the hub, but neither the proxy nor Ada's server
        os.kill(process.pid, signal.SIGKILL)
    killed.command.wait()
    assert len(alive(left)) >= 2
    again = LocalHub(stopped, "--port", killed.url.rpartition(":")[2])
    assert alive(left) == []
    assert Browser(again, "ada", killed.passwords["ada"]).logged_in.status_code == 302
    started = again.processes()
    again.command.terminate()
    assert again.command.wait(60) == 0
    assert alive(started) == []


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [each for each in processes if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


@pytest.fixture
def stopped(hub_course: Path, local_hub: LocalHub) -> Path:
    """The course, once its hub is stopped."""
    assert local_hub.command.poll() is not None
    return hub_course


def test_a_port_in_use_is_named(stopped):
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        refused(stopped, f"port {port}: Address already in use: choose another with --port", "--port", str(port))


def test_a_missing_proxy_is_named(stopped, tmp_path):
    for program in ("jupyterhub", "jupyterhub-singleuser"):
        (tmp_path / program).symlink_to(Path(sys.executable).with_name(program))
    code = f"import sys; sys.executable = {str(tmp_path / 'python')!r}; sys.argv = ['cohort', 'hub']\n"
    code += "from cohort.cli import app; app()"
    environment = {**os.environ, "PATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], cwd=stopped, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "error: the program traefik is not installed: run `make setup-hub`" in done.stderr


@pytest.mark.parametrize(
    ("cohort", "message"),
    [
        ("nowhere", "cohorts/nowhere/cohort.yml does not exist: copy cohort.yml"),
        ("lagos", "the users of this hub share your account, so it is for the demo cohort only: unset COHORT"),
    ],
)
def test_another_cohort_is_refused(stopped, cohort, message):
    folder = stopped / "cohorts" / "lagos"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cohort.yml").write_text((stopped / "cohort.yml").read_text().replace("id: demo", "id: lagos"))
    refused(stopped, message, env={**os.environ, "COHORT": cohort})


def test_damaged_passwords_are_named(stopped):
    path = stopped / "_build/hub/passwords.json"
    kept = path.read_text()
    path.write_text(kept[: len(kept) // 2])
    refused(stopped, "passwords.json: this does not hold a password for each user: delete it, and new ones are made")
    path.write_text(kept)


def test_a_full_disk_starts_nothing(stopped):
    limited = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))  # noqa: E731
    refused(stopped, "no space left on the disk", preexec_fn=limited)


def test_what_the_hub_itself_says_is_passed_on(stopped):
    config = stopped / "hub/local/jupyterhub_config.py"
    kept = config.read_text()
    config.write_text(kept + "\nraise RuntimeError('a mistake')\n")
    refused(stopped, "the hub could not start: RuntimeError: a mistake (the whole of it is in ")
    config.write_text(kept)
