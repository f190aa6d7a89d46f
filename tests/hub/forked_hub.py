"""A hub whose servers are forked from a warm process, and what its students' servers say about themselves."""

from __future__ import annotations

import json
import os
import pwd
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from conftest import ROOT
from jupyterhub.utils import random_port
from server_site import seen_by_all

FORKED = ROOT / "hub" / "forked"
LIMIT = 60
TOKEN, SECRET, WARM_HOME = "a-token-of-the-tests", "a-secret-of-the-hub", "/home/of/the/warm/process"
CONFIG = """\
import json, os, sys
from jupyterhub.utils import random_port

known = json.loads(os.environ["TESTS"])
sys.path.insert(0, known["forked"])
c.JupyterHub.spawner_class = "forked_spawner." + known["spawner"]
c.SimpleLocalProcessSpawner.home_dir_template = known["homes"] + "/{username}"
c.ForkedSpawner.warm_environment = {"HOME": known["warm_home"]}
c.Spawner.environment = {"TMPDIR": "/var/tmp", "TZ": "Asia/Kolkata"}
c.Spawner.args = ["--allow-root"] if os.geteuid() == 0 else []
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allowed_users = set(known["users"])
c.JupyterHub.db_url = "sqlite:///hub.sqlite"
c.JupyterHub.cleanup_servers = False
c.JupyterHub.bind_url = f"http://127.0.0.1:{random_port()}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{known['port']}"
c.JupyterHub.proxy_class = "traefik_file"
c.TraefikProxy.traefik_api_url = f"http://127.0.0.1:{random_port()}"
c.TraefikProxy.traefik_api_username = c.TraefikProxy.traefik_api_password = "hub"
c.JupyterHub.services = [{"name": "tests", "api_token": known["token"]}]
scopes = ["admin:users", "admin:servers", "admin:server_state"]
c.JupyterHub.load_roles = [{"name": "tests", "services": ["tests"], "scopes": scopes}]
"""
# A student's own Jupyter configuration is Python that runs in the student's server.
CONFESSES = """\
import gc, json, os, random, secrets, ssl, sys, tempfile, time, uuid
from pathlib import Path
from jupyter_core import paths

warm_home = {warm_home!r}

def kept():
    gc.unfreeze()
    for each in gc.get_objects():
        if isinstance(each, (dict, list, tuple, set)):
            for value in list(each.values() if isinstance(each, dict) else each):
                if isinstance(value, (str, Path)) and warm_home in str(value) and value is not warm_home:
                    yield str(value)

beside = Path.home() / "says"
beside.write_text(json.dumps({{
    "kept": list(kept()),
    "uids": os.getresuid(), "gids": os.getresgid(), "groups": os.getgroups(),
    "environment": dict(os.environ), "folder": os.getcwd(), "argv": sys.argv, "zone": time.tzname,
    "paths": [paths.jupyter_config_dir(), paths.jupyter_data_dir(), paths.jupyter_runtime_dir()],
    "temporary": tempfile.gettempdir(),
    "chance": [random.random(), ssl.RAND_bytes(8).hex(), secrets.token_hex(), str(uuid.uuid4()),
               next(tempfile._get_candidate_names())],
    "numpy": "numpy" in sys.modules,
    "leads": os.getsid(0) == os.getpid(),
}}))
beside.rename(Path.home() / "says.json")
"""


