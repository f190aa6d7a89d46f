"""A real JupyterHub with the exchange as its service, and "machines": folders with a token and nothing in common.

Say ``pytest_plugins = ["exchange_hub"]`` to use its fixtures. (PYTEST_DONT_REWRITE: tests import it too.)
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
import pytest
import requests
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).resolve().parents[2]
FRAGMENT = ROOT / "hub" / "exchange"

# Two courses: irene teaches c1, tara teaches c2. max administers the hub and is in no course.
GROUPS = {
    "formgrade-c1": {"users": ["irene"]},
    "nbgrader-c1": {"users": ["irene", "ada", "bob"]},
    "formgrade-c2": {"users": ["tara"]},
    "nbgrader-c2": {"users": ["tara", "cleo"]},
}
PEOPLE = ["irene", "ada", "bob", "tara", "cleo", "max"]

HUB = """\
import os
c = get_config()
hub, proxy, public = {ports}
c.JupyterHub.bind_url = f"http://127.0.0.1:{{public}}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{{hub}}"
c.JupyterHub.db_url = "sqlite:///:memory:"
c.JupyterHub.cookie_secret = os.urandom(32)
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allowed_users = {people}
c.Authenticator.admin_users = {{"max"}}
c.JupyterHub.load_groups = {groups}
c.JupyterHub.proxy_class = "traefik_file"
c.TraefikProxy.traefik_api_url = f"http://127.0.0.1:{{proxy}}"
c.TraefikProxy.traefik_api_username = "hub"
c.TraefikProxy.traefik_api_password = {secret!r}
c.JupyterHub.services = [
    {{"name": "tests", "api_token": {secret!r}}},
    {{"name": "c1", "api_token": {secret!r} + "c1"}},
    {{"name": "outside", "api_token": {secret!r} + "outside"}},
]
c.JupyterHub.load_roles = [
    {{"name": "tests", "services": ["tests"], "scopes": ["admin:users", "tokens", "access:services"]}},
    {{"name": "formgrader", "services": ["c1"], "scopes": ["access:services!service=exchange"]}},
    {{"name": "outside", "groups": ["nbgrader-c1"], "scopes": ["access:services!service=outside"]}},
]
load_subconfig({fragment!r})
"""


@dataclass(frozen=True)
class Hub:
    """A hub that runs.

    Attributes
    ----------
    api, exchange : str
        Addresses of the hub's own API, and of the exchange behind the hub's proxy.
    secret : str
        The token of a service that may make tokens for all.
    tokens : dict of str to str
        A token for each user, with the rights of the one in their server.
    """

    api: str
    exchange: str
    secret: str
    tokens: dict[str, str]

    def token(self, name: str, **rights: list[str]) -> str:
        """A new token of a user with just these rights: scopes, or roles of the hub."""
        me = {"Authorization": f"token {self.secret}"}
        answer = requests.post(f"{self.api}/users/{name}/tokens", json=rights, headers=me, timeout=20)
        answer.raise_for_status()
        return answer.json()["token"]


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody uses now."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def until(works: Callable[[], bool], process: subprocess.Popen, seconds: float = 60) -> None:
    """Wait until a started process works; fails if it ends first, or takes too long."""
    end = time.monotonic() + seconds
    while not works():
        assert process.poll() is None, "it ended"
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


def answers(address: str) -> bool:
    """Whether there is a program at this address that knows it."""
    try:
        return requests.get(address, timeout=5).status_code in (200, 403)
    except requests.ConnectionError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_proxy() -> Iterator[None]:
    """Nothing here leaves the machine, whatever proxy is set outside."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("NO_PROXY", "no_proxy"):
            patch.setenv(name, "127.0.0.1")
        yield


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """JupyterHub with its proxy, and the exchange as ``hub/exchange/jupyterhub_config.py`` sets it up."""
    folder = tmp_path_factory.mktemp("hub")
    *ports, exchange = free_ports(4)
    secret = secrets.token_hex(16)
    about = {"ports": ports, "people": set(PEOPLE), "groups": GROUPS, "secret": secret}
    config = HUB.format(fragment=str(FRAGMENT / "jupyterhub_config.py"), **about)
    (folder / "jupyterhub_config.py").write_text(config)
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COHORT_EXCHANGE_PORT": str(exchange),
        "COHORT_EXCHANGE_FOLDER": str(folder / "exchange"),
    }
    with (folder / "hub.log").open("w") as log:
        command = [sys.executable, "-m", "jupyterhub", "--config", "jupyterhub_config.py"]
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        hub_port, _, public = ports
        found = Hub(f"http://127.0.0.1:{hub_port}/hub/api", f"http://127.0.0.1:{public}/services/exchange", secret, {})
        until(lambda: answers(f"{found.exchange}/user"), process)
        for name in PEOPLE:
            found.tokens[name] = found.token(name, roles=["server"])
        yield found
    finally:
        everyone = [process, *psutil.Process(process.pid).children(recursive=True)]
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        for each in everyone:  # a hub that is slow to end takes no test along
            with suppress(psutil.NoSuchProcess):
                each.kill()
        process.wait()


