"""Bad input of hub/server: one clear line each, and nothing half-started."""

from __future__ import annotations

import random
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import server_site
from server_site import SCRIPTS, Site

pytestmark = pytest.mark.skipif(bool(server_site.why_not()), reason=server_site.why_not() or "not needed")

SETTINGS = {
    "COHORT=demo": "COHORT is demo",
    "COHORT=change-me": "COHORT is change-me",
    "COHORT=Ada Lab": "without spaces",
    "LOGIN=ldap": "LOGIN is ldap",
    "LOGIN=lti": "LTI_ISSUER is empty",
    "EXCHANGE=cloud": "EXCHANGE is cloud",
    "TLS_EMAIL=": "give TLS_EMAIL",
    "TLS_KEY=/nowhere": "TLS_CERTIFICATE is empty",
}


def says_one_line(done: subprocess.CompletedProcess[str], words: str) -> None:
    """Whether a program failed with one line that has these words."""
    assert done.returncode != 0 and words in done.stderr and done.stderr.count("\n") == 1, done.stdout + done.stderr


@pytest.mark.parametrize(("line", "says"), SETTINGS.items(), ids=SETTINGS)
def test_bad_setting_changes_nothing(line, says, tmp_path):
    bad = Site(tmp_path, tmp_path)
    key, _, text = line.partition("=")
    bad.write_settings(**{key: text})
    says_one_line(bad.script("people.sh", "roster.csv"), says)
    assert [path.name for path in tmp_path.iterdir()] == ["etc"]


ROSTERS = {
    "capital": ("name,role\nAda,student\n", "line 2: the name 'Ada'"),
    "role": ("name,role\nada,boss\n", "line 2: 'boss'"),
    "root": ("name,role\nroot,student\n", "line 2: root is an account or group of this machine"),
    "group": ("name,role\nada,student\nsudo,student\n", "line 3: sudo is an account or group of this machine"),
    "twice": ("name,role\nada,student\nada,instructor\n", "line 3: ada stands in it twice"),
    "no first line": ("ada,student\n", "line 1: write name,role"),
    "saved by a spreadsheet": ("\ufeffname,role\r\nAda,student\r\n", "line 2: the name 'Ada'"),
    "nobody": ("name,role\n", "nobody stands in it"),
}


@pytest.mark.parametrize(("text", "says"), ROSTERS.values(), ids=ROSTERS)
def test_bad_roster_makes_no_account(text, says, tmp_path):
    site = Site(tmp_path, tmp_path)
    site.write_settings()
    before = Path("/etc/passwd").read_text()
    roster = tmp_path / "roster.csv"
    roster.write_text(text)
    says_one_line(site.script("people.sh", roster), says)
    assert Path("/etc/passwd").read_text() == before


@pytest.mark.parametrize("option", ["--password", "--lock"])
@pytest.mark.parametrize("name", ["root", "no-such-person"])
def test_account_that_is_not_of_the_cohort_is_not_touched(option, name, tmp_path):
    site = Site(tmp_path, tmp_path)
    site.write_settings()
    before = Path("/etc/shadow").read_text()
    says_one_line(site.script("people.sh", option, name), f"{name} is not of this cohort")
    assert Path("/etc/shadow").read_text() == before


def test_roster_is_not_read_where_a_platform_sends_people(tmp_path):
    site = Site(tmp_path, tmp_path)
    names = ("ISSUER", "CLIENT_ID", "AUTHORIZE_URL", "JWKS_URL", "CONTEXT")
    site.write_settings(LOGIN="lti", **{f"LTI_{name}": "x" for name in names})
    says_one_line(site.script("people.sh", "roster.csv"), "the learning platform sends people")


@pytest.mark.parametrize("script", ["backup.sh", "restore.sh"])
def test_scripts_without_postgresql_change_nothing(script, tmp_path):
    site = Site(tmp_path, tmp_path)
    site.write_settings()
    says_one_line(site.script(script, tmp_path), f"PostgreSQL does not answer at {tmp_path}")
    assert [path.name for path in tmp_path.iterdir()] == ["etc"]


def test_port_of_another_program_is_named_before_anything_is_done(tmp_path):
    site = Site(tmp_path, tmp_path)
    site.write_settings()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = site.bash(f"export HTTP_ADDRESS=127.0.0.1:{port}", "check_ports")
    says_one_line(done, f"another program has port {port}")


def test_missing_proxy_is_named(tmp_path):
    site = Site(tmp_path, tmp_path)
    site.write_settings()
    says_one_line(site.bash("make_proxy"), "opt/cohort/venv/bin/traefik is missing")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A server without a course and without people."""
    with ExitStack() as stack:
        socket_folder = stack.enter_context(server_site.postgresql())
        made = Site(stack.enter_context(server_site.folder()), socket_folder)
        stack.callback(made.remove_accounts)
        made.write_settings()
        made.functions("make_accounts", "make_folders", "make_databases")
        yield made


def test_backup_on_a_full_disk_leaves_nothing(site):
    (site.course / "data.bin").write_bytes(random.randbytes(2_000_000))
    full = f"mount -t tmpfs -o size=1m tmpfs {site.prefix}/var/backups/cohort; bash {SCRIPTS}/backup.sh"
    after = f"code=$?; ls -A {site.prefix}/var/backups/cohort; exit $code"
    command = ["unshare", "--mount", "--propagation", "private", "bash", "-c", f"{full}; {after}"]
    done = subprocess.run(command, env=site.environment(), capture_output=True, text=True)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.splitlines()[-1].startswith("error: ") and "No space left on device" in done.stderr


@pytest.mark.parametrize(
    ("settings", "says"), [({"COHORT": "other"}, "no database of other"), ({"LOGIN": ""}, "LOGIN is")]
)
def test_hub_with_a_setting_that_setup_has_not_seen_ends_at_once(site, settings, says):
    jupyterhub = [Path(sys.executable).parent / "jupyterhub", "--config", SCRIPTS / "jupyterhub_config.py"]
    values = server_site.SETTINGS | {"COHORT": site.cohort} | settings
    done = subprocess.run(jupyterhub, env=site.environment() | values, cwd=site.prefix, capture_output=True, text=True)
    says_one_line(done, says)


def test_units_are_valid(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    for unit in (SCRIPTS / "systemd").iterdir():
        # The programs of a server are not here; what else the unit says is read.
        text = re.sub("^ExecStart=/opt", "ExecStart=/bin/true /opt", unit.read_text(), flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text)
    units = sorted(str(path) for path in tmp_path.iterdir())
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    complaints = [line for line in done.stderr.splitlines() if "cohort-" in line]
    assert not complaints
