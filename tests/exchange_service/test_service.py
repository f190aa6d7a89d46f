"""What the service refuses, to whom, and what is left when it is killed."""

from __future__ import annotations

import secrets
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlsplit

import pytest
import requests
from exchange_hub import GROUPS, answers, free_ports, until
from test_package import BAD, zipped

pytest_plugins = ["exchange_hub"]


@pytest.fixture(scope="module")
def people(machine, packed):
    """A machine for each user; c1 has the assignment `ps`, and ada and bob submitted it. Returns machines and ids."""
    made = {name: machine(name, course) for course in ("c1", "c2") for name in GROUPS[f"nbgrader-{course}"]["users"]}
    made["max"] = machine("max")
    assert made["irene"].ask("PUT", "assignments/c1/ps", data=packed(ps="1")).status_code == 200
    return made


@pytest.fixture(scope="module")
def ids(people, packed):
    """The id of an attempt of ada and of bob."""
    found = {}
    for name in ("ada", "bob"):
        answer = people[name].submit("c1/ps", packed(ps=f"by {name}"))
        assert answer.status_code == 200, answer.text
        found[name] = answer.json()["id"]
    return found


@pytest.mark.parametrize("what", [name for name in BAD if name != "nothing"])
def test_package_that_is_a_trap_is_refused(what, people):
    before = people["ada"].ask("GET", "submissions/c1").json()
    answer = people["ada"].submit("c1/ps", BAD[what])
    assert answer.status_code == 400 and "the package is refused" in answer.json()["error"]
    assert people["ada"].ask("GET", "submissions/c1").json() == before


def test_empty_upload_and_files_of_nbgrader_are_refused(people, packed, tmp_path):
    assert people["ada"].submit("c1/ps", b"").status_code == 400
    for name in ("timestamp.txt", "submission_secret.txt/a"):
        answer = people["ada"].submit("c1/ps", zipped((name, b"2020-01-01 00:00:00 UTC")))
        assert answer.status_code == 400 and "nbgrader writes" in answer.json()["error"]


def test_other_students_attempt_is_as_if_it_were_not_there(people, ids):
    theirs = people["ada"].ask("GET", f"submission/{ids['bob']}")
    nobodys = people["ada"].ask("GET", f"submission/{secrets.token_hex(16)}")
    assert (theirs.status_code, theirs.json()) == (nobodys.status_code, nobodys.json()) == (404, nobodys.json())
    assert people["ada"].ask("GET", f"submission/{ids['bob']}/feedback").status_code == 404
    assert people["ada"].ask("GET", f"submission/{ids['ada']}").content.count(b"by ada") == 1
    assert people["irene"].ask("GET", f"submission/{ids['bob']}").content.count(b"by bob") == 1
    seen = people["ada"].ask("GET", "submissions/c1?student=bob").json()["submissions"]
    assert {one["student"] for one in seen} == {"ada"}


@pytest.mark.parametrize("name", ["tara", "cleo", "max"])
def test_who_is_not_in_the_course_sees_and_changes_nothing(name, people, ids, packed):
    them = people[name]
    assert them.ask("GET", "assignments").json() == {"assignments": []}
    assert them.ask("GET", "assignments/c1/ps").status_code == 403
    assert them.ask("GET", "submissions/c1").status_code == 403
    assert them.ask("GET", f"submission/{ids['ada']}").status_code == 404
    assert them.ask("DELETE", f"submission/{ids['ada']}").status_code == 404
    assert them.submit("c1/ps", packed(ps="1")).status_code == 403
    assert them.ask("PUT", "assignments/c1/new", data=packed(ps="1")).status_code == 403
    feedback = them.ask("PUT", f"submission/{ids['ada']}/feedback?student=ada", data=packed(ps="1"))
    assert feedback.status_code == 404


def test_student_cannot_do_what_instructors_do(people, ids, packed):
    ada = people["ada"]
    assert ada.ask("PUT", "assignments/c1/ps?replace=yes", data=packed(ps="1")).status_code == 403
    assert ada.ask("DELETE", "assignments/c1/ps").status_code == 403
    assert ada.ask("DELETE", f"submission/{ids['ada']}").status_code == 403
    assert ada.ask("PUT", f"submission/{ids['ada']}/feedback?student=ada", data=packed(ps="1")).status_code == 403