@dataclass(frozen=True)
class Machine:
    """A folder with nbgrader's configuration as its working folder, and the environment of a server of the hub."""

    home: Path
    environment: dict[str, str]

    def start(self, *command: str) -> subprocess.Popen:
        """Start one of nbgrader's commands."""
        line = [sys.executable, "-m", "nbgrader", *command]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return subprocess.Popen(line, cwd=self.home, env=self.environment, **pipes)

    def nbgrader(self, *command: str, fails: bool = False) -> str:
        """What one of nbgrader's commands says."""
        return said(self.start(*command), fails)

    def ask(self, method: str, path: str, **options: object) -> requests.Response:
        """The service's answer to any request, sent without nbgrader."""
        headers = {"Authorization": f"token {self.environment['JUPYTERHUB_API_TOKEN']}"} | options.pop("headers", {})
        return requests.request(method, f"{self.environment['COHORT_EXCHANGE_URL']}/{path}", headers=headers, **options)

    def submit(self, path: str, package: bytes, key: str = "") -> requests.Response:
        """Send an attempt without nbgrader."""
        headers = {"Idempotency-Key": key or secrets.token_hex(16)}
        return self.ask("POST", f"submissions/{path}", data=package, headers=headers)


def said(process: subprocess.Popen, fails: bool = False) -> str:
    """What a command says until it ends, which must be as expected."""
    text, _ = process.communicate(timeout=120)
    assert (process.returncode != 0) is fails, text
    return text


@pytest.fixture(scope="session")
def machine(hub: Hub, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Machine]:
    """Makes a new machine for a user, with ``hub/exchange/nbgrader_config.py`` and the course's id."""

    def make(name: str, course: str = "c1", **environment: str) -> Machine:
        home = tmp_path_factory.mktemp(name)
        config = (FRAGMENT / "nbgrader_config.py").read_text()
        (home / "nbgrader_config.py").write_text(f"{config}\nc.CourseDirectory.course_id = {course!r}\n")
        about = {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "PYTHONPATH": str(ROOT),
            "HOME": str(home),
            "NO_PROXY": "127.0.0.1",
            "JUPYTERHUB_API_TOKEN": hub.tokens.get(name, ""),
            "COHORT_EXCHANGE_URL": hub.exchange,
        }
        return Machine(home, about | environment)

    return make


def notebook(answer: str) -> str:
    """A notebook with one cell."""
    return nbformat.writes(new_notebook(cells=[new_code_cell(answer, id="answer")]))


def write_release(home: Path, assignment: str, text: str = "# Your answer") -> None:
    """What `nbgrader generate_assignment` would leave: a notebook and a table beside it."""
    folder = home / "release" / assignment
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / f"{assignment}.ipynb").write_text(notebook(text))
    (folder / "data" / "Sekou Touré.csv").write_text("day,deaths\n1,2\n")


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """Makes the bytes of a package from the text of each file."""
    from cohort.exchange_service.package import pack

    def make(**files: str) -> bytes:
        folder = tmp_path_factory.mktemp("packed")
        for name, text in files.items():
            (folder / f"{name}.ipynb").write_text(text)
        target = folder.with_suffix(".zip")
        pack(folder, target)
        return target.read_bytes()

    return make


@dataclass
class Outside:
    """An exchange that the tests run themselves, beside the hub, and can kill."""

    environment: dict[str, str]
    folder: Path
    process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "cohort.exchange_service", "--upload-mb", "3", "--student-mb", "4"]
        self.process = subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)
        until(lambda: answers(f"{self.address}/user"), self.process)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    @property
    def address(self) -> str:
        """Where it answers."""
        return self.environment["JUPYTERHUB_SERVICE_URL"] + "/services/outside"


@pytest.fixture(scope="session")
def outside(hub: Hub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    """An exchange with small limits, which runs as the README says for systemd and Kubernetes."""
    folder = tmp_path_factory.mktemp("outside")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "JUPYTERHUB_SERVICE_NAME": "outside",
        "JUPYTERHUB_SERVICE_PREFIX": "/services/outside/",
        "JUPYTERHUB_SERVICE_URL": f"http://127.0.0.1:{free_ports(1)[0]}",
        "JUPYTERHUB_API_URL": hub.api,
        "JUPYTERHUB_API_TOKEN": f"{hub.secret}outside",
        "COHORT_EXCHANGE_FOLDER": str(folder),
    }
    one = Outside(environment, folder)
    one.start()
    yield one
    one.kill()
