"""Collects submissions from the folder exchange: only what the student put there, and only plain files."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import ignore_patterns


class CollectOwned(ExchangeCollect):
    """nbgrader's own, which would warn of a submission in another's name, and take it; and would follow links.

    A student may write what they like into the inbound folder: a submission that is named after another student, or one
    whose notebook is a link to what only the grader can read.
    """

    def _sort_by_timestamp(self, records: list[dict]) -> list[dict]:
        # The student's own first, whatever the time: a forged one must not hide it.
        return sorted(super()._sort_by_timestamp(records), key=self._forged)

    def _forged(self, record: dict) -> bool:
        about = os.lstat(Path(self.inbound_path) / record["filename"])
        try:
            owner = pwd.getpwuid(about.st_uid).pw_name
        except KeyError:
            owner = "nobody known"
        return not stat.S_ISDIR(about.st_mode) or (self.check_owner and owner != record["username"])

    def copy_files(self) -> None:
        for record in filter(self._forged, self.src_records):
            self.log.warning("Not collected: %s is not of the student that it names", record["filename"])
        self.src_records = [record for record in self.src_records if not self._forged(record)]
        super().copy_files()

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        if self.get_size(src) > 1000 * self.coursedir.max_dir_size:
            raise RuntimeError(f"{src} is larger than {self.coursedir.max_dir_size} kB")
        choose = ignore_patterns(
            exclude=self.coursedir.ignore,
            include=self.coursedir.include,
            max_file_size=self.coursedir.max_file_size,
            log=self.log,
        )

        def left_out(folder: str, names: list[str]) -> set[str]:
            odd = {name for name in names if not _plain(Path(folder) / name)}
            return odd | set(choose(folder, [name for name in names if name not in odd]))

        shutil.copytree(src, dest, symlinks=True, ignore=left_out, copy_function=_copy)


def _plain(path: Path) -> bool:
    mode = path.lstat().st_mode
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _copy(source: str, target: str) -> str:
    """Copy a plain file that a student may exchange for a link or a pipe at this very moment."""
    opened = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(opened, "rb") as file, Path(target).open("wb") as copy:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{source} is not a plain file")
        shutil.copyfileobj(file, copy)
    return target