def test_feedback_for_one_student_cannot_go_to_another(people, ids, packed):
    page = packed(ps="private")
    answer = people["irene"].ask("PUT", f"submission/{ids['ada']}/feedback?student=bob", data=page)
    assert answer.status_code == 409


@pytest.mark.parametrize("name", ["../evil", ".hidden", "a*", "a+b", "a\nb", "n" * 200])
def test_assignment_with_a_name_that_is_no_folder_is_refused(name, people, packed):
    answer = people["irene"].ask("PUT", f"assignments/c1/{quote(name, safe='')}", data=packed(ps="1"))
    assert answer.status_code in (400, 404)
    assert [one["name"] for one in people["irene"].ask("GET", "assignments").json()["assignments"]].count(name) == 0


def test_token_must_be_known_to_the_hub_and_made_for_the_exchange(hub, people):
    ask = people["ada"].ask
    for token in ("", "made-up", hub.token("ada", scopes=["users:activity!user"])):
        answer = ask("GET", "submissions/c1", headers={"Authorization": f"token {token}"})
        assert answer.status_code == 403, token
    assert requests.get(f"{hub.exchange}/submissions/c1", timeout=20).status_code == 403
    in_address = f"{hub.exchange}/submissions/c1?token={hub.tokens['ada']}"
    assert requests.get(in_address, timeout=20).status_code == 403


def test_service_named_as_the_course_teaches_it_and_cannot_submit(machine, hub, packed, ids):
    grader = machine("grader", JUPYTERHUB_API_TOKEN=f"{hub.secret}c1")
    assert grader.ask("GET", "user").json() == {"name": "service/c1", "takes": ["c1"], "grades": ["c1"]}
    assert grader.ask("GET", f"submission/{ids['ada']}").status_code == 200
    assert grader.submit("c1/ps", packed(ps="1")).status_code == 403
    other = machine("tests", JUPYTERHUB_API_TOKEN=hub.secret)
    assert other.ask("GET", "submissions/c1").status_code == 403


def test_same_attempt_sent_often_at_once_is_one(people, packed):
    package, key = packed(ps="at once"), secrets.token_hex(16)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: people["bob"].submit("c1/ps", package, key), range(16)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    other = people["bob"].submit("c1/ps", packed(ps="other content"), key)
    assert other.status_code == 409
    # The key is the student's own: ada's attempt with the same one is another attempt.
    assert people["ada"].submit("c1/ps", package, key).json()["student"] == "ada"


@pytest.fixture(scope="module")
def direct(machine, outside, packed, hub):
    """Machines that ask the exchange which the tests run; `ps` is released there."""
    them = {}
    for name in ("irene", "ada", "bob"):
        token = hub.token(name, scopes=["access:services!service=outside"])
        them[name] = machine(name, JUPYTERHUB_API_TOKEN=token, COHORT_EXCHANGE_URL=outside.address)
    assert them["irene"].ask("PUT", "assignments/c1/ps", data=packed(ps="1")).status_code == 200
    return them


def attempts(machine) -> list[str]:
    """The ids of the attempts that a user sees."""
    return [one["id"] for one in machine.ask("GET", "submissions/c1").json()["submissions"]]


def begin_upload(machine, package: bytes, sent: int) -> socket.socket:
    """Send the first bytes of an attempt and no more."""
    address = urlsplit(machine.environment["COHORT_EXCHANGE_URL"])
    connection = socket.create_connection((address.hostname, address.port), timeout=20)
    head = (
        f"POST {address.path}/submissions/c1/ps HTTP/1.1\r\nHost: {address.netloc}\r\n"
        f"Authorization: token {machine.environment['JUPYTERHUB_API_TOKEN']}\r\n"
        f"Idempotency-Key: {secrets.token_hex(16)}\r\nContent-Length: {len(package)}\r\n\r\n"
    )
    connection.sendall(head.encode() + package[:sent])
    return connection


def test_upload_cut_short_leaves_nothing(direct, outside, packed):
    incoming, before = outside.folder / "incoming", attempts(direct["ada"])
    connection = begin_upload(direct["ada"], packed(ps="x" * 1_000_000), sent=500_000)
    until(lambda: any(incoming.iterdir()), outside.process)
    connection.close()
    until(lambda: not any(incoming.iterdir()), outside.process)
    assert attempts(direct["ada"]) == before


