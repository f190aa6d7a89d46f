"""The kernel without sockets: what cells say and leave is what Jupyter's own kernel gives, forks in between or not."""

from __future__ import annotations

import pytest
from driven import forked, plain

from cohort.grading.forks import Setup
from cohort.grading.nodes import Zygote

REST = "\nimport time; time.sleep(0.3)"

# Each cell depends on what the cells before it left in the shell, in libraries or in the process.
CARRIES_ON = {
    "a name": "import json, os, random, sys, warnings\nimport numpy as np\nimport matplotlib.pyplot as plt\nx = 41",
    "a result": "x + 1",
    "the last result": "_ + 1",
    "results by number": "Out[2], _2, len(In), In[3]",
    "seeds": "random.seed(7); np.random.seed(7); generator = np.random.default_rng(7)\nrandom.random()",
    "seeds go on": "random.random(), np.random.rand(), generator.random()",
    "seeds go on again": "random.gauss(0, 1), np.random.normal(), generator.normal()",
    "a warning": "def warn():\n    warnings.warn('once')\nwarn()",
    "the warning not again": "warn()",
    "a module attribute": "json.mine = 5\nos.environ['MINE'] = 'yes'\nsys.path.append('mine')",
    "the module attribute": "json.mine, os.environ['MINE'], sys.path[-1]",
    "a file": "count = open('mine.txt', 'w').write('mine')\nos.mkdir('below')",
    "the file": "open('mine.txt').read(), os.path.isdir('below')",
    "a display": "handle = display('first', display_id='mine')",
    "its update": "handle.update('second')",
    "settings": "plt.rcParams['lines.linewidth'] = 9\nnp.set_printoptions(precision=2)",
    "the settings": "print(plt.rcParams['lines.linewidth'], np.array([1 / 3]))",
    "an open figure": "plt.ioff()\nfigure, axes = plt.subplots(figsize=(2, 1))\nplt.get_fignums()",
    "the open figure": "axes.plot([1, 2])\nprint(plt.get_fignums())\nplt.ion()\nfigure",
    "an error": "def fails():\n    return 1 / 0\nfails()",
    "after the error": "sys.last_type.__name__",
    "a magic": "%precision 2\n%alias_magic again who_ls",
    "its effect": "print(3.14159)\n%again float",
    "an await": "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "a generator half way": "half = iter(range(5))\nnext(half)",
    "the generator goes on": "next(half), next(half)",
    "the number of the cell": "get_ipython().execution_count",
}

# Errors that the shell does not format twice, and errors that it must.
ERRORS = {
    "an error": "def fails():\n    return 1 / 0\nfails()",
    "of a library": "import numpy as np\nnp.ones(2).reshape(3)",
    "of a file": "open('no such file')",
    "after another": "try:\n    fails()\nexcept ZeroDivisionError as first:\n    raise KeyError('b') from first",
    "that prints": "class Loud(Exception):\n    def __str__(self):\n        print(1)\n        return 'x'\nraise Loud",
    "with one that prints": "raise ValueError(Loud())",
    "in a circle": "one, two = ValueError('1'), ValueError('2')\none.__cause__, two.__cause__ = two, one\nraise one",
    "of syntax": "x = (",
    "of a magic": "%no_such_magic",
    "in an await": "import asyncio\nawait asyncio.sleep(0)\nfails()",
    "caught": "try:\n    fails()\nexcept ZeroDivisionError:\n    get_ipython().showtraceback()",
    "in a cell of a cell": "get_ipython().run_cell('fails()', store_history=True)\nfails()",
    "the history of them": "{n: e['ename'] for n, e in get_ipython().history_manager.exceptions.items()}",
    "as it was shown": "[len(e['traceback']) for e in get_ipython().history_manager.exceptions.values()]",
}

# ipykernel transforms each cell twice: a user's own transformation may count.
COUNTED = [
    "seen = []\ndef count(lines):\n    seen.append(len(lines))\n    return lines\n"
    "get_ipython().input_transformers_cleanup.append(count)",
    "len(seen)",
    "len(seen)",
    "get_ipython().input_transformers_cleanup.remove(count)",
    "len(seen)",
    "len(seen)",
]

