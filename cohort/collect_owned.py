"""Collects submissions from the folder exchange: only what the student put there, and only plain files."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import ignore_patterns

from cohort.errors import exhausted
from cohort.files import whole_folder


class CollectOwned(ExchangeCollect):
    """nbgrader's own, which would warn of a submission in another's name, and take it; and would follow links.

    A student may write what they like into the inbound folder: a submission that is named after another student, or one
    whose notebook is a link to what only the grader can read.
    """

    def _sort_by_timestamp(self, records: list[dict]) -> list[dict]:
        # The student's own whole ones first, whatever the time: nothing else must hide them.
        return sorted(super()._sort_by_timestamp(records), key=lambda record: bool(self._fault(record)))

    def _fault(self, record: dict) -> str:
        """Why a submission is not collected; empty if it is."""
        folder = Path(self.inbound_path) / record["filename"]
        about = os.lstat(folder)
        try:
            owner = pwd.getpwuid(about.st_uid).pw_name
        except KeyError:
            owner = "nobody known"
        if not stat.S_ISDIR(about.st_mode) or (self.check_owner and owner != record["username"]):
            return "is not of the student that it names"
        # nbgrader writes the secret last.
        return "" if (folder / "submission_secret.txt").is_file() else "was cut short, or is still being handed in"

    def copy_files(self) -> None:
        for record in self.src_records:
            if fault := self._fault(record):
                self.log.warning("Not collected: %s %s", record["filename"], fault)
        self.src_records = [record for record in self.src_records if not self._fault(record)]
        super().copy_files()

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        choose = ignore_patterns(
            exclude=self.coursedir.ignore,
            include=self.coursedir.include,
            max_file_size=self.coursedir.max_file_size,
            log=self.log,
        )
        try:
            if self.get_size(src) > 1000 * self.coursedir.max_dir_size:
                raise OSError(f"it is larger than {self.coursedir.max_dir_size} kB")
            with whole_folder(Path(dest)) as target:
                # Through open folders, not by path: the student may exchange a folder for a link at this very moment.
                for folder, folders, names, opened in os.fwalk(src):
                    left_out = choose(folder, folders + names)
                    folders[:] = [name for name in folders if name not in left_out]
                    here = target / Path(folder).relative_to(src)
                    here.mkdir(exist_ok=True)
                    for name in set(names) - set(left_out):
                        _copy(name, opened, here / name)
        except OSError as error:
            if trouble := exhausted(error):
                raise trouble from None
            # One student's odd files must not keep the others' from being collected.
            self.log.error("Not collected: %s: %s", src, error)


def _copy(name: str, folder: int, target: Path) -> None:
    """Copy a file of an open folder, if it is plain: no link, no pipe."""
    if not stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
        return
    opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    with os.fdopen(opened, "rb") as file, target.open("wb") as copy:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{name} is not a plain file")
        shutil.copyfileobj(file, copy)