class ForkedHub:
    """JupyterHub in a folder, with a home for each user; the users are accounts of the machine, or names only."""

    def __init__(self, folder: Path, users: list[str], accounts: bool) -> None:
        self.folder, self.users, self.accounts = folder, users, accounts
        self.servers: list[psutil.Process] = []
        self.process: psutil.Popen | None = None
        (folder / "config.py").write_text(CONFIG)

    def home(self, user: str) -> Path:
        """A user's home."""
        return self.folder / "homes" / user

    def move_in(self, user: str) -> None:
        """Make a user's home, with a configuration of the user's own."""
        settings = self.home(user) / ".jupyter" / "jupyter_server_config.py"
        settings.parent.mkdir(parents=True)
        settings.write_text(CONFESSES.format(warm_home=WARM_HOME))
        if self.accounts:
            account = pwd.getpwnam(user)
            for path in (self.home(user), settings.parent, settings):
                os.chown(path, account.pw_uid, account.pw_gid)

    def start(self) -> None:
        """Start the hub; also again."""
        port = random_port()
        self.url = f"http://127.0.0.1:{port}/hub/api"
        known = {"forked": str(FORKED), "homes": str(self.folder / "homes"), "users": self.users, "port": port}
        known |= {"spawner": "ForkedSpawner" if self.accounts else "SimpleForkedSpawner"}
        known |= {"token": TOKEN, "warm_home": WARM_HOME}
        command = [sys.executable, "-m", "jupyterhub", "--config", self.folder / "config.py"]
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "TESTS": json.dumps(known), "HUB_SECRET": SECRET}
        self.log = self.folder / "hub.log"
        with self.log.open("a") as log:
            self.process = psutil.Popen(
                seen_by_all(command) if self.accounts else [*map(str, command)],
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait(lambda: self.ask("GET", "/"))

    def ask(self, method: str, path: str) -> Any:
        """What the hub's API answers; None if it is not there, or refuses."""
        request = urllib.request.Request(self.url + path, method=method, headers={"Authorization": f"token {TOKEN}"})
        try:
            with urllib.request.urlopen(request, timeout=LIMIT) as answer:
                return json.loads(answer.read() or "true")
        except OSError:
            return None

    def pid(self, user: str) -> int | None:
        """The number of a user's server, once the hub says that it is ready."""
        server = (self.ask("GET", f"/users/{user}") or {}).get("servers", {}).get("", {})
        return server["state"]["pid"] if server.get("ready") else None

    def begin(self, user: str) -> psutil.Process:
        """Start a user's server, and wait until it is ready."""
        self.ask("POST", f"/users/{user}")
        self.ask("POST", f"/users/{user}/server")
        self.servers.append(psutil.Process(self.wait(lambda: self.pid(user))))
        return self.servers[-1]

    def says(self, user: str) -> dict[str, Any]:
        """What a user's server said about itself."""
        return json.loads((self.home(user) / "says.json").read_text())

    def warm(self) -> psutil.Process:
        """The warm process: a child of the hub, which its own forks are not."""
        living = (each for each in self.process.children() if each.status() != psutil.STATUS_ZOMBIE)
        (found,) = (each for each in living if "warm_server.py" in " ".join(each.cmdline()))
        return found

    def stop(self) -> None:
        """End the hub and its proxy; servers go on."""
        proxies = [each for each in self.process.children() if each.name() == "traefik"]
        self.process.terminate()
        self.process.wait(LIMIT)
        for proxy in proxies:
            if proxy.is_running():
                proxy.terminate()

    def end(self) -> None:
        """End all."""
        if self.process and self.process.is_running():
            self.stop()
        for server in self.servers:
            if server.is_running():
                server.kill()

    def wait(self, found: Callable[[], Any]) -> Any:
        """What is found, as soon as it is."""
        until = time.monotonic() + LIMIT
        while not (answer := found()):
            assert self.process.poll() is None and time.monotonic() < until, self.log.read_text()[-3000:]
            time.sleep(0.1)
        return answer


def memory(process: psutil.Process) -> bytes:
    """All that a process can read in its own memory and write: its data, not its programs."""
    found = []
    maps = Path(f"/proc/{process.pid}/maps").read_text()
    with Path(f"/proc/{process.pid}/mem").open("rb", buffering=0) as content:
        for line in maps.splitlines():
            where, rights = line.split()[:2]
            if rights.startswith("rw"):
                begin, end = (int(number, 16) for number in where.split("-"))
                content.seek(begin)
                found.append(content.read(end - begin))
    return b"".join(found)
