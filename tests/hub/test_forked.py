"""Servers forked from a warm process: whose they are, what they share, and what happens when something ends."""

from __future__ import annotations

import asyncio
import os
import pwd
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from forked_hub import FORKED, SECRET, ForkedHub, memory
from server_site import as_account

sys.path.append(str(FORKED))
from forked_spawner import ForkedSpawner, SimpleForkedSpawner, began

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a warm process needs Linux")


def can_be_accounts() -> bool:
    """Whether accounts can be made here, and can read this Python and this tree."""
    if os.geteuid() != 0:
        return False
    command = as_account("nobody", [sys.executable, "-c", "import cohort"])
    return subprocess.run(command, cwd="/", capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def hub() -> Iterator[ForkedHub]:
    """A hub with two students' servers; they are accounts of the machine where that can be."""
    accounts, mark = can_be_accounts(), secrets.token_hex(3)
    users = [f"{name}-{mark}" for name in ("ada", "bob", "chi")]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # every account gets to its home through it
        made = ForkedHub(folder, users, accounts)
        try:
            for user in users if accounts else []:
                home = folder / "homes" / user
                subprocess.run(["useradd", "--no-create-home", "--home-dir", home, user], check=True)
            for user in users:
                made.move_in(user)
            made.start()
            for user in users[:2]:
                made.begin(user)
            yield made
        finally:
            made.end()
            for user in users if accounts else []:
                subprocess.run(["userdel", "--force", user], capture_output=True, check=False)


@pytest.fixture(scope="module")
def two(hub: ForkedHub) -> list[dict]:
    """What both servers say about themselves."""
    return [hub.says(user) for user in hub.users[:2]]


def test_a_server_is_its_student_s_account_and_can_gain_no_rights(hub, two):
    if not hub.accounts:
        pytest.skip("accounts can be made by root only, and must be able to read this Python")
    for user, says in zip(hub.users, two, strict=False):
        account = pwd.getpwnam(user)
        assert says["uids"] == [account.pw_uid] * 3
        assert says["gids"] == [account.pw_gid] * 3
        assert says["groups"] == os.getgrouplist(user, account.pw_gid)
    status = Path(f"/proc/{hub.servers[0].pid}/status").read_text()
    assert "CapEff:\t0000000000000000\n" in status and "CapPrm:\t0000000000000000\n" in status
    assert "NoNewPrivs:\t1\n" in status


def test_environment_folder_and_arguments_are_the_student_s(hub, two):
    for user, says in zip(hub.users, two, strict=False):
        home = str(hub.home(user))
        assert says["environment"]["HOME"] == says["folder"] == home
        assert says["environment"]["JUPYTERHUB_USER"] == says["environment"]["USER"] == user
        assert "HUB_SECRET" not in says["environment"]
        assert all(path.startswith(home) for path in says["paths"])
        assert says["temporary"] == "/var/tmp"
        assert says["zone"][0] == "IST"
        assert says["argv"][0] == "jupyterhub-singleuser"
    tokens = {says["environment"]["JUPYTERHUB_API_TOKEN"] for says in two}
    assert len(tokens) == 2


def test_only_the_trash_and_nbconvert_s_templates_are_looked_for_in_the_warm_process_s_home(two):
    for says in two:
        assert {Path(path).name for path in says["kept"]} <= {"Trash", "templates"}, says["kept"]


def test_each_server_draws_its_own_numbers(two):
    ada, bob = (says["chance"] for says in two)
    assert all(one != other for one, other in zip(ada, bob, strict=True))
    assert not any(says["numpy"] for says in two)


def test_no_secret_is_in_the_memory_of_another_s_server(hub, two):
    """A token there would open another student's server."""
    tokens = [says["environment"]["JUPYTERHUB_API_TOKEN"].encode() for says in two]
    ada, bob, warm = (memory(each) for each in (*hub.servers[:2], hub.warm()))
    assert tokens[0] in ada and tokens[1] in bob  # so this looks where secrets are
    assert tokens[0] not in bob and tokens[1] not in ada
    assert not any(secret in warm for secret in (*tokens, SECRET.encode()))
    assert SECRET.encode() not in ada


def test_the_warm_process_has_one_thread_and_no_file_but_its_own(hub, two):
    warm = hub.warm()
    assert warm.num_threads() == 1
    held = {file.readlink().name.partition(":")[0] for file in Path(f"/proc/{warm.pid}/fd").iterdir()}
    assert held == {"null", hub.log.name, "socket"}
    assert len(list(Path(f"/proc/{warm.pid}/fd").iterdir())) == 4


def test_session_limits_mask_and_signals_are_as_those_of_an_ordinary_server(hub, two):
    assert all(says["leads"] for says in two)
    server, own = (Path(f"/proc/{each.pid}") for each in (hub.servers[0], hub.process))
    assert (server / "limits").read_text() == (own / "limits").read_text()
    about, hub_s = (dict(line.split(":", 1) for line in (each / "status").open()) for each in (server, own))
    assert (about["Umask"], about["SigIgn"]) == (hub_s["Umask"], hub_s["SigIgn"])


def test_a_second_thread_is_refused():
    code = "import sys, threading, time; sys.path.append(sys.argv[1]); import warm_server; warm_server.MODULES = ()\n"
    code += "threading.Thread(target=time.sleep, args=(30,), daemon=True).start(); warm_server.warm()"
    done = subprocess.run([sys.executable, "-c", code, FORKED], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "error: the warm process has 2 threads, and can be forked with one only\n"


def test_limits_and_other_programs_are_refused():
    for given, message in (
        ({"mem_limit": "1G"}, "a forked server has no limits"),
        ({"cpu_limit": 1.0}, "a forked server has no limits"),
        ({"cmd": ["jupyter-lab"]}, "only jupyterhub-singleuser can be forked"),
        ({"popen_kwargs": {"umask": 0}}, "only jupyterhub-singleuser can be forked"),
    ):
        with pytest.raises(RuntimeError, match=message):
            asyncio.run(ForkedSpawner(**given).start())


def test_a_number_that_another_process_has_by_now_is_not_the_server(tmp_path):
    with psutil.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        spawner = SimpleForkedSpawner()
        spawner.load_state({"pid": other.pid, "began": began(other.pid) - 1})
        assert asyncio.run(spawner.poll()) == 0
        asyncio.run(spawner.stop(now=True))
        assert other.poll() is None
        spawner.load_state({"pid": other.pid, "began": began(other.pid)})
        assert asyncio.run(spawner.poll()) is None
        asyncio.run(spawner.stop(now=True))
        assert other.wait(10) == -signal.SIGTERM


def test_a_crash_of_the_warm_process_ends_no_server_and_the_next_start_makes_a_new_one(hub):
    before = hub.warm()
    before.kill()
    third = hub.begin(hub.users[2])
    assert hub.warm() != before
    assert all(server.is_running() for server in hub.servers)
    hub.ask("DELETE", f"/users/{hub.users[2]}/server")
    third.wait(30)


def test_a_hub_that_is_started_anew_finds_its_servers_and_can_end_them(hub):
    warm = hub.warm()
    hub.stop()
    warm.wait(10)
    assert all(server.is_running() for server in hub.servers[:2])
    hub.start()
    for user, server in zip(hub.users, hub.servers[:2], strict=False):
        assert hub.wait(lambda user=user: hub.pid(user)) == server.pid
        hub.ask("DELETE", f"/users/{user}/server")
        server.wait(30)
