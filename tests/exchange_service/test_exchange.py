"""An assignment from an instructor to two students and back, on three machines, by nbgrader's own programs."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from exchange_hub import Machine, notebook, said, write_release
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from nbgrader.server_extensions.assignment_list.handlers import AssignmentList
from traitlets.config import Config

from cohort.exchange_service.exchange import ExchangeSubmit, plug_in

pytest_plugins = ["exchange_hub"]


def write_feedback(home: Path, student: str, assignment: str, page: str) -> None:
    """What nbgrader leaves in ``feedback/``: pages, and the two files that it copies from ``submitted/``."""
    folder = home / "feedback" / student / assignment
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{assignment}.html").write_text(page)
    for name in ("timestamp.txt", "submission_secret.txt"):
        shutil.copy(home / "submitted" / student / assignment / name, folder)


@pytest.fixture(scope="module")
def irene(machine):
    """The instructor's machine, with one gradebook for all these tests."""
    return machine("irene")


@pytest.fixture
def as_on(monkeypatch):
    """Makes this process work on a machine, as its JupyterLab does; returns nbgrader's exchange there."""

    def work(machine: Machine, assignment: str = "", **options: object):
        for name, value in machine.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(machine.home)
        c = Config()
        plug_in(c)
        c.CourseDirectory.root = str(machine.home)
        c.CourseDirectory.course_id = "c1"
        c.CourseDirectory.assignment_id = assignment
        c.Exchange.cache = str(machine.home / "cache")
        for name, value in options.items():
            section, trait = name.split("__")
            c[section][trait] = value
        parts = {"coursedir": CourseDirectory(config=c), "authenticator": Authenticator(config=c), "config": c}
        factory = ExchangeFactory(config=c)
        names = (
            "ReleaseAssignment",
            "FetchAssignment",
            "Submit",
            "Collect",
            "ReleaseFeedback",
            "FetchFeedback",
            "List",
        )
        return SimpleNamespace(**{name: getattr(factory, name)(**parts) for name in names}, **parts)

    return work


def test_two_students_and_an_instructor_by_the_command_line(machine, irene):
    ada, bob = machine("ada"), machine("bob")
    write_release(irene.home, "ps1")
    assert "Released as: c1 ps1" in irene.nbgrader("release_assignment", "ps1")

    fetching = [student.start("fetch_assignment", "ps1") for student in (ada, bob)]
    assert all("Fetched as: c1 ps1" in said(process) for process in fetching)
    for student, answer in ((ada, "1 + 1"), (bob, "2 + 2")):
        assert (student.home / "ps1" / "data" / "Sekou Touré.csv").read_text() == "day,deaths\n1,2\n"
        (student.home / "ps1" / "ps1.ipynb").write_text(notebook(answer))
    submitting = [student.start("submit", "ps1") for student in (ada, bob)]
    assert all("Submitted as: c1 ps1" in said(process) for process in submitting)

    assert "Collecting submission: bob ps1" in irene.nbgrader("collect", "ps1")
    assert "1 + 1" in (irene.home / "submitted" / "ada" / "ps1" / "ps1.ipynb").read_text()
    write_feedback(irene.home, "ada", "ps1", "<p>Well done, Ada.")
    write_feedback(irene.home, "bob", "ps1", "<p>Nearly, Bob.")
    assert "for student 'ada'" in irene.nbgrader("release_feedback", "ps1")

    assert "Fetched feedback" in ada.nbgrader("fetch_feedback", "ps1")
    (page,) = (ada.home / "ps1" / "feedback").rglob("*.html")
    assert page.read_text() == "<p>Well done, Ada."
    listed = ada.nbgrader("list", "--inbound")
    assert "c1 ada ps1" in listed and "(feedback already fetched)" in listed and "bob" not in listed


def test_lab_extension_fetches_submits_and_shows_feedback(machine, irene, as_on):
    ada = machine("ada")
    write_release(irene.home, "lab")
    as_on(irene, "lab").ReleaseAssignment.start()

    as_on(ada)
    extension = AssignmentList()
    extension.root_dir = str(ada.home)
    (released,) = [one for one in extension.list_released_assignments("c1")["value"] if one["assignment_id"] == "lab"]
    assert (released["status"], released["notebooks"][0]["notebook_id"]) == ("released", "lab")
    assert extension.fetch_assignment("c1", "lab") == {"success": True}
    (fetched,) = [one for one in extension.list_released_assignments("c1")["value"] if one["assignment_id"] == "lab"]
    assert (fetched["status"], fetched["path"]) == ("fetched", "lab")
    assert fetched["notebooks"] == [{"notebook_id": "lab", "path": "lab/lab.ipynb"}]
    assert extension.submit_assignment("c1", "lab") == {"success": True}

    def attempts() -> list[dict]:
        found = extension.list_submitted_assignments("c1")["value"]
        return [attempt for one in found if one["assignment_id"] == "lab" for attempt in one["submissions"]]

    (attempt,) = attempts()
    assert not attempt["has_exchange_feedback"] and not attempt["has_local_feedback"]

    as_on(irene, "lab").Collect.start()
    write_feedback(irene.home, "ada", "lab", "<p>First words")
    as_on(irene, "lab").ReleaseFeedback.start()
    as_on(ada)
    (attempt,) = attempts()
    assert attempt["has_exchange_feedback"] and not attempt["has_local_feedback"]
    assert extension.fetch_feedback("c1", "lab") == {"success": True}
    (attempt,) = attempts()
    assert attempt["has_local_feedback"] and not attempt["feedback_updated"]
    assert (ada.home / attempt["local_feedback_path"] / "lab.html").read_text() == "<p>First words"

    write_feedback(irene.home, "ada", "lab", "<p>Better words")
    as_on(irene, "lab").ReleaseFeedback.start()
    as_on(ada)
    (attempt,) = attempts()
    assert attempt["feedback_updated"]


