"""hub/server: who can read what, with real accounts; login, TLS and grading through a real hub; backup and restore."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import server_site
from server_hub import Browser, certificate, hub
from server_platform import platform
from server_site import SCRIPTS, Site, as_account

pytestmark = pytest.mark.skipif(bool(server_site.why_not()), reason=server_site.why_not() or "not needed")

ANSWER = {"ada": "return a + b", "bob": "return a * b"}


@pytest.fixture(scope="module")
def course(tiny_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the tiny course, as git would bring them."""
    ignored = shutil.ignore_patterns("release", "gradebook.db*", ".exchange", "submitted", "_build", "audit.jsonl")
    return shutil.copytree(tiny_once, tmp_path_factory.mktemp("server") / "course", ignore=ignored)


@pytest.fixture(scope="module")
def site(course: Path) -> Iterator[Site]:
    """A server with an instructor and two students, whose work is graded and handed back."""
    with ExitStack() as stack:
        socket = stack.enter_context(server_site.postgresql())
        made = Site(stack.enter_context(server_site.folder()), socket)
        stack.callback(made.remove_accounts)
        made.write_settings(**certificate(made.prefix))
        made.lay_out(course)
        made.enrol(ada="student", bob="student", carol="instructor")
        made.grade("release", "tiny")
        for name, answer in ANSWER.items():
            made.nbgrader(name, "fetch_assignment", "tiny")
            notebook = made.home(name) / "tiny/tiny.ipynb"
            notebook.write_text(notebook.read_text().replace("raise NotImplementedError()", answer))
            made.nbgrader(name, "submit", "tiny")
        yield made


@pytest.fixture(scope="module")
def scores(site: Site) -> dict:
    """The report of grading as the grader; the feedback is handed back."""
    report = json.loads(site.grade("grade", "tiny", "--json", "--workers", "1"))
    site.grade("feedback", "tiny")
    return report


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


def test_students_fetch_submit_and_read_their_own_feedback(site, scores):
    site.nbgrader("ada", "fetch_feedback", "tiny")
    (page,) = site.home("ada").glob("tiny/feedback/*/tiny.html")
    assert "<strong>3 of 5 points</strong>" in page.read_text()


def test_grading_runs_as_the_grader_into_postgresql(site, scores):
    assert (site.course / "cohorts" / site.cohort / "gradebook.db").exists() is False
    found = site.sql(site.grader, f"gradebook_{site.cohort}", site.grader)
    assert int(found.stdout) > 10, found.stderr


def test_student_cannot_read_what_is_not_theirs(site, scores):
    wanted = secrets_of_others(site)
    as_root = site.tried(None, list(wanted.values()))
    missing = [what for what, path in wanted.items() if as_root[str(path)] == "FileNotFoundError"]
    assert not missing, "the test must try what is there"
    as_ada = site.tried(site.person("ada"), list(wanted.values()))
    assert {what: as_ada[str(path)] for what, path in wanted.items()} == dict.fromkeys(wanted, "PermissionError")


def test_instructor_account_reads_no_submission_either(site, scores):
    wanted = secrets_of_others(site)
    del wanted["the home of the instructor"]
    as_carol = site.tried(site.person("carol"), list(wanted.values()))
    assert set(as_carol.values()) == {"PermissionError"}


def test_account_outside_the_cohort_does_not_get_into_the_exchange(site):
    done = subprocess.run(as_account("nobody", ["ls", site.exchange]), capture_output=True, text=True)
    assert "Permission denied" in done.stderr


@pytest.mark.parametrize("database", ["gradebook", "hub"])
def test_student_cannot_enter_a_database(site, database):
    name = f"{database}_{site.cohort}"
    for role in (site.person("ada"), site.grader, "root", "postgres"):
        refused = site.sql(site.person("ada"), name, role)
        assert refused.returncode != 0
        assert "Peer authentication failed" in refused.stderr or "does not exist" in refused.stderr


def test_grader_cannot_enter_the_database_of_the_hub(site):
    refused = site.sql(site.grader, f"hub_{site.cohort}", site.grader)
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


def test_hub_over_tls_serves_students_and_refuses_them_the_grading_service(site, scores):
    with hub(site) as url:
        ada, carol = Browser(url), Browser(url)
        assert Browser(url).login(site.person("ada"), "wrong") == 403
        assert ada.login(site.person("ada"), site.password("ada")) == 200
        assert carol.login(site.person("carol"), site.password("carol")) == 200
        server = ada.start_server(site.person("ada"))
        listed = ada.json(f"{server}/assignments?course_id={site.cohort}")
        assert sorted(each["status"] for each in listed["value"]) == ["fetched", "submitted"]
        assert ada.status(f"{url}/services/{site.cohort}/formgrader") == 403
        assert ada.status(f"{url}/user/{site.person('bob')}/lab") == 404  # as if there were none
        assert carol.status(f"{url}/services/{site.cohort}/formgrader") == 200
        graded = carol.json(f"{url}/services/{site.cohort}/formgrader/api/assignment/tiny")
        assert graded["num_submissions"] == 2