# What reaches file descriptor 1 outside Python waits a moment: ipykernel reads it in a thread.
IN_ORDER = {
    "descriptor, print and subprocess": (
        "import os, subprocess, sys\nprint('print')"
        + REST
        + "\nos.write(1, b'descriptor\\n')"
        + REST
        + "\nprint('again')"
        "\nsubprocess.run(['echo', 'subprocess'])" + REST + "\nprint('last')"
    ),
    "descriptor before a display": "os.write(1, b'raw\\n')" + REST + "\ndisplay('shown')\nprint('printed')",
    "display between prints": "print('a')\ndisplay('b')\nprint('c', end='')\nprint('d')\ndisplay('e')",
    "both streams": "print('out')\nprint('err', file=sys.stderr)\ndisplay(1)\nprint('more')",
    "a process prints": (
        "import multiprocessing\nprint('parent')\nwith multiprocessing.get_context('fork').Pool(1) as pool:\n"
        "    print(pool.map(abs, [-1, 2]))\n"
        "one = multiprocessing.get_context('fork').Process(target=print, args=('child',), kwargs={'flush': True})\n"
        "one.start(); one.join()" + REST + "\nprint('parent again')"
    ),
    "bytes that are no text": "os.write(1, b'\\xff\\xfe\\n')" + REST,
}


@pytest.fixture(scope="module")
def zygote():
    with Zygote(Setup()) as zygote:
        yield zygote


def test_state_carries_on_through_forks_between_any_two_cells_as_in_one_kernel(zygote):
    cells = list(CARRIES_ON.values())
    expected = dict(zip(CARRIES_ON, plain(cells).outputs, strict=True))
    for first in (1, 2):  # Landlock allows some fifteen forks one behind the other
        splits = {*range(first, len(cells), 2), len(cells)}
        zygote.prune([])
        one = forked(zygote, cells, splits=splits)
        same, parted = forked(zygote, cells), forked(zygote, [*cells[:-1], "1"])
        assert (one.shared, same.shared) == (0, len(cells))
        assert parted.shared == max(splits - {len(cells)})
        for ran in (one, same):
            assert dict(zip(CARRIES_ON, ran.outputs, strict=True)) == expected
            assert ran.files == {"mine.txt": b"mine"}
        assert parted.outputs[:-1] == one.outputs[:-1]


def test_outputs_are_in_order_when_all_ways_of_printing_mix(zygote):
    cells = list(IN_ORDER.values())
    expected = dict(zip(IN_ORDER, plain(cells).outputs, strict=True))
    assert dict(zip(IN_ORDER, forked(zygote, cells).outputs, strict=True)) == expected


@pytest.mark.parametrize("cells", [list(ERRORS.values()), COUNTED], ids=["errors", "transformations"])
def test_what_the_shell_does_once_instead_of_twice_gives_the_same(zygote, cells):
    assert forked(zygote, cells).outputs == plain(cells).outputs


def test_text_that_no_notebook_can_hold_is_lost_and_harms_nothing_else(zygote):
    ran = forked(zygote, ["print('\\ud800')", "print('still here')", "'\\udcff'", "print('and here')"])
    assert [ran.said(cell) for cell in range(4)] == ["", "still here\n", "'\\udcff'", "and here\n"]


def test_an_interrupted_cell_says_so_and_the_next_one_runs(zygote):
    ran = forked(zygote, ["while True:\n    pass", "1 + 1"], timeout=1)
    assert ran.outputs[0]["outputs"][0]["ename"] == "KeyboardInterrupt"
    assert ran.said() == "2"


def test_a_warm_kernel_has_no_name_and_no_submodule_that_the_notebook_did_not_import(zygote):
    imports = "import matplotlib, xml\nimport numpy as np"
    cells = [imports, "xml.etree.ElementTree", "matplotlib.figure.__name__", "matplotlib.dates", "np.pi"]
    cells += ["numpy", "os", "sys", "pandas", "plt", "HTML", "f", "_", "%who_ls"]
    zygote.share([imports], {}, 20)
    expected = plain(cells).outputs
    assert [forked(zygote, cells).outputs for _ in range(2)] == [expected, expected]
