"""What was done is remembered line by line: a crash loses one line, and nothing grows without end."""

from __future__ import annotations

import json

from cohort.done import Done, fingerprint, fingerprint_files


def test_what_was_done_is_known_to_the_next_run_for_just_this_content(tmp_path):
    path = tmp_path / "below" / "done.jsonl"
    Done(path).add("a", "1")
    assert Done(path).has("a", "1")
    assert not Done(path).has("a", "2")
    assert not Done(path).has("b", "1")


def test_the_last_word_counts_when_a_thing_was_done_again(tmp_path):
    done = Done(tmp_path / "done")
    for key in ("1", "2", "3", "1"):
        done.add("a", key)
    again = Done(tmp_path / "done")
    assert again.has("a", "1")
    assert not again.has("a", "3")


def test_each_thing_done_costs_one_line(tmp_path):
    path = tmp_path / "done"
    done = Done(path)
    for number in range(10):
        done.add(f"student {number}", "key")
        done.add(f"student {number}", "key")
    assert len(path.read_text().splitlines()) == 10


def test_lines_of_things_done_again_are_dropped_at_the_next_start(tmp_path):
    path = tmp_path / "done"
    done = Done(path)
    for number in range(10):
        done.add("a", str(number))
    done.add("b", "1")
    again = Done(path)
    assert len(path.read_text().splitlines()) == 2
    assert again.has("a", "9")
    assert again.has("b", "1")
    again.add("c", "1")
    assert Done(path).has("c", "1")


def test_a_line_that_a_crash_cut_short_loses_only_its_own_work(tmp_path):
    path = tmp_path / "done"
    done = Done(path)
    done.add("a", "1")
    done.add("b", "1")
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        cut = Done(path)
        assert cut.has("a", "1") == (length >= len(json.dumps(["a", "1"])))
        assert not cut.has("b", "1")
        cut.add("c", "1")
        assert Done(path).has("c", "1")
        assert Done(path).has("a", "1") == cut.has("a", "1")


def test_a_damaged_file_means_that_the_work_is_done_again(tmp_path):
    path = tmp_path / "done"
    for content in (b"\xff\xfe", b"{}", b'[1]\n["a"]\n3\nnull\n', b"[[1], 2]\n", b'{"a": "1"}'):
        path.write_bytes(content)
        done = Done(path)
        assert not done.has("a", "1")
        done.add("a", "1")
        assert done.has("a", "1")


def test_a_folder_in_its_place_is_no_reason_to_stop_reading(tmp_path):
    assert not Done(tmp_path).has("a", "1")


def test_parts_of_a_fingerprint_cannot_run_into_each_other(tmp_path):
    assert fingerprint("ab", "c") != fingerprint("a", "bc") != fingerprint("abc")
    assert fingerprint("a") == fingerprint(b"a")
    (tmp_path / "a").write_text("b")
    one = fingerprint_files([tmp_path / "a"], tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert one != fingerprint_files([tmp_path / "b"], tmp_path)
