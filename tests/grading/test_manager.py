"""A fork as nbclient sees it: what is too much or no message harms nobody else, and a dead kernel says why."""

from __future__ import annotations

import pytest
from driven import forked

from cohort.errors import CourseError
from cohort.grading import client
from cohort.grading.forks import Setup
from cohort.grading.manager import ForkedKernelManager
from cohort.grading.nodes import Zygote
from cohort.grading.warm import request

CHANNEL = (
    "import gc\nfrom cohort.grading.channel import Channel\n"
    "ends = [each for each in gc.get_objects() if isinstance(each, Channel)]\n"
    "gc.unfreeze() or [ends.append(each) for each in gc.get_objects() if isinstance(each, Channel)]\n"
)


@pytest.fixture(scope="module")
def zygote():
    with Zygote(Setup(fenced=False)) as zygote:
        yield zygote


def test_what_a_cell_prints_beyond_the_limit_is_dropped_and_the_next_cell_speaks(zygote, monkeypatch):
    monkeypatch.setattr(client, "MOST_STREAM", 1_000_000)
    ran = forked(zygote, ["for _ in range(3000):\n    print('x' * 1000)", "print('still here')"])
    assert 100_000 < len(ran.said(0)) < 3_000_000
    assert ran.said(1) == "still here\n"


def test_a_cell_that_shows_more_than_a_kernel_may_send_ends_it(zygote, monkeypatch):
    monkeypatch.setattr(client, "MOST_OUTPUT", 1_000_000)
    with pytest.raises(CourseError, match=r"code cell 1: its output could not be read .*more than"):
        forked(zygote, ["for _ in range(20):\n    display({'text/plain': 'x' * 200_000}, raw=True)", "1"])
    assert forked(zygote, ["1 + 1"]).said() == "2"


def test_cells_that_together_show_more_than_a_notebook_may_end_the_kernel(zygote, monkeypatch):
    monkeypatch.setattr(client, "MOST_IN_ALL", 1_000_000)
    shows = "display({'text/plain': 'x' * 300_000}, raw=True)"
    with pytest.raises(CourseError, match=r"code cell 4: its output could not be read .*its cells put out more than"):
        forked(zygote, [shows] * 5)
    assert forked(zygote, [shows] * 2 + ["1 + 1"]).said() == "2"


@pytest.mark.parametrize("line", ["b'no json\\n'", "b'[1]\\n'", "b'{}\\n'", 'b\'{"type": "stream", "parent": 1}\\n\''])
def test_a_kernel_that_does_not_keep_to_the_protocol_is_ended_and_the_next_one_is_whole(zygote, line):
    with pytest.raises(CourseError, match="code cell 2: its output could not be read"):
        forked(zygote, ["1", f"{CHANNEL}for end in ends:\n    end.end.send({line})\nimport time; time.sleep(5)", "2"])
    assert forked(zygote, ["1 + 1"]).said() == "2"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import os; os._exit(3)", "code cell 2: a cell ended Python with exit status 3"),
        ("import os; os.abort()", "code cell 2: Python was ended by SIGABRT"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "code cell 2: Python was ended by SIGKILL"),
    ],
)
def test_a_kernel_that_ends_says_why_and_in_which_cell(zygote, code, reason):
    with pytest.raises(CourseError, match=reason):
        forked(zygote, ["1", code, "3"])
    assert forked(zygote, ["1 + 1"]).said() == "2"


def test_only_the_cells_that_were_announced_run(zygote):
    kernel = ForkedKernelManager(zygote, ["1"], {})
    with pytest.raises(RuntimeError, match="cell 1 is not the one that was announced"):
        kernel.next_cell(request("2"))


def test_a_notebook_without_cells_leaves_its_files_as_they_were(zygote):
    ran = forked(zygote, [], {"given.csv": b"1"})
    assert (ran.files, ran.kept) == ({}, {"given.csv"})
