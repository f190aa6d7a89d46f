"""Remembers which content a step was done for, so that only what changed is done again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from cohort.files import whole_file


def fingerprint(*parts: bytes | str) -> str:
    """A SHA-256 over the parts, in order; parts cannot run into each other."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def fingerprint_files(paths: Iterable[Path], base: Path) -> str:
    """A SHA-256 over the names (relative to `base`) and contents of files."""
    parts: list[bytes | str] = []
    for path in sorted(paths):
        parts += [path.relative_to(base).as_posix(), path.read_bytes()]
    return fingerprint(*parts)


class Done:
    """A file of ``name: fingerprint`` pairs, one for each thing done; written whole after each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._keys: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._keys = {}  # absent or damaged: do the work again

    def has(self, name: str, key: str) -> bool:
        """Whether `name` was done for just this content."""
        return self._keys.get(name) == key

    def add(self, name: str, key: str) -> None:
        """Remember that `name` is done for this content."""
        self._keys[name] = key
        with whole_file(self.path) as beside:
            beside.write_text(json.dumps(self._keys, indent=1, sort_keys=True), encoding="utf-8")
