"""Channels: whole messages whatever the pieces, open files beside, and a refusal of what is no message."""

from __future__ import annotations

import os
import socket
import threading

import pytest

from cohort.grading import channel
from cohort.grading.channel import Channel


@pytest.fixture
def two():
    ours, theirs = Channel.pair()
    other = Channel(theirs)
    yield ours, other
    ours.close()
    other.close()


def test_messages_arrive_whole_and_in_order_whatever_the_pieces(two):
    here, there = two
    line = b'{"text": "Oy\\u1ecd \xf0\x9f\xa6\x9f"}\n'
    for byte in line * 2 + b'{"last": 1}\n':
        here.end.send(bytes([byte]))
    assert [there.receive() for _ in range(3)] == [{"text": "Oyọ 🦟"}] * 2 + [{"last": 1}]


def test_an_open_file_travels_with_its_message(two, tmp_path):
    here, there = two
    (tmp_path / "a").write_text("content")
    with (tmp_path / "a").open() as file:
        here.send({"do": "read"}, file.fileno())
    assert there.receive() == {"do": "read"}
    assert os.read(there.file(), 100) == b"content"


def test_a_large_message_with_a_file_arrives_whole(two, tmp_path):
    here, there = two
    with (tmp_path / "a").open("w") as file:
        sender = threading.Thread(target=here.send, args=({"text": "x" * 3_000_000}, file.fileno()))
        sender.start()
        assert len(there.receive()["text"]) == 3_000_000
        sender.join()
    os.close(there.file())


def test_the_end_of_the_other_side_is_the_end_of_messages(two):
    here, there = two
    here.send({"n": 1})
    here.end.send(b'{"half')
    here.end.shutdown(socket.SHUT_WR)
    assert there.receive() == {"n": 1}
    assert there.receive() is None


@pytest.mark.parametrize("line", [b"no json\n", b"[1]\n", b"3\n", b'"text"\n', b'{"a": 1}{"b": 2}\n', b"\xff\n"])
def test_what_is_no_message_is_refused(two, line):
    with pytest.raises(ValueError):
        two[0].feed(line)


def test_a_line_without_end_is_refused_before_it_fills_the_memory(two, monkeypatch):
    monkeypatch.setattr(channel, "LONGEST", 1000)
    assert two[0].feed(b"x" * 1000) == []
    with pytest.raises(ValueError, match="more than"):
        two[0].feed(b"x")