def test_formgrader_releases_collects_and_takes_back(machine, hub, as_on):
    """The formgrader runs as the hub's service `c1`: no user, no group, its own token."""
    grader = machine("c1", JUPYTERHUB_API_TOKEN=f"{hub.secret}c1")
    write_release(grader.home, "form")
    there = as_on(grader)
    (grader.home / "source" / "form").mkdir(parents=True)
    (grader.home / "source" / "form" / "form.ipynb").write_text(notebook("1"))
    formgrader = NbGraderAPI(coursedir=there.coursedir, authenticator=there.authenticator, config=there.config)
    assert formgrader.release_assignment("form")["success"]
    assert formgrader.get_released_assignments() >= {"form"}

    ada = machine("ada")
    as_on(ada, "form").FetchAssignment.start()
    as_on(ada, "form").Submit.start()
    as_on(grader)
    assert formgrader.collect("form")["success"]
    assert (grader.home / "submitted" / "ada" / "form" / "form.ipynb").exists()
    assert formgrader.unrelease("form")["success"]
    assert "form" not in formgrader.get_released_assignments()


def test_every_attempt_is_kept_and_collect_takes_the_one_that_nbgrader_would(machine, irene, as_on):
    ada = machine("ada")
    write_release(irene.home, "late")
    as_on(irene, "late").ReleaseAssignment.start()
    as_on(ada, "late").FetchAssignment.start()
    times = []
    for answer in ("early", "late"):
        (ada.home / "late" / "late.ipynb").write_text(notebook(answer))
        as_on(ada, "late").Submit.start()
        times.append(datetime.now(UTC).replace(tzinfo=None))
    (listed,) = as_on(irene, "late", ExchangeList__inbound=True).List.start()
    assert len(listed["submissions"]) == 2

    there = as_on(irene, "late", ExchangeCollect__before_duedate=True)
    with Gradebook(there.coursedir.db_url, "c1") as gradebook:
        gradebook.add_assignment("late", duedate=times[0])
    there.Collect.start()
    taken = irene.home / "submitted" / "ada" / "late"
    assert '"early"' in (taken / "late.ipynb").read_text()
    stamp = datetime.strptime((taken / "timestamp.txt").read_text(), "%Y-%m-%d %H:%M:%S.%f UTC")
    assert timedelta(0) <= times[0] - stamp < timedelta(seconds=20)
    as_on(irene, "late", ExchangeCollect__update=True).Collect.start()
    assert '"late"' in (taken / "late.ipynb").read_text()


def test_fetch_replaces_what_is_missing_and_nothing_else(machine, irene, as_on):
    bob = machine("bob")
    write_release(irene.home, "again")
    as_on(irene, "again").ReleaseAssignment.start()
    as_on(bob, "again").FetchAssignment.start()
    (bob.home / "again" / "again.ipynb").write_text("mine")
    (bob.home / "again" / "data" / "Sekou Touré.csv").unlink()
    with pytest.raises(ExchangeError, match="already have a copy"):
        as_on(bob, "again").FetchAssignment.start()
    as_on(bob, "again", ExchangeFetchAssignment__replace_missing_files=True).FetchAssignment.start()
    assert (bob.home / "again" / "again.ipynb").read_text() == "mine"
    assert (bob.home / "again" / "data" / "Sekou Touré.csv").exists()


def test_release_is_replaced_with_force_only(machine, irene, as_on):
    write_release(irene.home, "forced")
    as_on(irene, "forced").ReleaseAssignment.start()
    write_release(irene.home, "forced", text="# Mended")
    with pytest.raises(ExchangeError, match="add --force to overwrite: c1 forced"):
        as_on(irene, "forced").ReleaseAssignment.start()
    as_on(irene, "forced", ExchangeReleaseAssignment__force=True).ReleaseAssignment.start()
    as_on(machine("bob"), "forced").FetchAssignment.start()
    assert "# Mended" in Path("forced", "forced.ipynb").read_text()