def test_service_that_is_killed_keeps_what_it_gave_a_receipt_for_and_nothing_half(direct, outside, packed):
    ada, kept = direct["ada"], packed(ps="whole")
    before, key = attempts(ada), secrets.token_hex(16)
    receipt = ada.submit("c1/ps", kept, key).json()
    open_still = begin_upload(ada, packed(ps="x" * 1_000_000), sent=500_000)
    until(lambda: any((outside.folder / "incoming").iterdir()), outside.process)
    outside.kill()
    open_still.close()
    outside.start()
    assert not any((outside.folder / "incoming").iterdir())
    assert attempts(ada) == [*before, receipt["id"]]
    assert ada.ask("GET", f"submission/{receipt['id']}").content == kept
    assert ada.submit("c1/ps", kept, key).json() == receipt
    assert ada.ask("POST", "receipt", json=receipt).json() == {"genuine": True}


@pytest.mark.parametrize("pieces", [False, True], ids=["its length said before", "in pieces of unknown number"])
def test_package_beyond_the_limit_is_refused_and_not_kept(pieces, direct, outside):
    package = (bytes(1_000_000) for _ in range(4)) if pieces else bytes(4_000_000)
    answer = direct["ada"].submit("c1/ps", package)
    assert answer.status_code == 413 and "larger than 3 MB" in answer.json()["error"]
    until(lambda: not any((outside.folder / "incoming").iterdir()), outside.process)


def test_upload_without_end_is_cut_off(direct, outside):
    with pytest.raises(requests.RequestException):
        direct["ada"].submit("c1/ps", (bytes(1_000_000) for _ in range(100))).raise_for_status()
    until(lambda: not any((outside.folder / "incoming").iterdir()), outside.process)


def test_attempts_of_a_student_have_a_limit_together(direct, packed):
    big = [packed(ps=letter * 1_500_000) for letter in "abc"]
    assert [direct["bob"].submit("c1/ps", one).status_code for one in big] == [200, 200, 413]
    assert len(attempts(direct["bob"])) == 2


def test_second_service_in_the_same_folder_refuses_to_start(outside):
    url = f"http://127.0.0.1:{free_ports(1)[0]}"
    command = [sys.executable, "-m", "cohort.exchange_service"]
    environment = outside.environment | {"JUPYTERHUB_SERVICE_URL": url}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "used by another exchange" in done.stderr and "Traceback" not in done.stderr


def test_service_whose_port_is_taken_says_so_in_one_line(outside, tmp_path):
    command = [sys.executable, "-m", "cohort.exchange_service", "--folder", str(tmp_path)]
    done = subprocess.run(command, env=outside.environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "cannot be had: Address already in use" in done.stderr
    assert done.stderr.count("\n") == 1


def test_service_ends_with_the_hub_that_was_killed(outside, tmp_path):
    url = f"http://127.0.0.1:{free_ports(1)[0]}"
    own = {"JUPYTERHUB_SERVICE_URL": url, "COHORT_EXCHANGE_FOLDER": str(tmp_path)}
    start = "import subprocess, sys; subprocess.run([sys.executable, '-m', 'cohort.exchange_service'])"
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    hub = subprocess.Popen([sys.executable, "-c", start], env=outside.environment | own, **pipes)
    until(lambda: answers(f"{url}/services/outside/user"), hub)
    hub.kill()
    hub.wait()
    until(lambda: not answers(f"{url}/services/outside/user"), outside.process)


def test_deleted_attempt_is_gone_with_its_feedback_and_files(direct, outside, packed):
    files = outside.folder / "files"
    before, count = attempts(direct["ada"]), len(list(files.iterdir()))
    id = direct["ada"].submit("c1/ps", packed(ps="1")).json()["id"]
    for page in ("first", "second"):
        put = direct["irene"].ask("PUT", f"submission/{id}/feedback?student=ada", data=packed(ps=page))
        assert put.status_code == 200
    assert len(list(files.iterdir())) == count + 2
    assert direct["irene"].ask("DELETE", f"submission/{id}").status_code == 200
    assert attempts(direct["ada"]) == before
    assert len(list(files.iterdir())) == count
