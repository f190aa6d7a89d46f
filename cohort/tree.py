"""Where things are: the root of the course and the folders below it."""

from __future__ import annotations

import os
from pathlib import Path

from cohort.errors import CourseError


def root() -> Path:
    """The folder that holds ``course.yml``: the one that ``COHORT_ROOT`` names, else the nearest above the
    working directory, else the checkout that this package runs from, else the copy in the installed package.

    Raises
    ------
    CourseError
        If there is none.
    """
    if named := os.environ.get("COHORT_ROOT"):
        return Path(named)
    package = Path(__file__).resolve().parent
    for folder in (*_upwards(Path.cwd()), package.parent, package / "_course"):
        if (folder / "course.yml").is_file():
            return folder
    raise CourseError("no course.yml here or above: run the command in a checkout of the course")


def _upwards(folder: Path) -> tuple[Path, ...]:
    return (folder, *folder.parents)


def lesson(module: str) -> Path:
    """The notebook that teaches `module`."""
    return root() / "notebooks" / module / f"{module}.ipynb"


def source(module: str) -> Path:
    """The instructor's version of the assignment, with solutions and hidden checks."""
    return root() / "source" / module / f"{module}.ipynb"


def release(module: str) -> Path:
    """The student's version of the assignment, written by ``cohort release``."""
    return root() / "release" / module / f"{module}.ipynb"


def executed_lesson(module: str, place: str) -> Path:
    """Where papermill leaves the lesson as run for `place`."""
    return root() / "_build" / "lessons" / place / f"{module}.ipynb"
