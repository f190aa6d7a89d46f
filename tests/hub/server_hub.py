"""Runs the hub of a laid-out server behind the real traefik, and browses it as people do."""

from __future__ import annotations

import pwd
import re
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.cookiejar import CookieJar
from json import loads
from pathlib import Path
from socket import socket
from urllib.parse import urlsplit

import psutil
from server_site import SCRIPTS, Site, seen_by_all

# Without systemd, servers are started as children of the hub; the rest is the server's own configuration.
CONFIG = """\
import importlib.util
load_subconfig({config!r})
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
if importlib.util.find_spec("jupyterhub_idle_culler") is None:
    c.JupyterHub.services = [each for each in c.JupyterHub.services if each["name"] != "culler"]
    c.JupyterHub.load_roles = [each for each in c.JupyterHub.load_roles if each["name"] != "culler"]
{more}
"""


def free_ports(count: int) -> int:
    """The first of `count` ports in a row that are free."""
    for first in range(20_000 + time.time_ns() % 10_000, 32_000, count):
        try:
            for port in range(first, first + count):
                with closing(socket()) as tried:
                    tried.bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
    raise OSError("no free ports")


def certificate(folder: Path) -> dict[str, str]:
    """The settings for a certificate of localhost, made here."""
    key, chain = folder / "localhost.key", folder / "localhost.pem"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    about = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", chain]
    subprocess.run([*make, *about], check=True, capture_output=True)
    key.chmod(0o600)
    return {"TLS_CERTIFICATE": str(chain), "TLS_KEY": str(key)}


@contextmanager
def hub(site: Site, more: str = "", up: tuple[str, ...] = (), **settings: str) -> Iterator[str]:
    """The address of the running hub; everything that it started is ended after.

    It is up when the paths `up` answer through the proxy too: that of the hub does before those of its services.
    """
    first = free_ports(10)
    addresses = {"HTTP_ADDRESS": f"127.0.0.1:{first + 8}", "HTTPS_ADDRESS": f"127.0.0.1:{first + 9}"}
    ports = {"FIRST_PORT": str(first)} | addresses
    site.write_settings(**certificate(site.prefix), **settings)
    extra = "; ".join(f"export {name}={value}" for name, value in ports.items())
    site.functions(extra, "make_proxy")
    config = site.prefix / "test_config.py"
    config.write_text(CONFIG.format(config=str(SCRIPTS / "jupyterhub_config.py"), more=more))
    lines = (site.prefix / "etc/cohort/server.env").read_text().splitlines()
    environment = site.environment() | ports | dict(line.split("=", 1) for line in lines)
    programs, url = Path(sys.executable).parent, f"https://localhost:{first + 9}"
    commands = (
        [programs / "traefik", f"--configfile={site.prefix}/var/lib/cohort/proxy/traefik.toml"],
        [programs / "jupyterhub", "--config", config],
    )
    log = site.prefix / "hub.log"
    with log.open("w") as out:
        where = {"env": environment, "cwd": site.prefix, "stdout": out, "stderr": out}
        running = [psutil.Popen(seen_by_all(command), **where) for command in commands]
        try:
            browser = Browser(url)
            latest = time.monotonic() + 150
            # 403: there is a service, and it knows nobody yet.
            while not all(browser.get(f"{url}/{path}")[0] in (200, 403) for path in ("hub/health", *up)):
                assert all(process.poll() is None for process in running) and time.monotonic() < latest, log.read_text()
                time.sleep(0.25)
            yield url
        finally:
            _end(running, site)


def _end(running: list[psutil.Popen], site: Site) -> None:
    accounts = [entry.pw_name for entry in pwd.getpwall() if entry.pw_dir.startswith(f"{site.prefix}/")]
    for act in (psutil.Process.terminate, psutil.Process.kill):
        # The hub leaves students' servers running, as on a server.
        left = [each for each in psutil.process_iter(["username"]) if each.info["username"] in accounts]
        for each in [*running, *left]:
            with suppress(psutil.NoSuchProcess):
                act(each)
        psutil.wait_procs([*running, *left], timeout=10)


class Browser:
    """One person's browser: cookies, redirects, and the token against forged requests."""

    def __init__(self, url: str) -> None:
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE  # the certificate was made by the test
        self.url, self.cookies = url, CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self.cookies)
        self.handlers = (urllib.request.HTTPSHandler(context=trusting), cookies)
        self.opener = urllib.request.build_opener(*self.handlers)

    def get(self, url: str, form: dict[str, str] | None = None, method: str | None = None) -> tuple[int, str, str]:
        """Status, address after redirects, and text."""
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(url, data, method=method)
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.url, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.url, error.read().decode(errors="replace")
        except OSError as error:
            return 0, url, str(error)

    def status(self, url: str) -> int:
        return self.get(url)[0]

    def json(self, url: str, form: dict[str, str] | None = None) -> dict:
        status, _, text = self.get(url, form)
        assert status == 200, text[:2000]
        return loads(text)

    def redirect(self, url: str) -> str:
        """Where an address sends the browser to, which is not followed to another machine."""

        class Stop(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_: object) -> None:
                return None

        opener = urllib.request.build_opener(*self.handlers, Stop())
        try:
            return opener.open(url, timeout=60).url
        except urllib.error.HTTPError as error:
            return error.headers.get("Location", "")

    def xsrf(self, path: str = "/hub/") -> str:
        return next(cookie.value for cookie in self.cookies if cookie.name == "_xsrf" and cookie.path == path)

    def login(self, name: str, password: str) -> int:
        """Log in; 403 where it is refused."""
        self.get(f"{self.url}/hub/login")
        form = {"username": name, "password": password, "_xsrf": self.xsrf()}
        # The first page after a login starts a server; ask for another one.
        status, _, text = self.get(f"{self.url}/hub/login?next=%2Fhub%2Ftoken", form)
        return 403 if re.search("Invalid username or password", text) else status

    def start_server(self, name: str) -> str:
        """Start this person's server, as the page does; returns its address once it answers."""
        self.get(f"{self.url}/hub/spawn/{name}")
        server = f"{self.url}/user/{name}"
        for _ in range(120):
            status, url, _ = self.get(f"{server}/lab")
            if status == 200 and url.startswith(f"{server}/lab"):
                return server
            time.sleep(0.5)
        raise AssertionError(f"the server of {name} did not start")

    def assignments(self, server: str, course: str, action: str = "") -> list[dict]:
        """What *Assignment List* shows of `tiny` in a person's server, after it fetched or submitted."""
        self.get(f"{server}/lab")
        form = {"course_id": course, "assignment_id": "tiny", "_xsrf": self.xsrf(f"{urlsplit(server).path}/")}
        if not action:
            return self.json(f"{server}/assignments?course_id={course}")["value"]
        answer = self.json(f"{server}/assignments/{action}", form)
        assert answer["success"], answer
        return answer["value"]


def servers_of(*accounts: str) -> list[int]:
    """The processes that the hub runs as these accounts."""
    return [each.pid for each in psutil.process_iter(["username"]) if each.info["username"] in accounts]


def terminal(account: str) -> dict[str, str]:
    """The environment of the server that the hub runs as `account`: what a terminal there has."""
    return psutil.Process(servers_of(account)[0]).environ()
