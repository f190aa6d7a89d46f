"""What is read from the folders of an assignment, and what is written there."""

from __future__ import annotations

import pytest

from cohort.errors import CourseError
from cohort.grading.course_directory import nbgrader_config
from cohort.grading.folders import TIMESTAMP, Folders, read_files, write_files
from cohort.grading.unit import Graded


@pytest.fixture
def folders(released):
    folders = Folders("tiny", nbgrader_config())
    folders.submitted("ada").mkdir(parents=True)
    (folders.submitted("ada") / "tiny.ipynb").write_text("{}")
    return folders


def test_files_are_read_with_those_below_and_without_what_grading_passes_by(folders, tmp_path):
    place = folders.submitted("ada")
    (place / "data/deep").mkdir(parents=True)
    (place / "data/deep/a.csv").write_bytes(b"\xff")
    for name in ("tiny.ipynb", "other.ipynb", TIMESTAMP, "module.pyc", "README.md"):
        (place / name).write_text("{}")
    (place / "__pycache__").mkdir()
    (place / "__pycache__/kept.txt").write_text("x")
    secret = tmp_path / "secret.txt"
    secret.write_text("gradebook")
    (place / "link.txt").symlink_to(secret)
    (place / "linked").symlink_to(tmp_path)
    found = folders.submission("ada", ["tiny", "missing"])
    assert found.files == {"data/deep/a.csv": b"\xff"}
    assert found.notebooks == {"tiny": "{}"}


def test_files_are_written_in_place_of_those_of_the_same_name_and_never_through_a_link(tmp_path):
    secret, place = tmp_path / "secret.txt", tmp_path / "place"
    secret.write_text("gradebook")
    place.mkdir()
    (place / "a.txt").symlink_to(secret)
    write_files(place, {"a.txt": b"new", "below/b.txt": b"b", "x.ipynb": b"forged"}, ["x.ipynb"])
    assert secret.read_text() == "gradebook"
    assert read_files(place, []) == {"a.txt": b"new", "below/b.txt": b"b"}
    assert not (place / "x.ipynb").exists()


def test_an_autograded_folder_holds_just_this_grading_and_the_time_of_submission(folders):
    (folders.submitted("ada") / TIMESTAMP).write_text("2026-03-01 10:00:00 UTC")
    folders.write(Graded("ada", {"tiny": "first"}, {"old.txt": b"x"}))
    folders.write(Graded("ada", {"tiny": "second"}, {"below/new.txt": b"y"}))
    place = folders.autograded("ada")
    found = {path.relative_to(place).as_posix(): path.read_text() for path in place.rglob("*") if path.is_file()}
    assert found == {"tiny.ipynb": "second", "below/new.txt": "y", TIMESTAMP: "2026-03-01 10:00:00 UTC"}
    folders.remove("ada")
    folders.remove("ada")
    assert not place.exists()


def test_a_time_that_cannot_be_understood_is_named_with_the_mend(folders):
    assert folders.timestamp("ada") is None
    (folders.submitted("ada") / TIMESTAMP).write_text("2026-03-01 10:00:00 UTC")
    assert folders.timestamp("ada").day == 1
    (folders.submitted("ada") / TIMESTAMP).write_text("yesterday or so")
    with pytest.raises(CourseError, match=r"timestamp.txt is no time .*: write the time of submission into it"):
        folders.timestamp("ada")


def test_a_key_changes_with_the_submission_the_source_and_the_configuration(folders, released):
    keys = {folders.key("ada", folders.common_key())}
    assert folders.key("ada", folders.common_key()) in keys
    for path in (folders.submitted("ada") / "new.txt", folders.source / "data.csv", released / "nbgrader_config.py"):
        with path.open("a") as file:
            file.write("\n# more\n")
        keys.add(folders.key("ada", folders.common_key()))
    assert len(keys) == 4


def test_the_instructor_s_files_are_those_of_the_source_besides_notebooks(folders):
    (folders.source / "data").mkdir()
    (folders.source / "data/a.csv").write_text("a")
    assert folders.source_files() == {"data/a.csv": b"a"}


def test_what_the_exchange_puts_beside_a_submission_goes_with_it_and_is_none_of_its_files(folders):
    for name in ("timestamp.txt", "submission_secret.txt"):
        (folders.submitted("ada") / name).write_text("2026-03-01 10:00:00 UTC")
    assert folders.submission("ada", ["tiny"]).files == {}  # else it could not share what the source's cells did
    folders.write(Graded("ada", {"tiny": "{}"}, {"submission_secret.txt": b"forged"}))
    written = folders.autograded("ada") / "submission_secret.txt"
    assert written.read_text() == "2026-03-01 10:00:00 UTC"
