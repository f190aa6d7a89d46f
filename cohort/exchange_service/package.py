"""A folder as one file: an uncompressed zip of plain files, checked before anything is taken from it.

Nothing in it is compressed, so what was received is never smaller than what is written, and the same files
always give the same bytes: their SHA-256 names the content.
"""

from __future__ import annotations

import hashlib
import shutil
import stat
import struct
import unicodedata
import zipfile
from pathlib import Path

MOST_FILES = 2000
LONGEST_PATH = 500

# nbgrader writes these two beside what it collects.
OURS = ("timestamp.txt", "submission_secret.txt")

# The last record of a zip: its mark, four counts, size and place of the list of files, length of a comment.
_END = struct.Struct("<4s4H2LH")
_ENTRY = 46


class BadPackage(ValueError):
    """A package or a name in it is refused; the message says why, in one line."""


def pack(folder: Path, target: Path) -> None:
    """Write the plain files below `folder` into the package `target`.

    Raises
    ------
    BadPackage
        If a name cannot travel, or there are too many files.
    """
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    _check_names(list(files))
    with zipfile.ZipFile(target, "w") as archive:
        for name, path in sorted(files.items()):
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, path.read_bytes())


def check(package: Path) -> dict[str, str]:
    """Read a package through.

    Returns
    -------
    dict of str to str
        The SHA-256 of each file, by its path.

    Raises
    ------
    BadPackage
        If it is anything but plain, uncompressed files with harmless names.
    """
    try:
        _check_end(package)
        with zipfile.ZipFile(package) as archive:
            entries = archive.infolist()
            _check_names([entry.orig_filename for entry in entries])
            _check_entries(entries, package.stat().st_size)
            return {entry.filename: _digest(archive, entry) for entry in entries}
    except BadPackage:
        raise
    # What zipfile raises for a damaged file is not documented further.
    except (zipfile.BadZipFile, ValueError, OverflowError, EOFError, RuntimeError, struct.error) as error:
        raise BadPackage(f"it is damaged: {error}") from None


def unpack(package: Path, folder: Path) -> None:
    """Write the files of a checked package into an empty `folder`."""
    with zipfile.ZipFile(package) as archive:
        for entry in archive.infolist():
            path = folder / entry.filename
            path.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(entry) as content, path.open("xb") as file:
                shutil.copyfileobj(content, file)


def is_safe_name(name: str) -> bool:
    """Whether `name` can be one step of a path, on any machine and in any pattern of nbgrader's."""
    odd = any(unicodedata.category(letter) in ("Cc", "Cs") for letter in name)
    return not odd and name not in ("", ".", "..") and not set(name) & set("/\\") and len(name.encode()) <= 255


def is_safe_id(name: str) -> bool:
    """Whether `name` can be that of a course, an assignment or a student."""
    return is_safe_name(name) and not name.startswith(".") and not set(name) & set("*?[]") and len(name) <= 100


def _check_end(package: Path) -> None:
    # zipfile reads the whole list of files into memory: look how long it says it is.
    with package.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 42))
        tail = file.read()
    if len(tail) < _END.size:
        raise BadPackage("it is no zip file")
    mark, *_, count, size, _, comment = _END.unpack(tail[-_END.size :])
    if mark != b"PK\x05\x06" or comment or tail.startswith(b"PK\x06\x07"):
        raise BadPackage("it is no zip file of the plain kind")
    if count > MOST_FILES or size > MOST_FILES * (_ENTRY + 4 * LONGEST_PATH):
        raise BadPackage(f"it has more than {MOST_FILES} files")


def _check_names(names: list[str]) -> None:
    if len(names) > MOST_FILES:
        raise BadPackage(f"it has more than {MOST_FILES} files")
    for name in names:
        if len(name) > LONGEST_PATH or not all(is_safe_name(part) for part in name.split("/")):
            raise BadPackage(f"{name[:80]!a} is not a name that the exchange takes")
    alike = [unicodedata.normalize("NFC", name).casefold() for name in names]
    folders = {above for name in alike for above in _above(name)}
    if len(set(alike)) < len(alike) or folders & set(alike):
        raise BadPackage("two of its files have the same name, or names that differ in capitals only")


def _above(name: str) -> list[str]:
    steps = name.split("/")
    return ["/".join(steps[:depth]) for depth in range(1, len(steps))]


def _check_entries(entries: list[zipfile.ZipInfo], received: int) -> None:
    for entry in entries:
        plain = stat.S_IFMT(entry.external_attr >> 16) in (0, stat.S_IFREG)
        if not plain or entry.is_dir() or entry.filename != entry.orig_filename:
            raise BadPackage(f"{entry.filename!a} is not a plain file")
        if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 0x1:
            raise BadPackage(f"{entry.filename!a} is compressed or encrypted")
    if sum(entry.file_size for entry in entries) > received:
        raise BadPackage("its files overlap")


def _digest(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    with archive.open(entry) as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
