"""A PostgreSQL of the tests' own, on a free port of 127.0.0.1; say ``pytest_plugins = ["postgres"]`` to use it."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

SETTINGS = {"fsync": "off", "shared_buffers": "16MB", "unix_socket_directories": "", "listen_addresses": "127.0.0.1"}


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The SQLAlchemy URL of a running server, to which the name of a database is added."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: on Debian, apt-get install postgresql")
    # Not pytest's own folder: the server runs as another user, who may not look into that one.
    folder = Path(tempfile.mkdtemp(prefix="cohort-postgres-"))
    as_user = _as_user(folder)

    def run(program: str, *arguments: object) -> None:
        # The server keeps its standard output open, so a pipe would never end.
        with (folder / "programs.log").open("ab") as log:
            subprocess.run([programs / program, *map(str, arguments)], check=True, stdout=log, stderr=log, **as_user)

    password, port = "open-sesame", _free_port()
    (folder / "password").write_text(password)
    try:
        secret = f"--pwfile={folder / 'password'}"
        run("initdb", "-D", folder / "data", "-U", "grader", secret, "--auth=scram-sha-256", "--no-sync", "-E", "UTF8")
        settings = "".join(f"{name} = '{value}'\n" for name, value in {**SETTINGS, "port": port}.items())
        (folder / "data" / "postgresql.auto.conf").write_text(settings)
        run("pg_ctl", "-D", folder / "data", "-l", folder / "server.log", "-w", "start")
        try:
            yield f"postgresql+psycopg://grader:{password}@127.0.0.1:{port}/"
        finally:
            run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(postgres: str, request: pytest.FixtureRequest) -> str:
    """The SQLAlchemy URL of a new, empty database for one test."""
    name = f"test_{abs(hash(request.node.nodeid))}"
    server = make_url(postgres + "postgres").set(drivername="postgresql")
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres + name


def _programs() -> Path | None:
    """The folder with initdb and pg_ctl; Debian keeps them out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    program = found[0] if found else shutil.which("initdb")
    return Path(program).parent if program else None


def _as_user(folder: Path) -> dict[str, object]:
    """How to start the server, which refuses to run as root: as `postgres`, where Debian's package made that user."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": folder}


def _free_port() -> int:
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]
