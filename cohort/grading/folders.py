"""The folders of an assignment: what is read from ``source`` and ``submitted``, what is written to ``autograded``."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path

from nbgrader.converters import Autograde
from traitlets.config import Config

from cohort import tree
from cohort.course import cohort_folder
from cohort.done import fingerprint, fingerprint_files
from cohort.errors import CourseError
from cohort.files import whole_folder
from cohort.grading.course_directory import LOG, course_directory
from cohort.grading.limits import MB, Limits
from cohort.grading.unit import Graded, Submission

# nbgrader's exchange puts it beside each submission; it tells when, and no cell needs it.
TIMESTAMP = "timestamp.txt"
# What it puts there: they go with the submission, but are none of its files, and its cells do not see them.
OF_THE_EXCHANGE = (TIMESTAMP, "submission_secret.txt")


class Folders:
    """The folders of one assignment, in the cohort's folder and as nbgrader lays them out.

    Parameters
    ----------
    assignment : str
        The assignment.
    config : Config
        nbgrader's.
    """

    def __init__(self, assignment: str, config: Config) -> None:
        self.assignment = assignment
        self.source = cohort_folder() / "source" / assignment
        self._directory = course_directory(assignment, config=config)
        self._nbgrader = Autograde(coursedir=self._directory, config=config, log=LOG)

    @property
    def ignore(self) -> list[str]:
        """Patterns of names that nbgrader passes by."""
        return self._directory.ignore

    def submitted(self, student: str) -> Path:
        """What a student handed in."""
        return cohort_folder() / "submitted" / student / self.assignment

    def autograded(self, student: str) -> Path:
        """What grading makes of it."""
        return cohort_folder() / "autograded" / student / self.assignment

    def source_files(self) -> dict[str, bytes]:
        """The instructor's files besides the notebooks, which take the place of a student's of the same name."""
        left = self._nbgrader.exclude_overwriting.get(self.assignment, [])
        files = read_files(self.source, self.ignore)
        return {name: content for name, content in files.items() if name not in left}

    def submission(self, student: str, notebooks: list[str] | None) -> Submission:
        """A student's submission: these notebooks as far as they are there, or all of them, and the other files.

        Raises
        ------
        OSError, UnicodeError
            If a file cannot be read.
        """
        folder = self.submitted(student)
        _refuse_large(folder)
        names = notebooks if notebooks is not None else [path.stem for path in sorted(folder.glob("*.ipynb"))]
        paths = {name: folder / f"{name}.ipynb" for name in names}
        for path in paths.values():
            if path.is_symlink():
                raise OSError(errno.ELOOP, "a link instead of a notebook", path.name)
        texts = {name: path.read_text(encoding="utf-8") for name, path in paths.items() if path.is_file()}
        return Submission(student, texts, read_files(folder, self.ignore))

    def timestamp(self, student: str) -> datetime | None:
        """When a student submitted, if a file says so.

        Raises
        ------
        CourseError
            If the file cannot be understood.
        """
        folder = self.submitted(student)
        try:
            return self._directory.get_existing_timestamp(str(folder))
        except Exception as error:  # whatever a student's text makes the parser raise
            path = folder / TIMESTAMP
            raise CourseError(f"{path} is no time ({error}): write the time of submission into it") from error

    def write(self, graded: Graded) -> None:
        """Write a student's autograded folder, whole."""
        target = self.autograded(graded.student)
        for left in target.parent.glob(f".{self.assignment}-*"):  # of a run that was killed while it wrote
            shutil.rmtree(left, ignore_errors=True)
        with whole_folder(target) as beside:
            for name in OF_THE_EXCHANGE:
                path = self.submitted(graded.student) / name
                if path.is_file() and not path.is_symlink():
                    shutil.copyfile(path, beside / name)
            for name, text in graded.notebooks.items():
                (beside / f"{name}.ipynb").write_text(text, encoding="utf-8")
            write_files(beside, graded.files, [f"{name}.ipynb" for name in graded.notebooks])
        self._nbgrader.set_permissions(self.assignment, graded.student)

    def remove(self, student: str) -> None:
        """Remove a student's autograded folder."""
        shutil.rmtree(self.autograded(student), ignore_errors=True)

    def common_key(self, notebooks: bool = True) -> str:
        """A fingerprint of what every submission's score depends on.

        The source, with or without its notebooks, nbgrader's configuration with the plugins beside it, the
        packs of places that cells load, and the gradebook.
        """
        root = tree.root()
        files = (path for path in self.source.rglob("*") if path.is_file() and (notebooks or path.suffix != ".ipynb"))
        source = fingerprint_files(files, self.source)
        others = fingerprint_files([*root.glob("*.py"), *root.glob("places/*.yml")], root)
        return fingerprint(source, others, self._directory.db_url)

    def key(self, student: str, common: str) -> str:
        """A fingerprint of a student's submission and of what all have in common."""
        folder = self.submitted(student)
        files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
        return fingerprint(fingerprint_files(files, folder), common)


def _refuse_large(folder: Path) -> None:
    """Raise OSError if a submission is larger than what its kernel may write."""
    size = sum(path.lstat().st_size for path in folder.rglob("*"))
    if size > Limits().folder_mb * MB:
        raise OSError(f"they are larger than {Limits().folder_mb} MB together")


def read_files(folder: Path, ignore: list[str]) -> dict[str, bytes]:
    """The files below a folder besides notebooks and what the exchange put there, by path.

    Parameters
    ----------
    folder : Path
        Where to look. Links are not followed: a student's link could lead anywhere.
    ignore : list of str
        Patterns of names to pass by, of files and of folders.
    """
    found = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not any(fnmatch(name, pattern) for pattern in ignore)]
        for name in names:
            path = Path(place, name)
            if name in OF_THE_EXCHANGE or any(fnmatch(name, pattern) for pattern in [*ignore, "*.ipynb"]):
                continue
            if path.is_symlink() or not path.is_file():
                continue
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def write_files(folder: Path, files: dict[str, bytes], notebooks: Iterable[str]) -> None:
    """Write what a submission left below a folder, in place of files of the same name.

    Parameters
    ----------
    folder : Path
        Where to write.
    files : dict
        Content by path.
    notebooks : iterable of str
        Names of the graded notebooks, which it must not replace; nor what the exchange put there.
    """
    taken = {*OF_THE_EXCHANGE, *notebooks}
    for name, content in files.items():
        if name.split("/")[0] in taken:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(content)
