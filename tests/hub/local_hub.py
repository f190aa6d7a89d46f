"""A hub of `cohort hub`, started for real, and browsers for its users.

Say ``pytest_plugins = ["local_hub"]`` to use its fixtures. (PYTEST_DONT_REWRITE: tests import it too.)
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.cookiejar import Cookie
from pathlib import Path
from socket import socket

import psutil
import pytest
import requests
from conftest import ROOT, write_tiny_course

LIMIT = 90
UP = "Stop it with Ctrl-C."


def write_hub_course(root: Path) -> Path:
    """Lay out a tiny course with a judge and what `cohort hub` needs."""
    write_tiny_course(root)
    course = root / "course.yml"
    course.write_text(course.read_text().replace("language: en", "language: en\nchecks: judge"))
    shutil.copytree(ROOT / "hub" / "local", root / "hub" / "local")
    return root


def free_port() -> int:
    """A port that nobody listens at."""
    with closing(socket()) as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


class LocalHub:
    """`cohort hub` in the course at `root`; up once it is made.

    Attributes
    ----------
    url : str
        Where it printed that it is.
    passwords : dict
        Those that it printed.
    """

    def __init__(self, root: Path, *arguments: str) -> None:
        if "--port" not in arguments:  # hubs of tests that run at once would all choose the same
            arguments = ("--port", str(free_port()), *arguments)
        self.root = root
        self.printed = root.with_name(f"{root.name}.printed.txt")  # where an instructor does not see it
        with self.printed.open("w") as printed:
            self.command = subprocess.Popen(
                [sys.executable, "-m", "cohort.cli", "hub", *arguments],
                cwd=root,
                stdout=printed,
                stderr=printed,
                start_new_session=True,
            )
        until = time.monotonic() + LIMIT
        while UP not in self.printed.read_text():
            assert self.command.poll() is None and time.monotonic() < until, self.printed.read_text()
            time.sleep(0.05)
        text = self.printed.read_text()
        self.url = re.search(r"http://127\.0\.0\.1:\d+", text)[0]
        self.passwords = dict(re.findall(r"(\w+) +│ (\w{16}) +│", text))

    def processes(self) -> list[psutil.Process]:
        """All that it started."""
        return psutil.Process(self.command.pid).children(recursive=True)

    def worked(self) -> float:
        """Seconds of processor time that it and all it started took so far."""
        everyone = [psutil.Process(self.command.pid), *self.processes()]
        return sum(each.cpu_times().user + each.cpu_times().system for each in everyone)

    def server(self, user: str) -> psutil.Process:
        """The user's server."""
        for process in self.processes():
            if "jupyterhub-singleuser" in " ".join(process.cmdline()) and process.environ()["JUPYTERHUB_USER"] == user:
                return process
        raise LookupError(user)

    def environment(self, user: str) -> dict[str, str]:
        """What a terminal of the user's server has for its environment."""
        return self.server(user).environ()

    def stop(self) -> int:
        """Press Ctrl-C, as a terminal does; the exit code."""
        os.killpg(self.command.pid, signal.SIGINT)
        return self.command.wait(60)


class Browser:
    """One user's browser: it keeps cookies, follows links, and sends back the token that a page gave it."""

    def __init__(self, hub: LocalHub, user: str, password: str | None = None) -> None:
        self.hub, self.user = hub, user
        self.session = requests.Session()
        self.session.trust_env = False  # no proxy between here and here
        self.get("/hub/login")
        form = {"username": user, "password": password or hub.passwords[user], "_xsrf": self.token("/hub/")}
        self.logged_in = self.session.post(f"{hub.url}/hub/login", data=form, allow_redirects=False, timeout=LIMIT)

    def start(self) -> Browser:
        """Ask for the user's own server."""
        self.get("/hub/spawn")
        return self

    def enter(self) -> Browser:
        """Go to the user's own server as soon as it is up."""
        until = time.monotonic() + LIMIT
        lab = f"{self.hub.url}/user/{self.user}/lab"
        while (page := self.get(f"/user/{self.user}/lab")).url != lab:  # until then the hub shows a page of its own
            assert time.monotonic() < until, page.text
            time.sleep(0.5)
        return self

    def get(self, path: str) -> requests.Response:
        """Open an address of the hub."""
        return self.session.get(self.hub.url + path, timeout=LIMIT)

    def here(self, method: str, path: str, **body: object) -> requests.Response:
        """Call the user's own server as its pages do."""
        folder = f"/user/{self.user}/"
        headers = {"X-XSRFToken": self.token(folder), "Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "same-origin"}
        return self.session.request(method, self.hub.url + folder + path, headers=headers, timeout=LIMIT, **body)

    def token(self, folder: str) -> str:
        """The XSRF token of the pages in a folder."""
        cookies: list[Cookie] = list(self.session.cookies)
        return next(each.value for each in cookies if each.name == "_xsrf" and each.path == folder)

    def call(self, method: str, path: str, **body: object) -> object:
        """What the user's own server answers, which must be no error."""
        answer = self.here(method, path, **body)
        assert answer.ok, (answer.status_code, answer.text)
        return json.loads(answer.text)


@pytest.fixture(scope="session")
def hub_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny course that was never released, with a judge and what `cohort hub` needs."""
    return write_hub_course(tmp_path_factory.mktemp("hub"))


@pytest.fixture(scope="session")
def local_hub(hub_course: Path) -> Iterator[LocalHub]:
    """A hub that is up."""
    hub = LocalHub(hub_course)
    yield hub
    if hub.command.poll() is None:
        hub.stop()
