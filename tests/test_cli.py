"""The command line: one line for what the user can mend, and a non-zero exit."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys

import nbformat
import pytest


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
        (["datasets", "describe", "moon"], "error: there is no dataset 'moon': choose one of chicago"),
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


def test_outside_any_course_the_error_names_the_mend(tmp_path):
    code = "import sys; from cohort import cli, tree; tree.__file__ = '/nowhere/cohort/tree.py'; "
    code += "sys.argv = ['cohort', 'lessons']; cli.app()"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "error: no course.yml here or above: run the command in a checkout of the course"
    )


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
    assert "is not a notebook (not JSON): ask the student to submit again" in done.stderr
    assert "ada" in done.stdout
    assert "0 / 5" in done.stdout


def test_a_full_disk_is_one_line_and_leaves_the_release_as_it_was(released):
    before = (released / "release/tiny/tiny.ipynb").read_bytes()
    big = 64 * 1024

    def small_files_only():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (big, big))

    (released / "source/tiny/table.csv").write_bytes(b"0" * (2 * big))
    done = cohort("release", "tiny", preexec_fn=small_files_only)
    assert done.returncode == 1
    assert (released / "release/tiny/tiny.ipynb").read_bytes() == before
    assert len(list((released / "release").iterdir())) == 1
