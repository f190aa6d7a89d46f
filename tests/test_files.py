"""Files are whole or not there; what is done is remembered, and forgotten when damaged."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort.done import Done, fingerprint
from cohort.errors import full_disk
from cohort.files import whole_file, whole_folder


def test_an_error_while_writing_leaves_the_old_file(tmp_path):
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(RuntimeError), whole_file(target) as beside:
        beside.write_text("half of the n")
        raise RuntimeError
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_error_while_filling_leaves_the_old_folder(tmp_path):
    target = tmp_path / "made"
    with whole_folder(target) as beside:
        (beside / "a.txt").write_text("old")
    with pytest.raises(RuntimeError), whole_folder(target) as beside:
        (beside / "b.txt").write_text("new")
        raise RuntimeError
    assert [path.name for path in target.iterdir()] == ["a.txt"]
    assert list(tmp_path.iterdir()) == [target]


def test_an_error_in_the_very_last_step_brings_the_old_folder_back(tmp_path, monkeypatch):
    target = tmp_path / "made"
    with whole_folder(target) as beside:
        (beside / "a.txt").write_text("old")
    rename = Path.rename

    def fail_on_the_way_in(path, to):
        if to == target and not path.name.endswith("-old"):
            raise KeyboardInterrupt
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", fail_on_the_way_in)
    with pytest.raises(KeyboardInterrupt), whole_folder(target) as beside:
        (beside / "b.txt").write_text("new")
    assert [path.name for path in target.iterdir()] == ["a.txt"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_said_with_the_mend():
    error = OSError(errno.ENOSPC, "No space left on device", "/some/file")
    assert "no space left on the disk while writing /some/file: free some space" in str(full_disk(error))
    assert full_disk(OSError(errno.EACCES, "Permission denied")) is None


def test_what_is_done_is_remembered_for_just_that_content(tmp_path):
    Done(tmp_path / "done.json").add("excess", "1")
    again = Done(tmp_path / "done.json")
    assert again.has("excess", "1")
    assert not again.has("excess", "2")
    assert not again.has("heat", "1")


def test_a_damaged_memory_means_doing_the_work_again(tmp_path):
    (tmp_path / "done.json").write_text('{"excess": ')
    assert not Done(tmp_path / "done.json").has("excess", "1")


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_different_parts_have_different_fingerprints(a, b):
    assert (fingerprint(*a) == fingerprint(*b)) == (a == b)
