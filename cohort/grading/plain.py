"""Grades copies of submissions with plain nbgrader, each alone in a folder of its own, to compare with."""

from __future__ import annotations

import logging
import os
import pickle
import re
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from cohort import datasets, tree
from cohort.course import cohort_folder
from cohort.errors import CourseError
from cohort.grading.bubblewrap import bubblewrap, failure
from cohort.grading.course_directory import course_directory, nbgrader_config
from cohort.grading.gradebook import copy_gradebook, rows
from cohort.grading.limits import MB, Limits, exceeded, tasks_of
from cohort.grading.own_user import become, closed_to_others, spare_uid
from cohort.grading.processes import descendants

# What a kernel needs of the grader's environment; the rest may hold passwords.
ENVIRONMENT = ("PATH", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "JUPYTER_PATH", "OPENBLAS_NUM_THREADS")

# What nbgrader_config.py plugs into nbgrader, and plain nbgrader has its own of.
PLUGGED_IN = {
    "Autograde": ("sanitize_preprocessors", "autograde_preprocessors"),
    "Execute": ("kernel_manager_class",),
}

# A submission that takes longer than this many seconds in all is given up.
LIMIT = 600


@dataclass(frozen=True)
class Plain:
    """What plain nbgrader made of one submission.

    `folder` holds the autograded notebooks, if there are any; `rows` is what its gradebook says
    (empty if nothing); `reason` says why it was not graded, and is empty if it was.
    """

    student: str
    folder: Path
    rows: dict[str, Any]
    reason: str


def plainly(module: str, students: list[str], into: Path) -> Iterator[Plain]:
    """Grade copies of submissions with nbgrader's own autograder and kernels; the originals stay as they are.

    Each submission is graded in a process and a folder of its own, which hold nothing of the other
    submissions, inside bubblewrap: this engine's own sandbox refuses the sockets that a kernel needs.
    The configuration is the course's, without what it plugs into nbgrader.

    Parameters
    ----------
    module : str
        The assignment.
    students : list of str
        Whose submissions.
    into : Path
        An empty folder for the copies. Its path must be short: a kernel's sockets lie in it.

    Raises
    ------
    CourseError
        If bubblewrap, which fences it in, cannot be used here; or nbgrader_config.py holds something
        that cannot be handed to another process.
    """
    if reason := failure():
        raise CourseError(
            f"plain nbgrader cannot be fenced in here ({reason}): install bubblewrap, and allow user namespaces"
        )
    config = _unplugged(nbgrader_config())
    try:
        pickle.dumps(config)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise CourseError(
            f"nbgrader_config.py: {error}: name classes and functions there by text, as 'module.name'"
        ) from error
    folders = {student: into / str(number) for number, student in enumerate(students)}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        users = map(spare_uid, range(len(students)))
        yield from pool.map(
            lambda student, user: _alone(module, student, folders[student], config, user), students, users
        )


def _unplugged(config: Config) -> Config:
    for section, names in PLUGGED_IN.items():
        for name in names:
            config[section].pop(name, None)
    return config


def _alone(module: str, student: str, folder: Path, config: Config, user: int | None) -> Plain:
    _lay_out(module, student, folder)
    url = f"sqlite:///{folder / 'gradebook.db'}"
    copy_gradebook(course_directory("").db_url, url, module, [student])
    mine = Config(config)
    mine.CourseDirectory.root = str(folder)
    mine.CourseDirectory.db_url = url
    # There is no network inside, not even on loopback.
    mine.KernelManager.transport = "ipc"
    mine.KernelManager.ip = str(folder / "k")
    tasks = 0 if user is not None else tasks_of(os.getuid())  # inside, only its own can be seen
    (folder / "task").write_bytes(pickle.dumps((mine, module, student, user, Limits().processes + tasks)))
    with tempfile.TemporaryFile() as log:
        reason = _run(folder, user, log.fileno())
        if reason is None:
            log.seek(0)
            reason = _reason(log.read().decode(errors="replace"))
    return Plain(student, folder / "autograded" / student / module, _rows(folder, module, student), reason)


