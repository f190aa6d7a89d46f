"""One end of a socket pair between a worker and a kernel: JSON, a line a message, with open files beside."""

from __future__ import annotations

import socket
from collections import deque
from typing import Any

from jupyter_client.session import json_packer, json_unpacker

PIECE = 1 << 20
# A longer line is no output of a notebook: whoever sends it wants to fill our memory.
LONGEST = 64 << 20


class Channel:
    """One end of a channel. What comes through it is read as JSON and never run."""

    def __init__(self, end: socket.socket, trusted: bool = False) -> None:
        self.end = end
        self._trusted = trusted  # what a worker sends may be long: all files of a submission
        self._rest = bytearray()
        self._ready: deque[dict[str, Any]] = deque()
        self._files: deque[int] = deque()

    @classmethod
    def pair(cls) -> tuple[Channel, socket.socket]:
        """A channel, and the other end to give away."""
        ours, theirs = socket.socketpair()
        return cls(ours), theirs

    def send(self, message: dict[str, Any], file: int | None = None) -> None:
        """Send a message, and an open file with it.

        Raises
        ------
        OSError
            If the other side is gone.
        """
        line = json_packer(message) + b"\n"
        sent = socket.send_fds(self.end, [line], [file]) if file is not None else 0
        self.end.sendall(line[sent:])

    def receive(self) -> dict[str, Any] | None:
        """Wait for the next message; None if the other side is gone."""
        while not self._ready:
            try:
                piece, files, _, _ = socket.recv_fds(self.end, PIECE, 1)
            except ConnectionError:
                return None
            if not piece:
                return None
            self._files += files
            self._ready += self.feed(piece)
        return self._ready.popleft()

    def file(self) -> int:
        """The open file that came with the message just received, or with one that will be."""
        return self._files.popleft()

    def feed(self, piece: bytes) -> list[dict[str, Any]]:
        """The messages that a piece of bytes completes.

        Raises
        ------
        ValueError
            If a line is not a JSON object, or longer than any output of a notebook.
        """
        *lines, rest = piece.split(b"\n")
        if lines:
            lines[0] = bytes(self._rest) + lines[0]
            self._rest.clear()
        self._rest += rest
        if len(self._rest) > LONGEST and not self._trusted:
            raise ValueError(f"a message of more than {LONGEST >> 20} MB")
        messages = [json_unpacker(line) for line in lines]
        if not all(isinstance(message, dict) for message in messages):
            raise ValueError("a message that is no JSON object")
        return messages

    def close(self) -> None:
        """Hang up."""
        self.end.close()
