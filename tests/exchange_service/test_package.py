"""What travels between machines, and what is refused before anything is written."""

from __future__ import annotations

import io
import os
import stat
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from cohort.exchange_service import package
from cohort.exchange_service.package import BadPackage, check, is_safe_id, pack, unpack


def zipped(*entries: tuple[str, bytes], mode: int = stat.S_IFREG | 0o644, how: int = zipfile.ZIP_STORED) -> bytes:
    """A zip file that another program than ours could send."""
    file = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(file, "w", how) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name)
            entry.filename, entry.external_attr, entry.compress_type = name, mode << 16, how
            archive.writestr(entry, content)
    return file.getvalue()


def overlapping() -> bytes:
    """Many entries that all show the same bytes: a bomb that needs no compression."""
    body = zipped(("a", b"x" * 100_000))
    end = body.rindex(b"PK\x05\x06")
    start = struct.unpack("<L", body[end + 16 : end + 20])[0]
    entry = body[start:end]
    names = [bytes([65 + number // 26, 97 + number % 26]) for number in range(500)]
    entries = b"".join(entry[:28] + struct.pack("<H", 2) + entry[30:46] + name for name in names)
    counts = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 500, 500, len(entries), start, 0)
    return body[:start] + entries + counts


BAD = {
    "a path to above": zipped(("../../etc/cron.d/evil", b"x")),
    "a path to above, further in": zipped(("data/../../evil", b"x")),
    "an absolute path": zipped(("/etc/passwd", b"x")),
    "a path of Windows": zipped(("data\\..\\..\\evil", b"x")),
    "a name that ends early": zipped(("good.ipynb\x00/../evil", b"x")),
    "a name with a line break": zipped(("a\nb", b"x")),
    "an empty step": zipped(("data//a", b"x")),
    "a name too long": zipped(("n" * 300, b"x")),
    "a link": zipped(("data", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777),
    "a pipe": zipped(("data", b""), mode=stat.S_IFIFO | 0o644),
    "a folder as a file": zipped(("data/", b"")),
    "the same name twice": zipped(("a", b"1"), ("a", b"2")),
    "names that differ in capitals": zipped(("A.ipynb", b"1"), ("a.ipynb", b"2")),
    "a file that is a folder too": zipped(("a", b"1"), ("a/b", b"2")),
    "a bomb": zipped(("zeros", bytes(50_000_000)), how=zipfile.ZIP_DEFLATED),
    "overlapping entries": overlapping(),
    "too many files": zipped(*((str(number), b"") for number in range(package.MOST_FILES + 1))),
    "a list of files of 10 MB": struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 10_000_000, 0, 0),
    "a comment": zipped(("a", b"1"))[:-2] + b"\x05\x00hello",
    "half of a zip file": zipped(("a", b"1" * 1000))[:500],
    "a changed byte": zipped(("a", b"1" * 1000)).replace(b"1" * 1000, b"1" * 999 + b"2"),
    "no zip file": b"hello, world, this is text and surely no zip file at all",
    "nothing": b"",
}


@pytest.mark.parametrize("what", BAD)
def test_package_with_anything_but_plain_files_is_refused(what, tmp_path):
    (tmp_path / "package").write_bytes(BAD[what])
    with pytest.raises(BadPackage):
        check(tmp_path / "package")


def test_what_is_unpacked_is_what_was_packed(tmp_path):
    files = {"a.ipynb": b"{}", "data/deep/Sekou Touré.csv": b"1,2\r\n", "image.png": os.urandom(1000), "empty": b""}
    for name, content in files.items():
        path = tmp_path / "from" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    pack(tmp_path / "from", tmp_path / "package")
    assert list(check(tmp_path / "package")) == sorted(files)
    unpack(tmp_path / "package", tmp_path / "to")
    found = {path.relative_to(tmp_path / "to").as_posix(): path.read_bytes() for path in _files(tmp_path / "to")}
    assert found == files


def test_same_files_make_the_same_bytes_whenever_they_were_written(tmp_path):
    packages = []
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name in ("b", "a")[:: 1 if number == 1 else -1]:
            (folder / name).write_text(name)
            os.utime(folder / name, (number * 10**8, number * 10**8))
        pack(folder, tmp_path / f"{number}.zip")
        packages.append((tmp_path / f"{number}.zip").read_bytes())
    assert packages[0] == packages[1]


def test_file_whose_name_cannot_travel_is_named(tmp_path):
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "one\ntwo").write_text("")
    with pytest.raises(BadPackage, match=r"one\\ntwo"):
        pack(tmp_path / "from", tmp_path / "package")


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".hidden", "a/b", "a\\b", "a*", "a?", "a[b]", "a\x00", "\ud800", "n" * 101]
)
def test_name_that_is_no_folder_or_a_pattern_names_nobody(name):
    assert not is_safe_id(name)


def test_usual_names_are_taken():
    assert all(map(is_safe_id, ["ada", "ada@example.org", "ps 1", "Touré", "a+b@example.org", "2026_excess-1"]))


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
