"""In a browser: students who try what is not theirs, lost connections, and two who grade at once."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil
import pytest
from lab import Desk, Formgrader
from local_hub import LocalHub, write_hub_course
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, expect

from cohort import exchange

pytest_plugins = ["lab"]
pytestmark = pytest.mark.browser

RIGHT, WRONG = "def add(a, b):\n    return a + b", "def add(a, b):\n    return a * b"
ANSWER = "def add("
SUBMIT = re.compile("/assignments/submit")
# What a student may ask for in a notebook, with the token of their own server.
ASK = """\
import os, urllib.error, urllib.request
def ask(address, method="GET"):
    token = {{"Authorization": "token " + os.environ["JUPYTERHUB_API_TOKEN"]}}
    try:
        return urllib.request.urlopen(urllib.request.Request(address, headers=token, method=method)).status
    except urllib.error.HTTPError as refused:
        return refused.code
[ask(*each) for each in {asked}]
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A tiny course as the working directory."""
    root = write_hub_course(tmp_path_factory.mktemp("faults"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        yield root


@pytest.fixture(scope="module")
def hub(course: Path, chromium: Browser) -> Iterator[LocalHub]:
    hub = LocalHub(course)
    yield hub
    hub.stop()


@pytest.fixture(scope="module")
def desks(hub: LocalHub, chromium: Browser) -> dict[str, Desk]:
    """Two students with the assignment fetched, Ada's open, and the instructor."""
    opened = {user: Desk(chromium, hub, user).login_page().sign_in() for user in ("ada", "bob", "instructor")}
    for user, desk in opened.items():
        desk.enter()
        if user != "instructor":
            desk.menu("Nbgrader", "Assignment List")
            desk.fetch("tiny")
    opened["ada"].open("tiny")
    return opened


@pytest.fixture(scope="module")
def formgrader(desks: dict[str, Desk]) -> Formgrader:
    return Formgrader(desks["instructor"])


def handed_in(course: Path, student: str) -> list[Path]:
    """What lies in the exchange of a student, in its order."""
    return sorted((course / ".exchange/demo/inbound").glob(f"{student}+tiny+*"))


def whole(attempt: Path) -> bool:
    return {each.name for each in attempt.iterdir()} >= {"tiny.ipynb", "timestamp.txt", "submission_secret.txt"}


def answer(folder: Path) -> str:
    return nbformat.read(folder / "tiny.ipynb", as_version=4).cells[2].source


# What is not theirs


@pytest.mark.parametrize(
    "path",
    [
        "/user/bob/lab",
        "/user/bob/files/tiny/tiny.ipynb",
        "/user/bob/api/contents/tiny/tiny.ipynb",
        "/user/instructor/lab",
        "/user/instructor/formgrader",
        "/user/instructor/formgrader/api/submissions/tiny",
        "/user/instructor/files/gradebook.db",
        "/hub/admin",
        "/hub/spawn/bob",
        "/hub/api/users",
    ],
)
def test_a_student_opens_no_address_of_others(desks, path):
    with desks["ada"].context.new_page() as page:
        answered = page.goto(desks["ada"].hub.url + path)
        assert answered.status in (403, 404)
        assert "tiny" not in page.locator("body").inner_text()


def test_a_student_s_code_asks_for_what_is_not_theirs_in_vain(desks):
    ada = desks["ada"]
    bob = ada.hub.server("bob")
    port = next(each.laddr.port for each in bob.net_connections() if each.status == psutil.CONN_LISTEN)
    api, own = f"{ada.hub.url}/hub/api", f"{ada.hub.url}/user/ada/api/contents"
    asked = [
        (f"{ada.hub.url}/user/bob/api/contents",),
        (f"http://127.0.0.1:{port}/user/bob/api/contents",),
        (f"{ada.hub.url}/user/instructor/formgrader/api/submissions/tiny",),
        (f"{api}/users",),
        (f"{api}/users/bob",),
        (f"{api}/users/bob/server", "DELETE"),
        (f"{api}/users/bob/tokens", "POST"),
        (f"{api}/users/ada/server", "POST"),
        (f"{api}/groups",),
        (f"{api}/proxy",),
        (f"{api}/shutdown", "POST"),
        (own,),
    ]
    ada.write(ANSWER, ASK.format(asked=asked))
    answered = json.loads(ada.run("def ask(").locator(".jp-OutputArea-output").inner_text())
    ada.write("def ask(", WRONG)
    assert answered[-1] == 200
    assert set(answered[:-1]) <= {403, 404}


# A lost connection


