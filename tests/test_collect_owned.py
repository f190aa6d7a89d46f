"""What a student may write into the exchange's inbound folder to harm others is not collected."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cohort import exchange
from cohort.course import load_cohort

NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@pytest.fixture
def inbound(released: Path) -> Path:
    """The inbound folder of an assignment that is handed out."""
    exchange.hand_out("tiny")
    return released / ".exchange" / load_cohort().id / "inbound"


def put(inbound: Path, student: str, day: str, text: str = NOTEBOOK) -> Path:
    """Write a submission as the exchange lays it out; the account of this machine owns it."""
    when = f"2026-01-{day} 10:00:00.000000 UTC"
    folder = inbound / f"{student}+tiny+{when}+secret"
    folder.mkdir()
    for name, content in {"tiny.ipynb": text, "timestamp.txt": when, "submission_secret.txt": "s"}.items():
        (folder / name).write_text(content)
    return folder


def collected(root: Path) -> dict[str, list[str]]:
    """The files of each student that were collected."""
    folders = sorted((root / "submitted").glob("*/tiny"))
    return {folder.parent.name: sorted(path.name for path in folder.iterdir()) for folder in folders}


def with_nbgrader(module: str) -> None:
    command = [sys.executable, "-m", "nbgrader", "collect", module]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.mark.parametrize("collect", [exchange.collect, with_nbgrader])
def test_a_link_or_a_pipe_is_left_in_the_exchange(inbound, released, collect):
    folder = put(inbound, "bob", "01")
    (folder / "theirs.ipynb").symlink_to(released / "source/tiny/tiny.ipynb")
    (folder / "data").symlink_to(released / "source")
    os.mkfifo(folder / "pipe")
    collect("tiny")
    assert collected(released) == {"bob": ["submission_secret.txt", "timestamp.txt", "tiny.ipynb"]}


def test_a_folder_that_is_a_link_is_not_collected(inbound, released):
    elsewhere = put(inbound, "ada", "01").rename(released / "elsewhere")
    (inbound / "bob+tiny+2026-01-02 10:00:00.000000 UTC+secret").symlink_to(elsewhere)
    put(inbound, "cy", "01")
    exchange.collect("tiny")
    assert collected(released).keys() == {"cy"}


def test_a_later_submission_in_anothers_name_does_not_hide_the_students_own(inbound, released):
    me = getpass.getuser()
    put(inbound, me, "01")
    put(inbound, "ada", "09")
    exchange._run("Collect", "tiny", update=True, check_owner=True)
    assert collected(released).keys() == {me}
    exchange._run("Collect", "tiny", update=True, check_owner=False)
    assert collected(released).keys() == {me, "ada"}


def test_a_submission_that_is_cut_short_does_not_hide_an_earlier_one(inbound, released):
    put(inbound, "bob", "01")
    (put(inbound, "bob", "02", text="half") / "submission_secret.txt").unlink()
    exchange.collect("tiny")
    assert (released / "submitted/bob/tiny/tiny.ipynb").read_text() == NOTEBOOK


# Exchanges two names at once, again and again.
SWAP = """\
import ctypes, sys
here, there = (name.encode() for name in sys.argv[1:])
while True:
    ctypes.CDLL(None).renameat2(-100, here, -100, there, 2)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="names are exchanged by a call of Linux")
def test_a_folder_that_is_swapped_for_a_link_while_it_is_collected_brings_nothing(inbound, released):
    folder = put(inbound, "bob", "01")
    (folder / "data").mkdir()
    (folder / "link").symlink_to(released / "source/tiny")
    with subprocess.Popen([sys.executable, "-c", SWAP, folder / "data", folder / "link"]) as attack:
        try:
            for _ in range(20):
                exchange.collect("tiny")
                assert not list((released / "submitted").glob("bob/tiny/*/*"))
                shutil.rmtree(released / "submitted", ignore_errors=True)
        finally:
            attack.kill()
