"""Zygotes and their forks: what is shared never changes a result, and nothing of a fork reaches the next one."""

from __future__ import annotations

import os
import random
import signal
import time

import numpy as np
import pytest
from driven import forked

from cohort.errors import CourseError
from cohort.grading.forks import Setup
from cohort.grading.nodes import Zygote
from cohort.grading.processes import descendants

FILES = {"given.csv": b"a,b\n1,2\n", "data/numbers.csv": b"n\n1\n", "own_module.py": b"value = 5\n"}
WAIT = 10


@pytest.fixture(scope="module")
def zygote():
    with Zygote(Setup()) as zygote:
        yield zygote


@pytest.fixture(scope="module", params=[True, False], ids=["fenced", "not fenced"])
def either(request, zygote):
    """With the sandbox, and without it."""
    if request.param:
        yield zygote
        return
    with Zygote(Setup(fenced=False)) as unfenced:
        yield unfenced


LEAVES = {
    "import threading, time\nt = threading.Thread(target=time.sleep, args=(60,), daemon=True)\nt.start()": "2 threads",
    "file = open('kept.txt', 'w')": "kept.txt open",
    "import sqlite3\nc = sqlite3.connect('kept.db')": "kept.db open",
    "import subprocess\np = subprocess.Popen(['sleep', '60'])": "another process",
    "import asyncio\nlater = asyncio.create_task(asyncio.sleep(60))": "asynchronous tasks",
    "import socket\ns = socket.socket()": "a socket open",
    "import os\nends = os.pipe()": "pipe:",
    "import multiprocessing\nq = multiprocessing.get_context('fork').Queue()": "it shares memory",
    "import mmap\nboth = mmap.mmap(-1, 4096)": "it shares memory",
    "getattr(__import__('os'), 'ch' + 'dir')('data')": "left its folder",
    "import own_module": "a module of its folder",
    "import os\nme = os.getpid()": "the process",
    "import time\nstart = time.time()": "the clock",
    "from pathlib import Path\nhere = Path.cwd()": "the folder",
    "1 / 0": "raised an error",
    "exit()": "exit()",
    "import os\nos._exit(3)": "it ended Python",
    "while True:\n    pass": "more than 1 s",
}


@pytest.mark.parametrize("code", LEAVES)
def test_a_cell_whose_work_a_fork_would_not_get_is_not_shared_nor_any_behind_it(zygote, code):
    before = len(zygote.root.all())
    shared, reason, behind = zygote.share(["'first'", code, "1"], FILES, timeout=1)
    assert shared == ""
    assert LEAVES[code] in reason
    assert behind == reason
    assert len(zygote.root.all()) <= before + 1
    assert forked(zygote, ["'first'"], FILES).shared == 1


def test_a_student_s_cell_whose_work_a_fork_would_not_get_is_not_shared(zygote):
    for code in (code for code, reason in LEAVES.items() if "kept" in reason or "2 threads" in reason):
        cells = ["'student'", code, "'behind'"]
        forked(zygote, cells, FILES, splits={1, 2, 3})
        assert forked(zygote, cells, FILES).shared == 1
    zygote.prune([])


def test_an_interrupted_cell_is_not_shared(zygote):
    cells = ["while True:\n    pass", "1"]
    first = forked(zygote, cells, splits={1, 2}, timeout=1)
    second = forked(zygote, cells, timeout=1)
    assert (second.shared, second.outputs) == (0, first.outputs)


def test_clock_process_and_folder_are_a_fork_s_own_whoever_shares_the_cells_before(zygote):
    cells = [
        "import os, time, tempfile\nfrom pathlib import Path",
        "x = 1",
        "start, me, here, kept = time.time(), os.getpid(), Path.cwd(), tempfile.mkdtemp()",
        "time.time() - start < 1, me == os.getpid(), (here / 'out.txt').write_text('x'), here == Path.cwd()",
        "Path(kept, 'a').write_text('x'), (here / 'given.csv').exists(), Path.home().is_dir()",
    ]
    zygote.share(cells[:3], FILES, WAIT)
    forked(zygote, cells, FILES, splits=range(1, 6))
    time.sleep(1)
    ran = forked(zygote, cells, FILES)
    assert ran.shared == 0  # the first cell may use `tempfile`
    assert [ran.said(3), ran.said(4)] == ["(True, True, 1, True)", "(1, True, True)"]
    assert ran.files == {"out.txt": b"x"}


