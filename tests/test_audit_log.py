"""The audit log: each event on the disk, who and why, and nothing lost after a line that was cut short."""

from __future__ import annotations

import getpass
import stat
import subprocess

import pytest

from cohort import audit_log
from cohort.errors import CourseError

WHY = "a check was wrong"


@pytest.fixture
def no_git_settings(monkeypatch, tmp_path_factory):
    """Git as on a new machine."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path_factory.getbasetemp()))


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_an_event_says_when_who_what_and_why_and_only_its_owner_reads_it(tiny, no_git_settings):
    run = audit_log.begin("regrade", "tiny", f"  {WHY}\n")
    audit_log.record(run, "intended", students={"ada": []})
    audit_log.record(run, "finished")
    entries, damaged = audit_log.entries("tiny")
    assert ([entry["event"] for entry in entries], damaged) == (["intended", "finished"], [])
    assert entries[0]["when"].endswith("+00:00")
    assert (entries[0]["command"], entries[0]["why"], entries[0]["students"]) == ("regrade", WHY, {"ada": []})
    assert entries[0]["who"] == {"name": getpass.getuser(), "from": "system"}
    assert (entries[0]["commit"], entries[0]["differs"]) == ("no git", None)
    assert len({entry["run"] for entry in entries}) == 1
    assert stat.S_IMODE(audit_log.path().stat().st_mode) == 0o600
    assert audit_log.entries("excess") == ([], [])


def test_it_names_the_commit_and_whether_the_source_is_still_that_of_it(tiny, no_git_settings):
    git("init", "--quiet")
    git("config", "user.name", "Ada Example")
    git("config", "user.email", "ada@example.org")
    git("add", ".")
    git("commit", "--quiet", "--message", "All of it")
    (tiny / "cohort.yml").write_text((tiny / "cohort.yml").read_text() + "# Not the source.\n")
    run = audit_log.begin("regrade", "tiny", WHY)
    assert run.who == {"name": "Ada Example", "email": "ada@example.org", "from": "git"}
    assert (run.commit, run.differs) == (git("rev-parse", "HEAD"), False)
    source = tiny / "source/tiny/tiny.ipynb"
    source.write_text(source.read_text() + "\n")
    assert audit_log.begin("regrade", "tiny", WHY).differs


def test_a_line_that_was_cut_short_is_told_and_takes_no_other_with_it(tiny):
    run = audit_log.begin("regrade", "tiny", WHY)
    audit_log.record(run, "intended")
    with audit_log.path().open("a") as file:
        file.write('{"when": "2026-')
    audit_log.record(run, "finished", said="a line\u2028break, and a name \udce9")
    entries, damaged = audit_log.entries()
    assert [entry["event"] for entry in entries] == ["intended", "finished"]
    assert entries[1]["said"] == "a line\u2028break, and a name \udce9"
    assert damaged == [2]


def test_a_log_that_others_could_read_is_theirs_no_more(tiny):
    audit_log.path().touch(mode=0o644)
    audit_log.record(audit_log.begin("regrade", "tiny", WHY), "intended")
    assert stat.S_IMODE(audit_log.path().stat().st_mode) == 0o600


@pytest.mark.parametrize("why", ["", "   ok     ", "typo"])
def test_a_reason_has_some_length(tiny, why):
    with pytest.raises(CourseError, match="say in a few words why"):
        audit_log.begin("regrade", "tiny", why)
