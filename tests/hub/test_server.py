"""hub/server: who can read what, with real accounts; login, TLS and grading through a real hub; backup and restore."""

from __future__ import annotations

import grp
import hashlib
import json
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests
import server_attacks
import server_site
from server_hub import Browser, certificate, hub, servers_of, terminal
from server_platform import platform
from server_site import Site, as_account

pytestmark = pytest.mark.skipif(bool(server_site.why_not()), reason=server_site.why_not() or "not needed")

ANSWER = {"ada": "return a + b", "bob": "return a * b"}


@pytest.fixture(scope="module")
def course(tiny_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the tiny course, as git would bring them."""
    ignored = shutil.ignore_patterns("release", "gradebook.db*", ".exchange", "submitted", "_build", "audit.jsonl")
    return shutil.copytree(tiny_once, tmp_path_factory.mktemp("server") / "course", ignore=ignored)


@pytest.fixture(scope="module")
def site(course: Path) -> Iterator[Site]:
    """A server with an instructor and two students, whose work is submitted, and a third who attacks the others."""
    with ExitStack() as stack:
        socket = stack.enter_context(server_site.postgresql())
        made = Site(stack.enter_context(server_site.folder()), socket)
        stack.callback(made.remove_accounts)
        made.write_settings(**certificate(made.prefix))
        made.lay_out(course)
        made.enrol(ada="student", bob="student", eve="student", carol="instructor")
        made.must_do("release", "tiny")
        for name, answer in ANSWER.items():
            made.hand_in(name, answer)
        eve, ada, hidden = made.person("eve"), made.person("ada"), made.course / "source/tiny"
        seed = made.course / "cohorts" / made.cohort / "cohort.yml"
        attack = [server_attacks.FOLDER, made.exchange / "inbound", eve, ada, seed, hidden]
        attacked = made.run_as(eve, sys.executable, "-c", *attack)
        assert attacked.stdout == "the names of others are not to be seen\n", attacked.stderr
        yield made


@pytest.fixture(scope="module")
def points(site: Site) -> dict[str, float | None]:
    """What grading as the grader gives; the feedback is handed back."""
    found = site.points()
    site.must_do("feedback", "tiny")
    return found


def secrets_of_others(site: Site) -> dict[str, Path]:
    """What ada must not read, by what it is; every one is there."""
    cohort = site.course / "cohorts" / site.cohort
    bob = site.person("bob")
    return {
        "the home of another": site.home("bob"),
        "the notebook of another": site.home("bob") / "tiny/tiny.ipynb",
        "the cache of another, with the names of submissions": site.home("bob") / ".local/share/jupyter/nbgrader_cache",
        "the home of the instructor": site.home("carol"),
        "the list of submissions": site.exchange / "inbound",
        "the list of feedback": site.exchange / "feedback",
        "the course": site.course,
        "the source with its hidden checks": site.course / "source/tiny/tiny.ipynb",
        "the cohort's file with its seed": cohort / "cohort.yml",
        "a collected submission": cohort / "submitted" / bob / "tiny/tiny.ipynb",
        "a graded submission": cohort / "autograded" / bob / "tiny/tiny.ipynb",
        "the feedback of another": cohort / "feedback" / bob / "tiny/tiny.html",
        "the audit log and all of the cohort": cohort,
        "the settings": site.prefix / "etc/cohort/server.env",
        "the passwords": site.prefix / "var/lib/cohort/passwords.csv",
        "the proxy's password": site.prefix / "var/lib/cohort/proxy/password",
        "the key of the certificate": site.prefix / "var/lib/cohort/proxy/key.pem",
        "the backups": site.prefix / "var/backups/cohort",
    }


def test_students_fetch_submit_and_read_their_own_feedback(site, points):
    site.nbgrader("ada", "fetch_feedback", "tiny")
    (page,) = site.home("ada").glob("tiny/feedback/*/tiny.html")
    assert "<strong>3 of 5 points</strong>" in page.read_text()


def test_forged_submissions_count_for_nobody_and_bring_no_secret_into_the_cohort(site, points):
    assert points == {"ada": 3, "bob": 0, "eve": None}
    cohort = site.course / "cohorts" / site.cohort
    taken = [
        path
        for name in ("submitted", "autograded", "feedback")
        for path in (cohort / name).rglob("*")
        if path.is_file()
    ]
    assert len(taken) > 10
    seed = re.search(r"^seed: (\d+)$", (cohort / "cohort.yml").read_text(), re.MULTILINE)[1]
    for secret in ("total_of_both", f"seed: {seed}", "not theirs"):
        assert [path for path in taken if secret in path.read_text(errors="replace")] == []


def test_grading_runs_as_the_grader_into_postgresql(site, points):
    assert (site.course / "cohorts" / site.cohort / "gradebook.db").exists() is False
    found = site.sql(site.grader, f"gradebook_{site.cohort}", site.grader)
    assert int(found.stdout) > 10, found.stderr


def test_student_cannot_read_what_is_not_theirs(site, points):
    wanted = secrets_of_others(site)
    as_root = site.tried(None, list(wanted.values()))
    missing = [what for what, path in wanted.items() if as_root[str(path)] == "FileNotFoundError"]
    assert not missing, "the test must try what is there"
    as_ada = site.tried(site.person("ada"), list(wanted.values()))
    assert {what: as_ada[str(path)] for what, path in wanted.items()} == dict.fromkeys(wanted, "PermissionError")


def test_instructor_account_reads_no_submission_either(site, points):
    wanted = secrets_of_others(site)
    del wanted["the home of the instructor"]
    as_carol = site.tried(site.person("carol"), list(wanted.values()))
    assert set(as_carol.values()) == {"PermissionError"}


def test_account_outside_the_cohort_does_not_get_into_the_exchange(site):
    done = subprocess.run(as_account("nobody", ["ls", site.exchange]), capture_output=True, text=True)
    assert "Permission denied" in done.stderr


@pytest.mark.parametrize("database", ["gradebook", "hub", "exchange"])
def test_student_cannot_enter_a_database(site, database):
    name = f"{database}_{site.cohort}"
    for role in (site.person("ada"), site.grader, "root", "postgres"):
        refused = site.sql(site.person("ada"), name, role)
        assert refused.returncode != 0
        assert "Peer authentication failed" in refused.stderr or "does not exist" in refused.stderr


@pytest.mark.parametrize("database", ["hub", "exchange"])
def test_grader_cannot_enter_the_database_of_another_part(site, database):
    refused = site.sql(site.grader, f"{database}_{site.cohort}", site.grader)
    assert "permission denied for database" in refused.stderr


def test_student_cannot_touch_a_submission_or_a_release(site):
    (submission,) = (site.exchange / "inbound").glob(f"{site.person('bob')}+tiny+*")
    released = site.exchange / "outbound/tiny/tiny.ipynb"
    # Not even who knows the name of a submission, which is secret, can put another in its place.
    script = """\
import os, sys
for act in (lambda a, b: os.rename(a, a + "-gone"), lambda a, b: os.rmdir(a), lambda a, b: open(b, "a"),
            lambda a, b: os.unlink(b), lambda a, b: os.mkdir(os.path.join(os.path.dirname(os.path.dirname(b)), "x"))):
    try:
        act(*sys.argv[1:])
        print("done")
    except OSError as error:
        print(type(error).__name__)
"""
    done = site.run_as(site.person("ada"), sys.executable, "-c", script, submission, released)
    assert done.stdout.split() == ["PermissionError"] * 5
    assert submission.exists()


@pytest.fixture(scope="class")
def running(site: Site, points: dict) -> Iterator[SimpleNamespace]:
    """The server after its switch to EXCHANGE=service: ada and bob have servers, and carol teaches."""
    services = (f"services/{site.cohort}/api", "services/exchange/user")
    site.write_settings(**certificate(site.prefix), EXCHANGE="service")
    site.functions("make_folders")
    with hub(site, up=services, EXCHANGE="service") as url:
        people = {name: Browser(url) for name in ("ada", "bob", "carol")}
        for name, browser in people.items():
            assert browser.login(site.person(name), site.password(name)) == 200
        servers = {name: people[name].start_server(site.person(name)) for name in ANSWER}
        yield SimpleNamespace(url=url, people=people, servers=servers, grading=terminal(site.grader))


@pytest.fixture(scope="class")
def again(site: Site, running: SimpleNamespace) -> SimpleNamespace:
    """An assignment fetched, submitted with the answers exchanged, attacked, graded, handed back."""
    site.must_do("release", "tiny", more=running.grading)
    for name, answer in zip(ANSWER, reversed(ANSWER.values()), strict=True):
        shutil.rmtree(site.home(name) / "tiny")
        browser, server = running.people[name], running.servers[name]
        (listed,) = browser.assignments(server, site.cohort, "fetch")
        assert listed["status"] == "fetched"
        notebook = site.home(name) / "tiny/tiny.ipynb"
        notebook.write_text(notebook.read_text().replace("raise NotImplementedError()", answer))
        browser.assignments(server, site.cohort, "submit")
    (receipt,) = site.home("ada").glob("tiny/receipts/*.json")
    attempt = json.loads(receipt.read_text())
    # What nobody can know: the key that ada's program chose.
    ask = f"select key from submissions where id = '{attempt['id']}'"
    key = site.sql(site.exchanger, f"exchange_{site.cohort}", site.exchanger, ask).stdout.strip()
    attack = [server_attacks.SERVICE, site.cohort, site.person("ada"), attempt["id"], key]
    attacked = site.run_as(site.person("bob"), sys.executable, "-c", *attack, more=terminal(site.person("bob")))
    assert attacked.returncode == 0, attacked.stderr
    running.people["bob"].assignments(running.servers["bob"], site.cohort, "submit")
    points = site.points(running.grading)
    site.must_do("feedback", "tiny", more=running.grading)
    return SimpleNamespace(attempt=attempt, answers=json.loads(attacked.stdout), points=points)


class TestExchangeService:
    """The same server after its switch from the folder."""

    def test_hub_over_tls_refuses_students_the_grading_service(self, site, running):
        ada, carol = running.people["ada"], running.people["carol"]
        formgrader = f"{running.url}/services/{site.cohort}/formgrader"
        assert Browser(running.url).login(site.person("ada"), "wrong") == 403
        assert ada.status(formgrader) == 403
        assert ada.status(f"{running.url}/user/{site.person('bob')}/lab") == 403
        assert carol.status(formgrader) == 200
        assert carol.json(f"{formgrader}/api/assignment/tiny")["num_submissions"] == 3

    def test_carries_an_assignment_from_release_to_feedback(self, site, running, again):
        assert again.points == {"ada": 0, "bob": 3}
        for name, found in {"ada": "0 of 5", "bob": "3 of 5"}.items():
            running.people[name].assignments(running.servers[name], site.cohort, "fetch_feedback")
            (page,) = site.home(name).glob("tiny/feedback/*/tiny.html")
            assert f"<strong>{found} points</strong>" in page.read_text()
            kept = [json.loads(each.read_text()) for each in site.home(name).glob("tiny/receipts/*.json")]
            assert {each["student"] for each in kept} == {site.person(name)}

    def test_refuses_what_a_student_tries_against_another(self, site, again):
        bob = site.person("bob")
        refused = {"their attempt": 404, "feedback in their place": 404, "delete theirs": 404, "release": 403}
        refused |= {"no token": 403, "a token made up": 403, "a link": 400, "a pipe": 400, "a path out": 400}
        assert again.answers == refused | {"whose attempts I see": [bob], "whose my attempt is": bob}

    def test_gives_feedback_to_its_student_alone(self, site, running, again):
        codes = {}
        for name in ANSWER:
            server = terminal(site.person(name))
            headers = {"Authorization": f"token {server['JUPYTERHUB_API_TOKEN']}"}
            url = f"{server['COHORT_EXCHANGE_URL']}/submission/{again.attempt['id']}/feedback"
            codes[name] = requests.get(url, headers=headers, timeout=20).status_code
        assert codes == {"ada": 200, "bob": 404}

    def test_is_closed_to_all_other_accounts(self, site, running, again):
        folder = site.state / "exchange"
        wanted = [folder, folder / "key", *(folder / "files").iterdir()]
        wanted += [Path(f"/proc/{pid}/environ") for pid in servers_of(site.person("bob"), site.grader, site.exchanger)]
        for name in ("ada", "carol"):
            assert set(site.tried(site.person(name), wanted).values()) == {"PermissionError"}
        theirs = secrets_of_others(site)
        assert set(site.tried(site.exchanger, list(theirs.values())).values()) == {"PermissionError"}

    def test_student_can_write_nowhere_but_at_home(self, site, running):
        found = site.run_as(site.person("ada"), "find", site.prefix, "-writable", "-not", "-type", "l")
        home = str(site.home("ada"))
        assert [path for path in found.stdout.split("\n") if path and not path.startswith(home)] == []


def test_lti_makes_an_account_and_gives_the_groups_of_the_role(site):
    pytest.importorskip("ltiauthenticator")
    from cryptography.hazmat.primitives.asymmetric import rsa

    no_services = "c.JupyterHub.services, c.JupyterHub.load_roles = [], []"
    with platform() as sender, hub(site, no_services, **sender.settings()) as url:
        groups = {}
        for name, role in {"ada": "Learner", "carol": "Instructor"}.items():
            browser = Browser(url)
            assert sender.launch(browser, name, role) == 200
            groups[name] = browser.json(f"{url}/hub/api/user?_xsrf={browser.xsrf()}")["groups"]
        assert groups == {"ada": [f"nbgrader-{site.cohort}"], "carol": [f"formgrade-{site.cohort}"]}
        assert sender.launch(Browser(url), "eve", "Administrator") == 403
        assert sender.launch(Browser(url), "eve", "Instructor", course="course-8") == 403
        forged = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        assert sender.launch(Browser(url), "eve", "Instructor", key=forged) == 400
        rows = (site.state / "people.csv").read_text().splitlines()
        assert [row.split(",")[1] for row in rows] == ["first_name", "Ada", "Carol"]
        name = rows[1].split(",")[0]
        assert "ada" not in name and (site.prefix / "home" / name).stat().st_mode & 0o777 == 0o700


def _picture(folder: Path) -> dict[str, tuple]:
    """Every path below a folder: who owns it, what may be done with it, and what is in it."""
    picture = {}
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""
        # Not those of what a link leads to.
        owner, group = pwd.getpwuid(about.st_uid).pw_name, grp.getgrgid(about.st_gid).gr_name
        picture[str(path.relative_to(folder))] = (owner, group, oct(about.st_mode), content)
    return picture


def _hash(name: str) -> str:
    """The hashed password of an account."""
    return subprocess.run(["getent", "shadow", name], capture_output=True, text=True, check=True).stdout.split(":")[1]


def _dump(site: Site, database: str) -> list[str]:
    """The tables of a database as sorted lines of SQL."""
    command = ["runuser", "-u", "postgres", "--", "pg_dump", "--inserts", f"{database}_{site.cohort}"]
    done = subprocess.run(command, env=site.environment(), cwd="/", capture_output=True, text=True, check=True)
    # Newer versions write a key of their own into each dump.
    return sorted(line for line in done.stdout.splitlines() if not line.startswith("\\"))


def test_backup_comes_back_in_an_empty_place(site, points, course):
    # The last test: it removes the accounts and the databases of the others.
    below = ("home", "srv/cohort/course", "srv/cohort/exchange", "var/lib/cohort/exchange")
    before = {name: _picture(site.prefix / name) for name in below}
    hashed = _hash(site.person("ada"))
    rows = {database: _dump(site, database) for database in ("gradebook", "exchange")}
    done = site.script("backup.sh")
    assert done.returncode == 0, done.stderr
    backup = Path(done.stdout.strip())
    assert backup.stat().st_mode & 0o777 == 0o700
    refused = site.script("restore.sh", backup)
    assert refused.returncode == 1 and "is not empty" in refused.stderr
    site.remove_accounts()
    for database in ("gradebook", "hub", "exchange"):
        drop = ["runuser", "-u", "postgres", "--", "dropdb", f"{database}_{site.cohort}"]
        subprocess.run(drop, env=site.environment(), cwd="/", check=True)
    with ExitStack() as stack:
        empty = stack.enter_context(server_site.folder())
        new = Site(empty, site.socket, site.mark)
        stack.callback(new.remove_accounts)
        # Another machine gives the grader another number.
        subprocess.run(["useradd", "--system", "--no-create-home", f"first-{site.mark}"], check=True)
        shutil.copytree(site.prefix / "etc", empty / "etc")
        new.lay_out(course)
        done = new.script("restore.sh", backup)
        assert done.returncode == 0, done.stderr
        links = {f"cohorts/{site.cohort}/.exchange"}
        for name in below:
            after = _picture(empty / name)
            assert {path: after[path] for path in after if path not in links} == {
                path: each for path, each in before[name].items() if path not in links
            }
        assert {database: _dump(new, database) for database in rows} == rows
        assert _hash(site.person("ada")) == hashed
        damaged = next(backup.glob("gradebook_*.dump"))
        damaged.write_bytes(damaged.read_bytes()[:-1])
        refused = new.script("restore.sh", backup)
        assert refused.returncode == 1 and "is damaged" in refused.stderr