def _lay_out(module: str, student: str, folder: Path) -> None:
    """A course with one submission; a link in it stays a link, and leads nowhere."""
    for part in (Path("source") / module, Path("submitted") / student / module):
        shutil.copytree(cohort_folder() / part, folder / part, symlinks=True)
    for name in ("home", "tmp"):
        (folder / name).mkdir()
    # Without its list of fonts, matplotlib makes one and may say so on stderr, which costs points.
    import matplotlib

    fonts = folder / "home" / ".cache" / "matplotlib"
    shutil.copytree(matplotlib.get_cachedir(), fonts, ignore=shutil.ignore_patterns("tex.cache", "*lock*"))


def _run(folder: Path, user: int | None, log: int) -> str | None:
    """Grade in a process of its own: why it did not come to its end, "" if all is well, None if the log says it."""
    root = tree.root()
    # A plugin may lie beside nbgrader_config.py; that file itself may hold a password.
    plugins = [path for path in root.glob("*.py") if path.name != "nbgrader_config.py"]
    read = [path for path in (datasets.cache_folder(), root / "course.yml", root / "places") if path.exists()]
    command = [sys.executable, "-P", "-m", "cohort.grading.plain"]
    until = time.monotonic() + LIMIT
    with subprocess.Popen(
        bubblewrap(command, [*read, *plugins], [folder]),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=log,
        cwd=folder,
        env=_environment(folder, root),
    ) as grader:
        try:
            while time.monotonic() < until:
                try:
                    return None if grader.wait(0.25) else ""
                except subprocess.TimeoutExpired:
                    if reason := exceeded(Limits(), descendants(grader.pid), folder, user):
                        return reason
            return f"took more than {LIMIT} seconds"
        finally:
            grader.kill()  # and with bubblewrap, all that runs inside


def _environment(folder: Path, root: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    return kept | {
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "COHORT_DATA": str(datasets.cache_folder()),
        "COHORT_ROOT": str(root),
        # As nbgrader's commands do.
        "PYTHONPATH": os.pathsep.join([str(root), *sys.path]),
    }


def _rows(folder: Path, module: str, student: str) -> dict[str, Any]:
    """What the copied gradebook says; a student's code could write there, so look at what it is first."""
    path = folder / "gradebook.db"
    if not stat.S_ISREG(path.lstat().st_mode):
        return {}
    with Gradebook(f"sqlite:///{path}", course_directory("").course_id) as gradebook:
        try:
            return rows(gradebook, module, student)
        except MissingEntry:
            return {}


def _reason(log: str) -> str:
    """The first error of a log in one line: the last line of a traceback, else the last line."""
    errors = re.findall(r"^[\w.]*(?:Error|Exception)\b.*$", log, re.MULTILINE)
    return next(iter([*errors, *log.strip().splitlines()[-1:]]), "it ended without a word")


def _main() -> int:
    """Grade the one submission of the working directory; what a student's code does stays in here."""
    logging.basicConfig(level=logging.ERROR)
    task = Path("task")
    config, module, student, user, processes = pickle.loads(task.read_bytes())
    task.unlink()
    if user is not None:
        for path in (Path.cwd(), *Path.cwd().rglob("*")):
            os.lchown(path, user, user)
        become(user, closed_to_others([]) is not None)
    limits = Limits()
    for kind, most in {
        resource.RLIMIT_AS: 2 * limits.memory_mb * MB,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_NPROC: processes,
        resource.RLIMIT_FSIZE: limits.file_mb * MB,
        resource.RLIMIT_CORE: 0,
    }.items():
        resource.setrlimit(kind, (most, most))
    # It was for this process, not for the student's.
    os.environ.pop("PYTHONPATH", None)
    directory = CourseDirectory(config=config)
    directory.assignment_id, directory.student_id = module, student
    try:
        Autograde(coursedir=directory, config=config, force=True, log=logging.getLogger("nbgrader")).start()
    except NbGraderException:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main())
