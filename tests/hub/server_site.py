"""A server as hub/server sets it up, below a folder of the tests' own, with real accounts that are removed after."""

from __future__ import annotations

import json
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from postgres import _as_user, _programs

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "hub" / "server"

SETTINGS = {
    "HUB_NAME": "localhost",
    "TLS_EMAIL": "nobody@example.org",
    "LOGIN": "pam",
    "EXCHANGE": "folder",
    "MEMORY": "1G",
    "CPU": "1",
    "TASKS": "256",
    "IDLE": "3600",
}


TABLES = "select count(*) from pg_tables where schemaname = 'public'"


def why_not() -> str:
    """Why no server can be laid out here, or nothing."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "accounts can be made by root on Linux only"
    if missing := [
        name for name in ("useradd", "runuser", "setpriv", "unshare", "openssl", "zstd") if not shutil.which(name)
    ]:
        return f"not installed: {', '.join(missing)}"
    if _programs() is None:
        return "PostgreSQL is not installed: on Debian, apt-get install postgresql"
    if "postgres" not in {entry.pw_name for entry in pwd.getpwall()}:
        return "there is no account postgres"
    nobody = as_account("nobody", [sys.executable, "-c", "import cohort"])
    done = subprocess.run(nobody, cwd="/", capture_output=True, check=False)
    return "other accounts cannot read this Python or this tree" if done.returncode else ""


# Python may lie below root's home, where no other account gets. Then a command runs in a mount namespace of its own, in
# which only what is needed of that home is there, for all to read.
VIEW = """\
set -e; closed=$1; shift; kept=$(mktemp -d); count=0; paths=()
while [ "$1" != -- ]; do
  paths+=("$1"); mkdir "$kept/$count"; mount --bind "$1" "$kept/$count"; count=$((count + 1)); shift
done
mount -t tmpfs -o mode=755 tmpfs "$closed"
for number in "${!paths[@]}"; do
  mkdir -p "${paths[$number]}"; mount --bind "$kept/$number" "${paths[$number]}"; umount "$kept/$number"
