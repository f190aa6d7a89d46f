"""The command line: one line for what the user can mend, and a non-zero exit."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from contextlib import suppress

import nbformat
import pytest

from cohort.scores import scores


def cohort(*arguments, **kwargs):
    return subprocess.run(
        [sys.executable, "-m", "cohort.cli", *arguments], capture_output=True, text=True, timeout=120, **kwargs
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lessons", "heat"], "error: there is no module 'heat' in course.yml: choose one of tiny"),
        (["lessons", "--place", "XX"], "error: there is no place 'XX': choose one of IN, NG"),
        (["release", "heat"], "error: there is no module 'heat' in course.yml"),
        (["grade", "heat"], "error: there is no module 'heat' in course.yml"),
        (["feedback", "tiny"], "error: no submission of tiny is autograded yet: run `cohort grade tiny` first"),
        (["grade", "tiny", "--cohort", "nowhere"], "cohorts/nowhere/cohort.yml does not exist: copy cohort.yml"),
        (["datasets", "describe", "moon"], "error: there is no dataset 'moon': choose one of california_counties"),
        (["datasets", "burn"], "error: 'burn' is not list, fetch, describe or export"),
        (["datasets", "export"], "error: which dataset? `cohort datasets export NAME`"),
        (["book", "--place", "XX"], "error: there is no place 'XX'"),
        (["demo", "heat"], "error: there is no module 'heat'"),
    ],
)
def test_an_unknown_name_is_one_line_without_a_traceback(released, arguments, message):
    done = cohort(*arguments)
    assert done.returncode == 1
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_the_demo_refuses_a_real_cohort(released):
    folder = released / "cohorts/lagos"
    folder.mkdir(parents=True)
    (folder / "cohort.yml").write_text((released / "cohort.yml").read_text().replace("id: demo", "id: lagos"))
    done = cohort("demo", "tiny", env={**os.environ, "COHORT": "lagos"})
    assert done.returncode == 1
    assert "would put simulated students into a real cohort: unset COHORT" in done.stderr
    assert not (folder / "gradebook.db").exists()


def test_outside_any_course_the_error_names_the_mend(tmp_path):
    code = "import sys; from cohort import cli, tree; tree.__file__ = '/nowhere/cohort/tree.py'; "
    code += "sys.argv = ['cohort', 'lessons']; cli.app()"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.strip() == ("error: no course.yml here or above: run the command in a checkout of the course")


def test_the_datasets_are_listed_with_their_licences():
    done = cohort("datasets", env={"COLUMNS": "200", "PATH": "", "HOME": "/nonexistent"})
    assert done.returncode == 0, done.stderr
    assert "puerto_rico_deaths" in done.stdout
    assert "Artistic-2.0" in done.stdout


def test_grade_reports_a_broken_submission_and_scores_the_rest(released):
    assert cohort("release", "tiny").returncode == 0
    for student, text in (("ada", None), ("broken", "not json")):
        path = released / "submitted" / student / "tiny" / "tiny.ipynb"
        path.parent.mkdir(parents=True)
        if text is None:
            nbformat.write(nbformat.read(released / "release/tiny/tiny.ipynb", as_version=4), path)
        else:
            path.write_text(text)
    done = cohort("grade", "tiny")
    assert done.returncode == 1
    assert "error: broken: " in done.stderr.replace("\n", " ")
    assert "tiny.ipynb is not a notebook that nbgrader can grade" in done.stderr
    assert "ada" in done.stdout
    assert "0 / 5" in done.stdout


def test_the_report_for_programs_is_json_and_nothing_else(released):
    path = released / "submitted/ada/tiny/tiny.ipynb"
    path.parent.mkdir(parents=True)
    shutil.copy(released / "release/tiny/tiny.ipynb", path)
    done = cohort("grade", "tiny", "--json", "--workers", "1")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["assignment"], report["cohort"]) == ("tiny", "demo")
    (submission,) = report["submissions"]
    assert (submission["student"], submission["state"]) == ("ada", "graded")
    assert submission["score"]["points"] == 0
    assert submission["score"]["checks"] == {"check_add": [0, 3]}


def test_grading_without_the_sandbox_wants_to_be_asked_for_and_warns(released):
    path = released / "submitted/ada/tiny/tiny.ipynb"
    path.parent.mkdir(parents=True)
    shutil.copy(released / "release/tiny/tiny.ipynb", path)
    done = cohort("grade", "tiny", "--unsafe")
    assert done.returncode == 0, done.stderr
    assert "warning: students' code runs with your rights" in done.stderr
    assert "1 graded" in done.stdout


def test_the_doctor_names_each_layer_and_says_whether_the_floor_holds():
    done = cohort("doctor")
    for layer in ("Landlock", "seccomp", "rlimits", "own user", "watch", "bubblewrap"):
        assert layer in done.stdout
    assert (done.returncode == 0) == ("the floor holds" in done.stdout)


def test_no_room_for_a_file_is_one_line_and_leaves_the_release_as_it_was(released):
    before = (released / "release/tiny/tiny.ipynb").read_bytes()
    limit = 256 * 1024

    def small_files_only():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    (released / "source/tiny/table.csv").write_bytes(b"0" * (2 * limit))
    done = cohort("release", "tiny", preexec_fn=small_files_only)
    assert done.returncode == 1
    assert done.stderr.startswith("error: no space left on the disk")
    assert len(done.stderr.splitlines()) == 1
    assert (released / "release/tiny/tiny.ipynb").read_bytes() == before
    assert len(list((released / "release").iterdir())) == 1


@pytest.fixture
def disk(tmp_path_factory):
    """A disk of two megabytes."""
    disk = tmp_path_factory.mktemp("disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    disk.chmod(0o1777)
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(disk):
    with suppress(OSError), (disk / "filler").open("wb") as filler:
        while True:
            filler.write(b"0" * 4096)
            filler.flush()


def hand_in(course):
    submission = course / "submitted/ada/tiny/tiny.ipynb"
    submission.parent.mkdir(parents=True)
    shutil.copy(course / "release/tiny/tiny.ipynb", submission)


@pytest.fixture
def small_disk(released, disk, monkeypatch):
    """The tiny course with a submission, on a disk of its own that is full."""
    shutil.copytree(released, disk, dirs_exist_ok=True)
    hand_in(disk)
    fill(disk)
    with monkeypatch.context() as patched:
        patched.chdir(disk)
        yield disk


def test_a_full_disk_stops_grading_with_one_line_and_the_next_run_continues(small_disk):
    done = cohort("grade", "tiny")
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("error: no space left on the disk")
    assert "Traceback" not in done.stderr
    (small_disk / "filler").unlink()
    done = cohort("grade", "tiny")
    assert done.returncode == 0, done.stderr
    assert "1 graded" in done.stdout


def test_a_full_temporary_folder_stops_grading_with_one_line_and_takes_no_score(released, disk, monkeypatch):
    hand_in(released)
    assert cohort("grade", "tiny").returncode == 0
    before = scores("tiny")
    fill(disk)
    os.truncate(disk / "filler", (disk / "filler").stat().st_size - (16 << 10))  # or another folder would be taken
    monkeypatch.setenv("TMPDIR", str(disk))
    done = cohort("grade", "tiny", "--force")
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("error: no space left on the disk")
    assert "Traceback" not in done.stderr
    assert scores("tiny") == before != {}