def test_a_seed_in_a_shared_cell_holds_on_in_every_fork_as_in_a_fresh_kernel(either):
    seed = (
        "import random\nimport numpy as np\nrandom.seed(1995)\nnp.random.seed(1995)\nrng = np.random.default_rng(1995)"
    )
    draw = "random.random(), float(np.random.rand()), float(rng.random()), random.sample(range(99), 3)"
    fresh = np.random.RandomState(1995)
    generator = np.random.default_rng(1995)
    alone = random.Random(1995)
    expected = str((alone.random(), float(fresh.rand()), float(generator.random()), alone.sample(range(99), 3)))
    then = str((alone.random(), float(fresh.rand()), float(generator.random()), alone.sample(range(99), 3)))
    either.share([seed], {}, WAIT)
    for _ in range(2):
        ran = forked(either, [seed, draw, draw], splits={2})
        assert [ran.said(1), ran.said(2)] == [expected, then]


def test_generators_that_nobody_seeded_differ_between_submissions(either):
    imports = "import random, uuid, os, secrets\nimport numpy as np"
    either.share([imports], {}, WAIT)
    draws = ["random.random()", "float(np.random.rand())", "float(np.random.default_rng().random())"]
    draws += ["uuid.uuid4()", "os.urandom(8)", "secrets.token_hex()", "random.SystemRandom().random()"]
    said = [[forked(either, [imports, *draws]).said(n + 1) for n in range(len(draws))] for _ in range(2)]
    assert all(one != other for one, other in zip(*said, strict=True))


def test_what_a_shared_cell_drew_unseeded_is_one_draw_for_all_who_share_it(zygote):
    cells = ["import random\ndrawn = random.random()", "drawn"]
    forked(zygote, cells, splits={1})
    assert forked(zygote, cells).said() == forked(zygote, cells).said()


def test_nothing_that_a_fork_changes_reaches_the_next_one(either):
    shared = "import json, os, sys, warnings\nimport matplotlib.pyplot as plt\nkept = [1]"
    either.share([shared], FILES, WAIT)
    changes = (
        "kept.append(2); json.mine = 1; os.environ['MINE'] = '1'; sys.path.append('mine'); own = 3\n"
        "plt.rcParams['lines.linewidth'] = 9; plt.figure(); open('own.txt', 'w').write('x'); os.remove('given.csv')\n"
        "open('data/numbers.csv', 'w').write('changed'); warnings.filterwarnings('error'); os.umask(0o077)\n%cd data"
    )
    looks = (
        "kept, hasattr(json, 'mine'), 'MINE' in os.environ, 'mine' in sys.path, 'own' in globals(), "
        "plt.rcParams['lines.linewidth'], plt.get_fignums(), sorted(os.listdir()), open('data/numbers.csv').read(), "
        "warnings.filters[0][0], oct(os.umask(0o022)), os.path.basename(os.getcwd()), _, len(In)"
    )
    clean = forked(either, [shared, looks], FILES)
    changed = forked(either, [shared, changes], FILES)
    after = forked(either, [shared, looks], FILES)
    assert "Error" not in clean.said()
    assert after.outputs == clean.outputs
    assert changed.files == {"own.txt": b"x", "data/numbers.csv": b"changed"}
    assert changed.kept == {"own_module.py"}
    assert (clean.files, clean.kept) == ({}, frozenset(FILES))


def test_files_that_a_shared_cell_wrote_changed_or_removed_are_so_in_every_fork(zygote):
    cells = [
        "import os\nopen('made.txt', 'w').write('made')\nos.remove('own_module.py')",
        "open('given.csv', 'a').write('3,4')",
        "print(sorted(os.listdir()), open('given.csv').read())",
    ]
    alone = forked(zygote, cells, FILES, share=False)
    split = forked(zygote, cells, FILES, splits={1, 2, 3})
    zygote.prune([])
    zygote.share(cells[:2], FILES, WAIT)
    late = forked(zygote, cells, FILES)
    assert late.shared == 2
    for ran in (split, late):
        assert (ran.outputs, ran.files, ran.kept) == (alone.outputs, alone.files, alone.kept)


