"""Lessons: papermill for every place, again only what changed, nothing half-written."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from rich.console import Console

from cohort import lesson_keys, lessons, tree
from cohort.errors import CourseError
from cohort.grading.verify import normalised
from cohort.lesson_matrix import matrix, reasons, summary
from cohort.lessons import Run
from cohort.notebooks import read_notebook

COMMAND = [sys.executable, "-m", "cohort.cli", "lessons"]


def states(*args, **kwargs):
    return {run.place: run.state for run in lessons.run(*args, **kwargs)}


def test_a_lesson_runs_for_every_place_and_then_only_where_something_changed(tiny):
    assert states() == {"NG": "passed", "IN": "passed"}
    said = [cell.outputs for cell in read_notebook(tree.executed_lesson("tiny", "IN")).cells if cell.get("outputs")]
    assert said[0][0]["text"] == "ran for IN\n"
    assert states() == {"NG": "unchanged", "IN": "unchanged"}
    pack = tiny / "places/IN.yml"
    pack.write_text(pack.read_text().replace("name: India", "name: Bharat"))
    assert states() == {"NG": "unchanged", "IN": "passed"}


def test_a_failing_lesson_names_the_error_and_leaves_no_page_for_the_book(tiny):
    assert states(at=["NG"]) == {"NG": "passed"}
    path = tiny / "notebooks/tiny/tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].source = "1 / 0"
    nbformat.write(notebook, path)
    (run,) = lessons.run(at=["NG"])
    assert run.state == "failed"
    assert "ZeroDivisionError: division by zero" in run.reason
    assert not tree.executed_lesson("tiny", "NG").exists()
    assert tree.executed_lesson("tiny", "NG").with_suffix(".failed.ipynb").exists()


def add_module(root, name, code):
    """One more module, with the lesson of the tiny one."""
    text = (root / "course.yml").read_text()
    module = text[text.index("  - name: tiny") :].replace("name: tiny", f"name: {name}").replace("B1", code)
    (root / "course.yml").write_text(text + module)
    shutil.copytree(root / "notebooks/tiny", root / "notebooks" / name)
    (root / "notebooks" / name / "tiny.ipynb").rename(root / "notebooks" / name / f"{name}.ipynb")


def change_pack(root, code, old, new):
    path = root / "places" / f"{code}.yml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_one_bad_lesson_pack_or_process_does_not_stop_the_others(tiny):
    add_module(tiny, "other", "B2")
    change_pack(tiny, "NG", "  tiny: >-", "  other: again\n  tiny: >-")
    write_lesson(tiny, "import os, signal\nif place == 'IN':\n    os.kill(os.getppid(), signal.SIGKILL)")
    runs = {(run.module, run.place): run for run in lessons.run()}
    assert {key: run.state for key, run in runs.items()} == {
        ("tiny", "IN"): "failed",
        ("tiny", "NG"): "passed",
        ("other", "IN"): "skipped",
        ("other", "NG"): "passed",
    }
    assert runs["tiny", "IN"].reason == "its process was killed, perhaps for want of memory"
    assert runs["other", "IN"].reason == "places/IN.yml has no scenario for other: add one under scenarios"
    (tiny / "notebooks/tiny/tiny.ipynb").write_text("{")
    change_pack(tiny, "IN", "name: India", "nom: India")
    runs = {(run.module, run.place): run for run in lessons.run()}
    assert runs["other", "NG"].state == "unchanged"
    assert runs["other", "IN"].state == "failed"
    assert "places/IN.yml:5: nom: is not a known key" in runs["other", "IN"].reason
    assert "notebooks/tiny/tiny.ipynb is not a notebook (not JSON): restore it" in runs["tiny", "NG"].reason


def test_a_missing_lesson_is_named(tiny):
    (tiny / "notebooks/tiny/tiny.ipynb").unlink()
    runs = list(lessons.run())
    (said,) = reasons(runs, "failed")
    assert said.startswith("tiny for IN, NG: ")
    assert said.endswith("notebooks/tiny/tiny.ipynb does not exist: restore it from git")


def test_data_that_cannot_be_had_fail_the_lessons_that_use_them(tiny, monkeypatch):
    def offline(name):
        raise CourseError(f"{name} cannot be had without a network")

    add_module(tiny, "other", "B2")
    change_pack(tiny, "NG", "  tiny: >-", "  other: again\n  tiny: >-")
    text = (tiny / "course.yml").read_text()
    (tiny / "course.yml").write_text(text.replace("datasets: []", "datasets: [chicago]", 1))
    monkeypatch.setattr(lessons.datasets, "fetch", offline)
    runs = list(lessons.run())
    assert reasons(runs, "failed") == ["tiny for IN, NG: chicago cannot be had without a network"]
    assert [run.state for run in runs if run.module == "other"] == ["skipped", "passed"]


# What a lesson depends on


def test_a_lesson_that_reads_other_places_depends_on_their_packs(tiny):
    before = lesson_keys.keys("tiny", ["NG"])
    change_pack(tiny, "IN", "name: India", "name: Bharat")
    assert lesson_keys.keys("tiny", ["NG"]) == before
    for cell in ("there = 'IN'", "from cohort import places\nplaces.codes()", "from cohort import place_table"):
        shutil.copy(tiny / "notebooks/tiny/tiny.ipynb", tiny / "alone.ipynb")
        write_lesson(tiny, "%matplotlib inline", cell)
        before = lesson_keys.keys("tiny", ["NG"])
        change_pack(tiny, "IN", "demonym: Indian", "demonym: Indian ")
        assert lesson_keys.keys("tiny", ["NG"]) != before, cell
        shutil.move(tiny / "alone.ipynb", tiny / "notebooks/tiny/tiny.ipynb")


def test_a_lesson_depends_on_the_course_code_that_it_imports_and_on_no_other(tiny, tmp_path, monkeypatch):
    package = tmp_path / "copy" / "cohort"
    shutil.copytree(lesson_keys.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(lesson_keys, "PACKAGE", package)
    write_lesson(tiny, "from cohort import cards")
    before = lesson_keys.keys("tiny", ["NG"])
    with (package / "cli.py").open("a") as file:
        file.write("# changed\n")
    assert lesson_keys.keys("tiny", ["NG"]) == before
    with (package / "facts.py").open("a") as file:  # cards imports places, and places imports facts
        file.write("# changed\n")
    assert lesson_keys.keys("tiny", ["NG"]) != before


def test_a_lesson_depends_on_what_is_installed_and_on_its_data(tiny, monkeypatch):
    text = (tiny / "course.yml").read_text()
    (tiny / "course.yml").write_text(text.replace("datasets: []", "datasets: [chicago]"))
    keys = [lesson_keys.keys("tiny", ["NG"])]
    about = lesson_keys.datasets.describe("chicago")
    monkeypatch.setattr(lesson_keys.datasets, "describe", lambda name: about | {"version": "another"})
    keys.append(lesson_keys.keys("tiny", ["NG"]))
    lesson_keys._installed.cache_clear()
    monkeypatch.setattr(lesson_keys, "distributions", lambda: [SimpleNamespace(name="pandas", version="99")])
    keys.append(lesson_keys.keys("tiny", ["NG"]))
    lesson_keys._installed.cache_clear()
    assert len({key["NG"] for key in keys}) == 3


# The command


def test_it_is_stopped_with_ctrl_c_goes_on_where_it_was_and_reports_for_programs(tiny):
    wait = tiny / "wait"
    wait.touch()
    write_lesson(
        tiny,
        "import time\nfrom pathlib import Path\nif place == 'NG':\n    Path('begun').touch()",
        "while place == 'NG' and Path('wait').exists():\n    time.sleep(0.1)",
        "assert place == 'IN', 'only there'",
    )
    with subprocess.Popen([*COMMAND, "--workers", "1"], stderr=subprocess.PIPE, text=True) as stopped:
        until((tiny / "begun").exists)
        stopped.send_signal(signal.SIGINT)
        wait.unlink()
        assert "Run the same command again: it continues where it was." in stopped.communicate(timeout=60)[1]
    assert stopped.returncode == 130
    done = subprocess.run([*COMMAND, "--json"], capture_output=True, text=True)
    assert done.returncode == 1
    india, nigeria = sorted(json.loads(done.stdout)["lessons"], key=lambda run: run["place"])
    assert (india["state"], nigeria["state"]) == ("unchanged", "failed")
    assert "error: tiny for NG: cell 6: AssertionError: only there" in done.stderr
    assert nigeria["reason"] in done.stderr


def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


def test_the_matrix_of_thirteen_places_stands_on_lines_of_80_characters():
    at = ["BR", "CO", "EU", "GH", "ID", "IN", "KE", "MX", "NG", "PH", "RW", "US-CA", "ZA"]
    runs = [Run("excess", place, "passed") for place in at]
    runs += [Run("breach", place, "skipped" if place == "GH" else "unchanged", "none") for place in at if place != "ZA"]
    screen = Console(width=80)
    with screen.capture() as shown:
        screen.print(matrix(runs))
    head, excess, breach = shown.get().splitlines()
    assert head.split() == ["module", *at]
    assert excess.split() == ["excess", *["ok"] * 13]
    assert breach.split() == ["breach", "same", "same", "same", "skip", *["same"] * 8]
    assert summary(runs).startswith("13 passed, 11 unchanged, 1 skipped. ")


def test_an_unknown_place_is_named_with_those_there_are(tiny):
    with pytest.raises(CourseError, match=r"there is no place 'ZZ': choose one of IN, NG"):
        list(lessons.run(at=["ZZ"]))


def write_lesson(root, *cells):
    path = root / "notebooks/tiny/tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += [new_code_cell(code, id=f"more-{number}") for number, code in enumerate(cells)]
    nbformat.write(notebook, path)


def outputs(module, place):
    """The outputs of an executed lesson, cell by cell; papermill's metadata hold how long each took."""
    cells = normalised(read_notebook(tree.executed_lesson(module, place)))
    return [{part: value for part, value in cell.items() if part != "metadata"} for cell in cells]