def test_missing_notebook_is_refused_where_nbgrader_is_strict(machine, irene, as_on):
    bob = machine("bob")
    write_release(irene.home, "strict")
    as_on(irene, "strict").ReleaseAssignment.start()
    as_on(bob, "strict").FetchAssignment.start()
    (bob.home / "strict" / "strict.ipynb").rename(bob.home / "strict" / "other.ipynb")
    with pytest.raises(ExchangeError, match=r"strict.ipynb: MISSING"):
        as_on(bob, "strict", ExchangeSubmit__strict=True).Submit.start()
    as_on(bob, "strict").Submit.start()


def test_receipt_can_be_checked_later_and_not_be_changed(machine, irene, as_on):
    ada = machine("ada")
    write_release(irene.home, "kept")
    as_on(irene, "kept").ReleaseAssignment.start()
    as_on(ada, "kept").FetchAssignment.start()
    as_on(ada, "kept").Submit.start()
    (file,) = (ada.home / "kept" / "receipts").iterdir()
    receipt = json.loads(file.read_text())
    assert (receipt["student"], receipt["assignment"]) == ("ada", "kept")
    assert ada.ask("POST", "receipt", data=file.read_bytes()).json() == {"genuine": True}
    for change in ({"time": "2020-01-01T00:00:00.000000Z"}, {"student": "bob"}, {"more": 1}, {"signature": "é"}):
        assert ada.ask("POST", "receipt", json=receipt | change).json() == {"genuine": False}
    # The receipts are not part of the next attempt, so the same work has the same SHA-256.
    as_on(ada, "kept").Submit.start()
    receipts = [json.loads(file.read_text()) for file in (ada.home / "kept" / "receipts").iterdir()]
    assert len({one["id"] for one in receipts}) == 2 and len({one["sha256"] for one in receipts}) == 1


def test_submission_whose_answer_was_lost_is_repeated_as_the_same_attempt(machine, irene, as_on, monkeypatch):
    ada = machine("ada")
    write_release(irene.home, "lost")
    as_on(irene, "lost").ReleaseAssignment.start()
    as_on(ada, "lost").FetchAssignment.start()
    send = ExchangeSubmit.send

    def lose_the_answer(*arguments, **options):
        send(*arguments, **options)
        raise ExchangeError("cut off")

    with monkeypatch.context() as patch, pytest.raises(ExchangeError, match="cut off"):
        patch.setattr(ExchangeSubmit, "send", lose_the_answer)
        as_on(ada, "lost").Submit.start()
    (first,) = [one for one in ada.ask("GET", "submissions/c1").json()["submissions"] if one["assignment"] == "lost"]
    as_on(ada, "lost").Submit.start()
    (file,) = (ada.home / "lost" / "receipts").iterdir()
    assert json.loads(file.read_text())["id"] == first["id"]
    (ada.home / "lost" / "lost.ipynb").write_text(notebook("more"))
    as_on(ada, "lost").Submit.start()
    assert len(list((ada.home / "lost" / "receipts").iterdir())) == 2


def test_feedback_for_what_came_through_another_exchange_is_left_out(machine, irene, as_on):
    write_release(irene.home, "moved")
    as_on(irene, "moved").ReleaseAssignment.start()
    folder = irene.home / "feedback" / "bob" / "moved"
    folder.mkdir(parents=True)
    for name, text in {"moved.html": "<p>Well", "timestamp.txt": "x", "submission_secret.txt": "0" * 128}.items():
        (folder / name).write_text(text)
    assert "another exchange" in irene.nbgrader("release_feedback", "moved")


def test_student_cannot_submit_as_another(machine, irene, as_on, monkeypatch):
    ada = machine("ada", JUPYTERHUB_USER="bob", USER="bob")
    write_release(irene.home, "forged")
    as_on(irene, "forged").ReleaseAssignment.start()
    as_on(ada, "forged").FetchAssignment.start()
    with pytest.raises(ExchangeError, match="You are ada on the hub, and cannot be bob"):
        as_on(ada, "forged", CourseDirectory__student_id="bob").Submit.start()
    as_on(ada, "forged").Submit.start()
    found = [one for one in irene.ask("GET", "submissions/c1").json()["submissions"] if one["assignment"] == "forged"]
    assert [one["student"] for one in found] == ["ada"]


def test_student_cannot_release_or_collect(machine, as_on):
    ada = machine("ada")
    write_release(ada.home, "mine")
    with pytest.raises(ExchangeError, match="ada is not an instructor of c1"):
        as_on(ada, "mine").ReleaseAssignment.start()
    with pytest.raises(ExchangeError, match="You are not an instructor of c1"):
        as_on(ada, "mine").Collect.start()


def test_exchange_that_does_not_answer_is_one_line(machine, as_on):
    text = machine("ada", COHORT_EXCHANGE_URL="").nbgrader("list", fails=True)
    assert "start your server from the hub" in text and "Traceback" not in text
    with pytest.raises(ExchangeError, match=r"does not answer \(ConnectionError\); nothing was changed here"):
        as_on(machine("ada", COHORT_EXCHANGE_URL="http://127.0.0.1:9/services/exchange")).List.start()
