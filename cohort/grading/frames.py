"""Messages of any bytes over a socket, each behind its length."""

from __future__ import annotations

import socket

# The largest message; what is longer comes from somebody who wants to fill our memory.
LARGEST = 64 << 20
_HEAD = 4


class HungUp(Exception):
    """The other side is gone, or does not keep to the form."""


def send(end: socket.socket, message: bytes) -> None:
    """Send one message.

    Raises
    ------
    HungUp
        If the other side is gone.
    """
    try:
        end.sendall(len(message).to_bytes(_HEAD, "big"))
        end.sendall(message)
    except OSError as error:
        raise HungUp(str(error)) from error


def receive(end: socket.socket) -> bytes:
    """Wait for the next message.

    Raises
    ------
    HungUp
        If the other side is gone, or announces more than a message can be.
    """
    length = int.from_bytes(_exactly(end, _HEAD), "big")
    if length > LARGEST:
        raise HungUp(f"a message of {length >> 20} MB")
    return _exactly(end, length)


def _exactly(end: socket.socket, count: int) -> bytes:
    content = bytearray()
    while len(content) < count:
        try:
            piece = end.recv(min(count - len(content), 1 << 20))
        except OSError as error:
            raise HungUp(str(error)) from error
        if not piece:
            raise HungUp("the other side is gone")
        content += piece
    return bytes(content)
