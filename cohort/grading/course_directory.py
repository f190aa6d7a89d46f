"""nbgrader's own configuration, course directory and log, just as its commands see them."""

from __future__ import annotations

import errno
import logging
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from jupyter_core.utils import ensure_event_loop
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, SAWarning, SQLAlchemyError
from traitlets.config import Config, PyFileConfigLoader

from cohort import tree
from cohort.course import cohort_folder, load_cohort
from cohort.errors import CourseError, GradebookError

# nbgrader 0.9.6 builds its rows in an order that SQLAlchemy 2.1 remarks on; the rows are right.
warnings.filterwarnings("ignore", message="Object of type .* not in session", category=SAWarning)

# How a full disk shows in nbgrader's messages: system calls (file size, space, quota) and SQLite.
NO_SPACE = re.compile(rf"\[Errno ({errno.EFBIG}|{errno.ENOSPC}|{errno.EDQUOT})\]|database or disk is full")

LOG = logging.getLogger("cohort.nbgrader")
# nbgrader's gradebook reports database errors to Tornado's logger, whatever logger it is given.
GRADEBOOK_LOG = logging.getLogger("tornado.application")


def nbgrader_config() -> Config:
    """What ``nbgrader_config.py`` sets for the current cohort."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(tree.root())).load_config()


def course_directory(module: str, student: str = "*", config: Config | None = None) -> CourseDirectory:
    """nbgrader's view of the course, narrowed to an assignment and, if given, a student."""
    directory = CourseDirectory(config=config or nbgrader_config())
    directory.assignment_id = module
    directory.student_id = student
    return directory


@contextmanager
def open_gradebook() -> Iterator[Gradebook]:
    """The gradebook of the current cohort.

    Raises
    ------
    CourseError
        If it cannot be opened or read; the message names it, without a password.
    """
    url = course_directory("").db_url
    try:
        with Gradebook(url, load_cohort().id) as gradebook:
            yield gradebook
    except SQLAlchemyError as error:
        raise unreadable(url, error) from error


@contextmanager
def ctrl_c_stops() -> Iterator[None]:
    """Let Ctrl-C stop the work inside, not only the kernel that happens to run.

    nbclient catches SIGINT on its event loop to shut its kernel down, and then goes on. It does
    without where a loop refuses, as loops outside the main thread do; here this one refuses too.
    """
    loop = ensure_event_loop()

    def refuse(*_: object) -> None:
        raise RuntimeError("signals are handled by the command, not by the loop")

    loop.add_signal_handler = refuse
    try:
        yield
    except KeyboardInterrupt:
        # The tasks left behind would report, at exit, that their kernel is gone.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
        raise
    finally:
        del loop.add_signal_handler


@contextmanager
def nbgrader_log() -> Iterator[logging.Logger]:
    """A logger that keeps nbgrader's talk in ``_build/nbgrader.log`` of the cohort's folder.

    An error of nbgrader's inside the block becomes a CourseError with its first reason, or an
    OSError if that is a full disk.
    """
    path = cohort_folder() / "_build" / "nbgrader.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    errors = _Errors()
    file = _LogFile(path, encoding="utf-8")
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOG.setLevel(logging.INFO)
    GRADEBOOK_LOG.handlers, LOG.handlers = [file], [file, errors]
    GRADEBOOK_LOG.propagate = LOG.propagate = False
    try:
        yield LOG
    except (NbGraderException, ExchangeError) as error:
        reason = errors.first or str(error).strip().splitlines()[0]
        if NO_SPACE.search(reason):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise CourseError(f"nbgrader: {reason} (the whole of it is in {path})") from error
    except SQLAlchemyError as error:
        raise unreadable(course_directory("").db_url, error) from error
    finally:
        GRADEBOOK_LOG.handlers, LOG.handlers = [], []
        with suppress(OSError):
            file.close()


def unreadable(url: str, error: SQLAlchemyError) -> Exception:
    """An error of the database as one to raise: full disk, a value that it refuses, or that it cannot be used."""
    reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if NO_SPACE.search(reason):
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    shown = make_url(url).render_as_string(hide_password=True)
    if isinstance(error, DataError):
        return CourseError(f"the gradebook refuses a value of it ({reason}): look at the submission")
    return GradebookError(
        f"the gradebook {shown} cannot be used ({reason}): start its server, or restore a backup of it"
    )


class _LogFile(logging.FileHandler):
    """A log that a full disk cuts short in silence: the command itself says that the disk is full."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing."""


class _Errors(logging.Handler):
    """Keeps the cause: the last line of the first traceback, else the first error."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.first: str | None = None
        self._from_traceback = False

    def emit(self, record: logging.LogRecord) -> None:
        lines = [line.strip() for line in record.getMessage().splitlines() if line.strip()]
        if not lines or self._from_traceback:
            return
        self._from_traceback = lines[0].startswith("Traceback")
        if self._from_traceback:
            self.first = lines[-1]
        elif self.first is None:
            self.first = lines[0]