done
rm -r "$kept"; shift; exec "$@"
"""


def seen_by_all(command: list[object]) -> list[str]:
    """The command as root, run where every account can read this Python and this tree."""
    needed = [Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), ROOT]
    ways = {
        path: next((each for each in reversed(path.parents) if not each.stat().st_mode & 1), None) for path in needed
    }
    closed = sorted({each for each in ways.values() if each})
    if not closed:
        return [*map(str, command)]
    view = [closed[0], *(path for path in needed if ways[path] == closed[0]), "--"]
    return [*map(str, ["unshare", "--mount", "--propagation", "private", "bash", "-c", VIEW, "view", *view, *command])]


def as_account(name: str, command: list[object]) -> list[str]:
    """The command as another account, with all of its groups."""
    account = pwd.getpwnam(name)
    rights = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--init-groups", "--inh-caps=-all"]
    return seen_by_all([*rights, *command])


@dataclass(frozen=True)
class Site:
    """One server: its folder, its settings, and the names of its accounts."""

    prefix: Path
    socket: Path
    mark: str = field(default_factory=lambda: secrets.token_hex(3))

    @property
    def cohort(self) -> str:
        return f"t{self.mark}"

    @property
    def grader(self) -> str:
        return f"grader-{self.mark}"

    @property
    def exchanger(self) -> str:
        """The account of the exchange service."""
        return f"exchange-{self.mark}"

    @property
    def course(self) -> Path:
        return self.prefix / "srv/cohort/course"

    @property
    def state(self) -> Path:
        return self.prefix / "var/lib/cohort"

    @property
    def exchange(self) -> Path:
        """The folder of nbgrader's own exchange."""
        return self.prefix / "srv/cohort/exchange" / self.cohort

    def person(self, name: str) -> str:
        """The account of `name`, which no other test and no user of this machine has."""
        return f"{name}-{self.mark}"

    def home(self, name: str) -> Path:
        return self.prefix / "home" / self.person(name)

    def environment(self) -> dict[str, str]:
        """What the scripts read; on a server only the first three lines are there."""
        system = f"{Path(sys.executable).parent}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        return {"PATH": system, "LANG": "C.UTF-8", "HOME": "/root"} | {
            "PREFIX": str(self.prefix),
            "PGHOST": str(self.socket),
            "GRADER": self.grader,
            "EXCHANGE_ACCOUNT": self.exchanger,
            "ADMINS": f"admins-{self.mark}",
        }

    def write_settings(self, **settings: str) -> None:
        path = self.prefix / "etc/cohort/server.env"
        path.parent.mkdir(parents=True, exist_ok=True)
        values = {"COHORT": self.cohort} | SETTINGS | settings
        path.write_text("".join(f"{key}={text}\n" for key, text in values.items()))

    def script(self, name: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run a script of hub/server as root."""
        command = seen_by_all(["bash", SCRIPTS / name, *arguments])
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, timeout=120)

    def bash(self, *names: str) -> subprocess.CompletedProcess[str]:
        """Run functions of setup.sh one after another, as its own main does."""
        text = f"set -euo pipefail; . {SCRIPTS}/setup.sh; read_settings; {'; '.join(names)}"
        command = ["bash", "-c", text]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, timeout=120)

    def functions(self, *names: str) -> None:
        """The same, and they must succeed."""
        done = self.bash(*names)
        assert done.returncode == 0, done.stdout + done.stderr

    def run_as(
        self, name: str, *command: object, cwd: Path | None = None, more: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as an account of the server, with what the hub gives to its servers, and `more`."""
        account = pwd.getpwnam(name)
        role = "grader" if name == self.grader else "student"
        environment = self.environment() | {
            "HOME": account.pw_dir,
            "USER": name,
            "COHORT": self.cohort,
            "COHORT_DATA": str(self.prefix / "srv/cohort/data"),
            "COHORT_EXCHANGE": str(self.exchange.parent),
            "JUPYTER_CONFIG_PATH": str(self.prefix / "opt/cohort/jupyter" / role),
            **(more or {}),
        }
        return subprocess.run(
            as_account(name, list(command)),
            umask=0o022,
            env=environment,
            cwd=cwd or account.pw_dir,
            capture_output=True,
            text=True,
            timeout=180,
        )

    def course_does(self, *arguments: object, more: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run ``cohort`` as the grader does."""
        return self.run_as(self.grader, sys.executable, "-m", "cohort.cli", *arguments, cwd=self.course, more=more)

    def points(self, more: dict[str, str] | None = None) -> dict[str, float | None]:
        """Collect and grade; the points of each student, None for a submission that cannot be graded."""
        done = self.course_does("grade", "tiny", "--json", "--workers", "1", more=more)
        report = json.loads(done.stdout or "{}")
        assert "submissions" in report, done.stderr
        scores = {each["student"].removesuffix(f"-{self.mark}"): each["score"] for each in report["submissions"]}
        return {name: score and score["points"] for name, score in scores.items()}

    def must_do(self, *arguments: object, more: dict[str, str] | None = None) -> None:
        """Run ``cohort`` as the grader does, which must succeed."""
        done = self.course_does(*arguments, more=more)
        assert done.returncode == 0, done.stdout + done.stderr

    def nbgrader(self, name: str, *arguments: object) -> None:
        """Run ``nbgrader`` as a student does."""
        done = self.run_as(self.person(name), sys.executable, "-m", "nbgrader", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr

    def hand_in(self, name: str, answer: str) -> None:
        """Fetch, answer and submit as a student does, with one start of nbgrader."""
        done = self.run_as(self.person(name), sys.executable, "-c", HAND_IN, answer)
        assert done.returncode == 0, done.stdout + done.stderr

    def tried(self, name: str | None, paths: list[Path]) -> dict[str, str]:
        """What comes of reading each path as an account, or as root without one: the content's length, or the error."""
        command = [sys.executable, "-c", TRY, json.dumps([str(path) for path in paths])]
        done = self.run_as(name, *command) if name else subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def sql(self, name: str, database: str, role: str, ask: str = TABLES) -> subprocess.CompletedProcess[str]:
        """Ask a database as an account that says that it is `role`."""
        return self.run_as(name, "psql", "-h", self.socket, "-U", role, "-d", database, "-Atc", ask, cwd=Path("/"))

    def lay_out(self, course: Path) -> None:
        """Everything that setup.sh does before it starts units, with the programs that are here."""
        programs = self.prefix / "opt/cohort"
        programs.mkdir(parents=True)
        (programs / "checkout").symlink_to(ROOT)
        (programs / "venv").symlink_to(sys.prefix)
        self.functions("make_accounts", "make_folders", "make_databases", "make_roles")
        shutil.copytree(course, self.course, dirs_exist_ok=True)
        subprocess.run(["chown", "-R", f"{self.grader}:{self.grader}", self.course], check=True)
        self.functions("make_cohort", "make_proxy")

    def enrol(self, **people: str) -> None:
        """Make accounts through a roster: ``ada="student"``."""
        roster = self.prefix / "roster.csv"
        roster.write_text("name,role\n" + "".join(f"{self.person(name)},{role}\n" for name, role in people.items()))
        done = self.script("people.sh", roster)
        assert done.returncode == 0, done.stderr

    def password(self, name: str) -> str:
        rows = (self.state / "passwords.csv").read_text().splitlines()
        return dict(row.split(",", 1) for row in rows)[self.person(name)]

    def remove_accounts(self) -> None:
        """Remove every account and group that this server made."""
        for entry in pwd.getpwall():
            if entry.pw_name.endswith(f"-{self.mark}") or entry.pw_dir.startswith(f"{self.prefix}/"):
                subprocess.run(["userdel", "--force", entry.pw_name], capture_output=True, check=False)
        for group in (f"nbgrader-{self.cohort}", f"formgrade-{self.cohort}", f"admins-{self.mark}"):
            subprocess.run(["groupdel", group], capture_output=True, check=False)


HAND_IN = """\
import sys
from pathlib import Path
from nbgrader.apps import FetchAssignmentApp, SubmitApp

FetchAssignmentApp.launch_instance(["tiny"])
FetchAssignmentApp.clear_instance()
notebook = Path("tiny/tiny.ipynb")
notebook.write_text(notebook.read_text().replace("raise NotImplementedError()", sys.argv[1]))
SubmitApp.launch_instance(["tiny"])
"""

TRY = """\
import json, os, sys

def read(path):
    try:
        if os.path.isdir(path):
            return f"lists {len(os.listdir(path))}"
        with open(path, "rb") as file:
            return f"reads {len(file.read())}"
    except OSError as error:
        return type(error).__name__

print(json.dumps({path: read(path) for path in json.loads(sys.argv[1])}))
"""


@contextmanager
def folder() -> Iterator[Path]:
    """A new folder that every account may pass through, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="cohort-server-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def postgresql() -> Iterator[Path]:
    """The folder with the socket of a PostgreSQL that knows accounts by their socket, as Debian's does."""
    programs = _programs()
    with folder() as home:
        as_user = _as_user(home)

        def run(program: str, *arguments: object) -> None:
            with (home / "programs.log").open("ab") as log:
                command = [programs / program, *map(str, arguments)]
                subprocess.run(command, check=True, stdout=log, stderr=log, **as_user)

        data = home / "data"
        run("initdb", "-D", data, "-U", "postgres", "--auth=peer", "--no-sync", "-E", "UTF8")
        settings = {"fsync": "off", "listen_addresses": "", "unix_socket_directories": home}
        (data / "postgresql.auto.conf").write_text("".join(f"{name} = '{text}'\n" for name, text in settings.items()))
        run("pg_ctl", "-D", data, "-l", home / "server.log", "-w", "start")
        try:
            yield home
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