def test_modes_and_times_of_files_are_what_the_cells_made_them_whoever_shares(zygote):
    cells = [
        "import os\nos.close(os.open('run.sh', os.O_CREAT | os.O_WRONLY, 0o755))\nopen('run.sh', 'w').write('echo')",
        "1",
        "2",
        "oct(os.stat('run.sh').st_mode), os.stat('given.csv').st_mtime",
    ]
    alone = forked(zygote, cells, FILES, share=False)
    first, second = forked(zygote, cells, FILES, splits={1, 2, 3}), forked(zygote, cells, FILES)
    sets = [*cells[:3], "os.chmod('run.sh', 0o700); os.utime('given.csv', (5, 5))", cells[3]]
    own = forked(zygote, sets, FILES)
    zygote.prune([])
    assert (second.shared, own.shared) == (3, 0)
    for ran in (first, second):
        assert (ran.outputs, ran.files, ran.kept) == (alone.outputs, alone.files, alone.kept)
    assert own.said() == "('0o100700', 5.0)"


def test_submissions_that_part_after_any_cell_are_as_if_each_ran_alone(zygote):
    same = ["a = 1", "a += 1; a", "print(a); b = [a]", "b.append(a); open('n.txt', 'a').write(str(a)); b", "sum(b)"]
    others = [[*same[:n], f"a = -{n}; b = [a]", *same[n:]] for n in range(1, 5)]
    forked(zygote, same, splits=range(1, 6))
    for cells in [*others, same]:
        shared, alone = forked(zygote, cells), forked(zygote, cells, share=False)
        assert (shared.outputs, shared.files) == (alone.outputs, alone.files)
        assert shared.shared > alone.shared == 0
    zygote.prune([])


def test_pruning_ends_the_processes_of_other_ways_and_keeps_the_shared_cells(either):
    zygote = either
    zygote.prune([])
    zygote.share(["'shared'"], {}, WAIT)
    before = len(descendants(zygote._process.pid))
    forked(zygote, ["'shared'", "1", "2", "3"], splits={2, 3})
    forked(zygote, ["'shared'", "4", "5"], splits={2})
    zygote.prune(["'shared'", "1", "9"])
    assert [forked(zygote, ["'shared'", *rest]).shared for rest in (["1", "2"], ["4", "5"])] == [2, 1]
    zygote.prune([])
    assert len(descendants(zygote._process.pid)) == before
    assert forked(zygote, ["'shared'", "1"]).shared == 1


def test_a_shared_process_that_is_killed_is_made_anew():
    with Zygote(Setup(fenced=False)) as zygote:
        zygote.share(["x = 1", "y = 2"], {}, WAIT)
        os.kill(zygote.root.children["x = 1",].pid, signal.SIGKILL)
        time.sleep(0.2)
        assert zygote.share(["x = 1", "y = 2"], {}, WAIT) == ["", ""]
        assert forked(zygote, ["x = 1", "y = 2", "x + y"]).said() == "3"


def test_a_killed_zygote_says_so_and_leaves_nothing_behind():
    zygote = Zygote(Setup(fenced=False))
    zygote.share(["x = 1"], {}, WAIT)
    pids = [zygote.root.pid, *descendants(zygote.root.pid)]
    os.kill(zygote.root.pid, signal.SIGKILL)
    with pytest.raises(CourseError, match=r"it ended at once|process before it is gone"):
        forked(zygote, ["1"])
    deadline = time.monotonic() + 10
    while zygote.alive and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not zygote.alive
    zygote.close()
    while any(os.path.exists(f"/proc/{pid}") for pid in pids) and time.monotonic() < deadline:  # noqa: PTH110
        time.sleep(0.01)
    assert not [pid for pid in pids if os.path.exists(f"/proc/{pid}")]  # noqa: PTH110
    assert not zygote.runtime.exists()


def test_an_ended_zygote_leaves_no_process_and_no_file(zygote):
    with Zygote(Setup()) as other:
        forked(other, ["import subprocess\np = subprocess.Popen(['sleep', '60'], start_new_session=True)"])
        forked(other, ["1", "2"], splits={1, 2})
        process, runtime = other._process.pid, other.runtime
        pids = descendants(process)
        assert len(pids) >= 2
    assert not runtime.exists()
    assert descendants(process) == []
