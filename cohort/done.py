"""Remembers which content a step was done for, so that only what changed is done again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cohort.files import whole_file


def fingerprint(*parts: bytes | str) -> str:
    """A SHA-256 over the parts, in order; parts cannot run into each other."""
    digest = hashlib.sha256()
    for part in parts:
        # The name of a file may hold bytes that are no UTF-8.
        content = part.encode(errors="surrogateescape") if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def fingerprint_files(paths: Iterable[Path], base: Path) -> str:
    """A SHA-256 over the names (relative to `base`) and contents of files."""
    parts: list[bytes | str] = []
    for path in sorted(paths):
        with path.open("rb") as file:
            parts += [path.relative_to(base).as_posix(), hashlib.file_digest(file, "sha256").digest()]
    return fingerprint(*parts)


class Done:
    """A file of names and fingerprints, a line for each thing done.

    A line is added after each, so that the work of a long run grows with its length and no more;
    a line that a crash cut short is passed by, and its work done again.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._keys: dict[str, str] = {}
        with suppress(OSError, UnicodeError):  # absent or damaged: do the work again
            lines = path.read_text(encoding="utf-8").splitlines()
            for line in lines:
                with suppress(ValueError, TypeError):
                    name, key = json.loads(line)
                    self._keys[name] = key
            if len(lines) > 2 * len(self._keys):
                self._write(self._keys)

    def has(self, name: str, key: str) -> bool:
        """Whether `name` was done for just this content."""
        return self._keys.get(name) == key

    def add(self, name: str, key: str) -> None:
        """Remember that `name` is done for this content."""
        if self._keys.get(name) != key:
            self._keys[name] = key
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                # A line that was cut short must not take this one with it.
                file.write(("\n" if file.tell() else "") + json.dumps([name, key]))

    def _write(self, keys: dict[str, str]) -> None:
        with whole_file(self.path) as beside:
            beside.write_text("\n".join(json.dumps(pair) for pair in keys.items()), encoding="utf-8")