def test_a_lesson_on_a_warm_kernel_gives_the_same_outputs_for_each_place(tiny):
    write_lesson(
        tiny,
        "import os, json\nfrom pathlib import Path\nimport xml.etree.ElementTree as tree\nfrom cohort import places",
        "print(Path.cwd() == Path(os.environ['PWD']), Path('course.yml').exists(), os.environ['HOME'])\nplace",
        "places.load_place(place).name, tree.Element('a').tag, _, len(In)",
        "import warnings\nwarnings.warn('careful')",
        "%who_ls",
        "display(seed, display_id='seed')\nPath('beside.txt').write_text(place)",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PWD", str(tiny))
        assert states() == {"NG": "passed", "IN": "passed"}
        fresh = {place: outputs("tiny", place) for place in ("NG", "IN")}
        assert states(force=True, warm=True) == {"NG": "passed", "IN": "passed"}
    assert "True True" in fresh["NG"][5]["outputs"][0]["stdout"]
    assert {place: outputs("tiny", place) for place in fresh} == fresh


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("import os; os._exit(1)", "DeadKernelError"),
        ("import nothing", "No"),
    ],
)
def test_a_lesson_that_fails_on_a_warm_kernel_says_why_as_on_a_fresh_one(tiny, cell, reason):
    write_lesson(tiny, cell)
    (fresh,) = lessons.run(at=["NG"])
    (warm,) = lessons.run(at=["NG"], warm=True)
    assert (warm.state, warm.reason) == (fresh.state, fresh.reason)
    assert reason in warm.reason


@pytest.mark.matrix
def test_the_lesson_on_excess_deaths_is_the_same_on_a_warm_kernel_in_two_places(in_course):
    assert set(states(["excess"], ["NG", "IN"], force=True).values()) == {"passed"}
    fresh = {place: outputs("excess", place) for place in ("NG", "IN")}
    assert set(states(["excess"], ["NG", "IN"], force=True, warm=True).values()) == {"passed"}
    assert {place: outputs("excess", place) for place in fresh} == fresh


@pytest.mark.matrix
def test_every_lesson_of_the_course_runs_for_every_place(in_course):
    failed = [run for run in lessons.run(force=True) if run.state != "passed"]
    assert failed == []