@pytest.mark.matrix  # it starts a hub and a platform beside the others: too much for a busy machine
def test_lti_makes_an_account_and_gives_the_groups_of_the_role(site):
    pytest.importorskip("ltiauthenticator")
    from cryptography.hazmat.primitives.asymmetric import rsa

    with platform() as sender, hub(site, **sender.settings()) as url:
        learner, teacher = Browser(url), Browser(url)
        assert sender.launch(learner, "ada", "Learner") == 200
        assert sender.launch(teacher, "carol", "Instructor") == 200
        assert sender.launch(Browser(url), "eve", "Administrator") == 403
        assert sender.launch(Browser(url), "eve", "Instructor", course="course-8") == 403
        forged = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        assert sender.launch(Browser(url), "eve", "Instructor", key=forged) == 400
        assert learner.status(f"{url}/services/{site.cohort}/formgrader") == 403
        assert teacher.status(f"{url}/services/{site.cohort}/formgrader") == 200
        people = (site.prefix / "var/lib/cohort/people.csv").read_text().splitlines()
        assert [row.split(",")[1] for row in people] == ["first_name", "Ada", "Carol"]
        name = people[1].split(",")[0]
        assert "ada" not in name and (site.prefix / "home" / name).stat().st_mode & 0o777 == 0o700


BAD = {
    "COHORT=demo": "COHORT is demo",
    "COHORT=Ada Lab": "without spaces",
    "LOGIN=ldap": "LOGIN is ldap",
    "LOGIN=lti": "LTI_ISSUER is empty",
    "EXCHANGE=cloud": "EXCHANGE is cloud",
    "TLS_EMAIL=": "give TLS_EMAIL",
    "TLS_KEY=/nowhere": "TLS_CERTIFICATE is empty",
}


@pytest.mark.parametrize(("line", "says"), BAD.items(), ids=BAD)
def test_bad_setting_is_one_line_and_changes_nothing(line, says, tmp_path):
    bad = Site(tmp_path, tmp_path)
    key, _, text = line.partition("=")
    bad.write_settings(**{key: text})
    done = bad.script("people.sh", "roster.csv")
    assert done.returncode == 1 and says in done.stderr and done.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["etc"]


ROSTERS = {
    "Ada,student": "line 2: the name 'Ada'",
    "ada,boss": "line 2: 'boss'",
    "root,student": "line 2: root is an account of the system",
    "": "nobody stands in it",
}


@pytest.mark.parametrize(("row", "says"), ROSTERS.items(), ids=["capital", "role", "system", "empty"])
def test_bad_roster_is_one_line_and_makes_no_account(site, row, says):
    before = Path("/etc/passwd").read_text()
    roster = site.prefix / "bad.csv"
    roster.write_text(f"name,role\n{row}\n" if row else "name,role\n")
    done = site.script("people.sh", roster)
    assert done.returncode == 1 and says in done.stderr and done.stderr.count("\n") == 1
    assert Path("/etc/passwd").read_text() == before


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


def _picture(folder: Path) -> dict[str, tuple]:
    """Every path below a folder: who owns it, what may be done with it, and what is in it."""
    picture = {}
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""
        picture[str(path.relative_to(folder))] = (path.owner(), path.group(), oct(about.st_mode), content)
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


def test_backup_comes_back_in_an_empty_place(site, scores, course):
    # The last test: it removes the accounts and the databases of the others.
    below = ("home", "srv/cohort/course", "srv/cohort/exchange")
    before = {name: _picture(site.prefix / name) for name in below}
    hashed = _hash(site.person("ada"))
    rows = _dump(site, "gradebook")
    done = site.script("backup.sh")
    assert done.returncode == 0, done.stderr
    backup = Path(done.stdout.strip())
    assert backup.stat().st_mode & 0o777 == 0o700
    refused = site.script("restore.sh", backup)
    assert refused.returncode == 1 and "is not empty" in refused.stderr
    site.remove_accounts()
    for database in ("gradebook", "hub"):
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
        assert _dump(new, "gradebook") == rows
        assert _hash(site.person("ada")) == hashed
        damaged = next(backup.glob("gradebook_*.dump"))
        damaged.write_bytes(damaged.read_bytes()[:-1])
        refused = new.script("restore.sh", backup)
        assert refused.returncode == 1 and "is damaged" in refused.stderr
