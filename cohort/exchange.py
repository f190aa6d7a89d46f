"""Hands assignments out and takes submissions in, through nbgrader's own exchange."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from nbgrader.auth import Authenticator
from nbgrader.exchange import ExchangeFactory
from traitlets.config import Config

from cohort.course import cohort_folder, load_cohort
from cohort.grading.course_directory import course_directory, nbgrader_config, nbgrader_log


def hand_out(module: str) -> None:
    """Put the released assignment where students can fetch it, in place of an earlier one."""
    _run("ReleaseAssignment", module, force=True)


def fetch(module: str, student: str, home: Path) -> Path:
    """Fetch an assignment as a student does; returns the notebook in the student's home."""
    home.mkdir(parents=True, exist_ok=True)
    _run("FetchAssignment", module, student, home=home)
    return home / module / f"{module}.ipynb"


def submit(module: str, student: str, home: Path) -> None:
    """Submit what lies in the student's home, as the student does."""
    _run("Submit", module, student, home=home)


def inbound(module: str, student: str) -> Path | None:
    """The student's latest whole submission in the exchange, or None."""
    # nbgrader writes the secret last: a folder without it is a submission cut short.
    whole = [path.parent for path in _inbound().glob(f"{student}+{module}+*/submission_secret.txt")]
    return max(whole, key=lambda path: path.name, default=None)


def collect(module: str) -> None:
    """Take the latest submission of every student into ``submitted/``, where there is an exchange."""
    if os.environ.get("COHORT_EXCHANGE_URL") or _inbound().exists():
        for folder in (cohort_folder() / "submitted").glob(f"*/{module}"):
            if not any(folder.glob("*.ipynb")):
                shutil.rmtree(folder)  # a copy cut short, which nbgrader would take for whole
        # The demo's students share one account, so there the owner of a file is not its author.
        _run("Collect", module, update=True, check_owner=load_cohort().id != "demo")


def hand_back(module: str, students: list[str]) -> list[str]:
    """Put feedback where its student can fetch it; returns whose came through the exchange."""
    folders = {student: cohort_folder() / "feedback" / student / module for student in students}
    submitted_here = [name for name, folder in folders.items() if (folder / "submission_secret.txt").exists()]
    for student in submitted_here:
        _run("ReleaseFeedback", module, student)
    return submitted_here


def _inbound() -> Path:
    return cohort_folder() / ".exchange" / load_cohort().id / "inbound"


def _run(step: str, module: str, student: str = "*", home: Path | None = None, **options: object) -> None:
    config = Config(nbgrader_config())
    if home is not None:
        config.Exchange.assignment_dir = str(home)
        config.Exchange.cache = str(home / ".nbgrader_cache")
    with nbgrader_log() as log:
        directory = course_directory(module, student, config)
        access = Authenticator(config=config)
        # The folder's classes, or those that nbgrader_config.py plugs in.
        exchange = getattr(ExchangeFactory(config=config), step)
        exchange(coursedir=directory, authenticator=access, config=config, log=log, **options).start()
