"""Runs a JupyterHub for the demo cohort on this machine, for as long as the command runs."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil

from cohort import tree
from cohort.course import cohort_folder, load_cohort, load_course
from cohort.errors import CourseError, must_exist
from cohort.files import whole_file

STUDENTS = ("ada", "bob", "chi")
INSTRUCTOR = "instructor"

PORT = 8000
# Seconds that the hub may take to start, and to end what it started.
START, END = 60, 15
# In the environment of every process that the hub starts, with the hub's folder: so they are found again.
MARK = "COHORT_HUB"


def folder() -> Path:
    """Where all that the hub writes lies: homes, passwords and its log."""
    return (cohort_folder() / "_build" / "hub").resolve()


def passwords() -> dict[str, str]:
    """Each user's password: made at the first start, then kept in a file that only you can read.

    Raises
    ------
    CourseError
        If the file is damaged.
    """
    path = folder() / "passwords.json"
    if not path.exists():
        made = {user: secrets.token_hex(8) for user in (INSTRUCTOR, *STUDENTS)}
        with whole_file(path) as beside:
            beside.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
        path.chmod(0o600)
    with suppress(ValueError):  # no JSON, or no UTF-8
        kept = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(kept, dict) and all(isinstance(kept.get(user), str) for user in (INSTRUCTOR, *STUDENTS)):
            return kept
    raise CourseError(f"{path}: this does not hold a password for each user: delete it, and new ones are made")


def waiting() -> Iterator[str]:
    """Release and hand out each module that is not handed out yet; yields each when students can fetch it."""
    outbound = cohort_folder() / ".exchange" / load_cohort().id / "outbound"
    for module in load_course().modules:
        if not (outbound / module.name).exists() or not (cohort_folder() / "gradebook.db").exists():
            # nbgrader takes seconds to import, and most starts do without.
            from cohort import exchange
            from cohort.release import release

            release(module.name)
            exchange.hand_out(module.name)
        yield module.name


@contextmanager
def running(port: int | None = None) -> Iterator[tuple[str, subprocess.Popen]]:
    """A hub that is up: its address and its process. All that it started ends with the block.

    Parameters
    ----------
    port : int, optional
        Of 127.0.0.1. Without it 8000, or another where that is in use.

    Raises
    ------
    CourseError
        If it cannot start: a hub of this course runs already, the port is in use, a program is missing,
        or JupyterHub itself says why. Nothing is left running then.
    """
    _programs()
    folder().mkdir(parents=True, exist_ok=True)
    folder().chmod(0o700)
    with _alone():
        _end()  # what an unclean stop left
        passwords()
        port = _free_port(port)
        for name in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, _interrupt)
        hub = None
        try:
            hub = _start(port)
            _wait_until_up(hub, port)
            yield f"http://127.0.0.1:{port}", hub
        finally:
            for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(name, signal.SIG_IGN)
            _end(hub)


def wait(hub: subprocess.Popen) -> None:
    """Return never while the hub runs.

    Raises
    ------
    CourseError
        When it ended by itself.
    """
    hub.wait()
    raise CourseError(f"the hub ended by itself: {_reason()} (the whole of it is in {_log()})")


def _programs() -> None:
    """Refuse to begin without JupyterHub and its proxy."""
    for program in ("jupyterhub", "jupyterhub-singleuser", "traefik"):
        if not shutil.which(program, path=_path()):
            raise CourseError(f"the program {program} is not installed: run `make setup-hub`")


def _path() -> str:
    """The search path with this environment's own programs first."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


@contextmanager
def _alone() -> Iterator[None]:
    """Let one hub of this course run at a time. The lock ends with this process, however that ends."""
    with (folder() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CourseError("a hub of this course runs already: stop it with Ctrl-C where it was started") from error
        yield


def _free_port(wanted: int | None) -> int:
    """The wanted port; without one 8000, or any that is free."""
    with closing(socket.socket()) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the proxy does
        try:
            listening.bind(("127.0.0.1", wanted or PORT))
        except OSError as error:
            if wanted:
                raise CourseError(f"port {wanted}: {error.strerror}: choose another with --port") from error
            listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def _start(port: int) -> subprocess.Popen:
    config = must_exist(tree.root() / "hub" / "local" / "jupyterhub_config.py", "restore it")
    run = folder() / "run"
    shutil.rmtree(run, ignore_errors=True)  # the proxy would read its old files, with an old password
    run.mkdir()
    room = run / "room"
    room.write_bytes(bytes(2**20))  # a full disk shows here, before anything is started
    room.unlink()
    environment = {**os.environ, MARK: str(folder()), "COHORT_ROOT": str(tree.root().resolve()), "PATH": _path()}
    with _log().open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "--config", config, f"--JupyterHub.bind_url=http://127.0.0.1:{port}"],
            cwd=run,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for this process, which ends the hub
        )


def _wait_until_up(hub: subprocess.Popen, port: int) -> None:
    until = time.monotonic() + START
    while not _answers(port):
        if hub.poll() is not None:
            raise CourseError(f"the hub could not start: {_reason()} (the whole of it is in {_log()})")
        if time.monotonic() > until:
            raise CourseError(f"the hub was not up after {START} s: {_log()} may say why")
        time.sleep(0.1)
    if not _listens(port):
        raise CourseError(f"port {port}: another hub took it meanwhile: start again")


def _answers(port: int) -> bool:
    """Whether the hub answers, through its proxy."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=2)) as connection, suppress(OSError, HTTPException):
        connection.request("GET", "/hub/api/")
        return connection.getresponse().status == 200
    return False


def _listens(port: int) -> bool:
    """Whether it is this hub that answers there."""
    for process in _started():
        with suppress(psutil.Error):
            if any(each.status == psutil.CONN_LISTEN and each.laddr.port == port for each in process.net_connections()):
                return True
    return False


def _log() -> Path:
    return folder() / "hub.log"


def _reason() -> str:
    """The last line of the hub's log that says something."""
    lines = _log().read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


def _end(hub: subprocess.Popen | None = None) -> None:
    """End the hub, which ends what it started; then whatever is left."""
    if hub is not None:
        hub.terminate()
        with suppress(subprocess.TimeoutExpired):
            hub.wait(END)
    left = list(_started())
    for process in left:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(left, timeout=END)


def _started() -> Iterator[psutil.Process]:
    """Every process of yours that bears the mark of this hub."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.pid != os.getpid() and process.environ().get(MARK) == str(folder()):
                yield process


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
