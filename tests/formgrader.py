"""The formgrader in a Jupyter server, as `jupyter lab` starts one in the root of the course."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Formgrader:
    """A formgrader at an address."""

    url: str

    def ask(self, path: str, method: str = "GET") -> object:
        """What its API answers, once the server is up."""
        request = urllib.request.Request(self.url + path, headers={"Authorization": "token secret"}, method=method)
        until = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(request, timeout=60) as reply:
                    return json.load(reply)
            except urllib.error.HTTPError:
                raise
            except OSError:
                assert time.monotonic() < until, "the Jupyter server did not answer"
                time.sleep(0.3)


@pytest.fixture
def formgrader(released: Path) -> Iterator[Formgrader]:
    """The formgrader of a course that is released."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root", "--ip=127.0.0.1"]
    options = [f"--port={port}", "--IdentityProvider.token=secret", "--ServerApp.port_retries=0"]
    with subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield Formgrader(f"http://127.0.0.1:{port}/formgrader")
        finally:
            server.terminate()