def test_a_lost_connection_is_said_and_the_next_attempt_is_whole(course, desks, formgrader):
    ada = desks["ada"]
    ada.write(ANSWER, WRONG)
    ada.save()
    ada.tab("Assignments")
    # The submission arrives, but its answer is lost.
    ada.page.route(SUBMIT, lambda route: (route.fetch(), route.abort()))
    ada.submit("tiny")
    failed = ada.listed("fetched", "tiny").get_by_text("Error submitting assignment.")
    failed.wait_for()
    ada.page.unroute(SUBMIT)
    ada.refresh()
    expect(ada.attempts("tiny")).to_have_count(1)
    # Nothing arrives. JupyterLab may ask whether to restart the server, which runs.
    asks = ada.page.get_by_role("dialog", name="Server unavailable or unreachable")
    ada.page.add_locator_handler(asks, lambda dialog: dialog.get_by_role("button", name="Dismiss").click())
    ada.context.set_offline(True)
    ada.submit("tiny")
    failed.wait_for()
    ada.picture("student-13-connection-lost")
    ada.context.set_offline(False)
    ada.tab("tiny.ipynb")
    ada.write(ANSWER, RIGHT)
    ada.save()
    ada.refresh()
    ada.submit("tiny")
    expect(ada.attempts("tiny")).to_have_count(2)
    attempts = handed_in(course, "ada")
    assert [answer(each) for each in attempts] == [WRONG, RIGHT]
    assert all(map(whole, attempts))
    formgrader.press("tiny", "collect")
    assert answer(course / "submitted/ada/tiny") == RIGHT


# Two who grade at once


@pytest.fixture(scope="module")
def windows(hub: LocalHub, chromium: Browser, course: Path, formgrader: Formgrader) -> tuple[Formgrader, Formgrader]:
    """The formgrader in two windows, with the submissions of three students collected."""
    for student, written in (("ada", RIGHT), ("bob", WRONG), ("chi", RIGHT)):
        path = exchange.fetch("tiny", student, course / "_build" / "more" / student)
        notebook = nbformat.read(path, as_version=4)
        notebook.cells[2].source, notebook.cells[4].source = written, "Because."
        nbformat.write(notebook, path)
        exchange.submit("tiny", student, path.parents[1])
    formgrader.press("tiny", "collect")
    desk = Desk(chromium, hub, "instructor").login_page().sign_in()
    desk.page.wait_for_url("**/user/instructor/lab*")
    desk.page.goto(f"{hub.url}/user/instructor/lab/workspaces/second")  # where no tab of the first window is open
    second = Formgrader(desk.enter())
    for window in (formgrader, second):
        window.go("Manage Assignments", "3")
    return formgrader, second


def grade_in_a_terminal(hub: LocalHub) -> subprocess.Popen:
    """`cohort grade` of all, from the beginning."""
    command = [sys.executable, "-m", "cohort.cli", "grade", "tiny", "--workers", "1", "--force"]
    return subprocess.Popen(command, cwd=hub.root, env=hub.environment("instructor"), stderr=subprocess.PIPE, text=True)


def scores(course: Path) -> dict[str, tuple[float, float, str | None]]:
    """Of each student: the scores of the check and of the written answer, and the comment."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "demo") as gradebook:
        found = {}
        for submission in gradebook.assignment_submissions("tiny"):
            [notebook] = submission.notebooks
            points = {grade.name: grade.score for grade in notebook.grades}
            said = next(comment.comment for comment in notebook.comments if comment.name == "why")
            found[submission.student.id] = (points["check_add"], points["why"], said)
    return found


@pytest.mark.matrix
def test_two_windows_and_a_terminal_autograde_at_once(course, hub, windows):
    first, second = windows
    terminal = grade_in_a_terminal(hub)
    first.click("ada", "autograde")
    second.click("bob", "autograde")
    assert "Successfully autograded" in first.answer()
    assert "Successfully autograded" in second.answer()
    _, said = terminal.communicate(timeout=120)
    assert terminal.returncode == 0, said
    assert scores(course) == {"ada": (3, 0, None), "bob": (0, 0, None), "chi": (3, 0, None)}
    assert "database is locked" not in (course / "_build/hub/hub.log").read_text() + said


@pytest.mark.matrix
def test_of_two_manual_grades_the_last_counts_and_autograding_keeps_it(course, hub, windows):
    for window in windows:
        window.go("Manual Grading", "tiny", "tiny")
        window.names()
        window.go("ada")
    first, second = windows
    terminal = grade_in_a_terminal(hub)
    first.grade("why", 2)
    first.comment("why", "Good.")
    second.grade("why", 1)
    second.comment("why", "Say more.")
    _, said = terminal.communicate(timeout=120)
    assert terminal.returncode == 0, said
    assert scores(course)["ada"] == (3, 1, "Say more.")
    first.go("Manual Grading", "Manage Assignments", "3")
    expect(first.row("ada").locator(".score")).to_have_text("4 / 5")
    assert "database is locked" not in (course / "_build/hub/hub.log").read_text() + said
