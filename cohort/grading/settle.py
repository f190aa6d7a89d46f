"""The folders of a process: made, filled, given to its user, and moved into."""

from __future__ import annotations

import base64
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path

from cohort.grading.collect import GIVEN


def settle(folder: Path, files: dict[str, str], copy: bool, uid: int | None) -> None:
    """Make the folders of a process, and move in."""
    work = folder / "work"
    if copy:
        before = os.umask(0)
        shutil.copytree(Path.cwd(), work, symlinks=True, copy_function=_copy)
        os.umask(before)
    for path in (work, folder / "tmp", folder / "home" / ".ipython"):
        path.mkdir(parents=True, exist_ok=True)
    fonts = Path.home() / ".cache" / "matplotlib"
    if "matplotlib" not in sys.modules and fonts.is_dir():
        shutil.copytree(fonts, folder / "home" / ".cache" / "matplotlib", dirs_exist_ok=True)
    for name, content in files.items():
        path = work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))
        os.utime(path, ns=(GIVEN, GIVEN))
    if uid is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, uid, uid, follow_symlinks=False)
    folder.chmod(0o700)
    os.chdir(work)
    os.environ |= {"TMPDIR": str(folder / "tmp"), "HOME": str(folder / "home")}
    tempfile.tempdir = None


def _copy(source: str, target: str) -> None:
    """Copy a file with its mode and time by descriptor: the sandbox may keep those of a path as they are."""
    about = Path(source).stat()

    def opened(path: str, flags: int) -> int:
        return os.open(path, flags, stat.S_IMODE(about.st_mode))

    with open(source, "rb") as content, open(target, "wb", opener=opened) as file:  # noqa: PTH123  for `opener`
        shutil.copyfileobj(content, file)
        file.flush()
        os.utime(file.fileno(), ns=(about.st_atime_ns, about.st_mtime_ns))
