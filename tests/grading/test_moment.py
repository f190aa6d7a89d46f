"""Cells that ask for the clock, the process or the folder are found, and everyday cells are not."""

from __future__ import annotations

import pytest

from cohort.grading.moment import bound_to

BOUND = {
    "the clock": [
        "start = time.time()",
        "from time import perf_counter",
        "import time as t\nstart = t.time()",
        "t.monotonic()",
        "start = datetime.now()",
        "pd.Timestamp.today()",
        'pd.Timestamp("now")',
        "clock = date.today",
        "time.strftime('%Y')",
        "start = time.time_ns()",
    ],
    "the process": ["me = os.getpid()", "open('/proc/self/status')", "multiprocessing.current_process()", "getuser()"],
    "the folder": [
        "here = Path.cwd()",
        "%cd below",
        "cd below",
        "!cd below",
        "here = !pwd",
        "Path('a.csv').resolve()",
        "os.chdir('below')",
        "tempfile.mkdtemp()",
        "os.environ['HOME']",
        "Path.home()",
    ],
}
FREE = [
    "import time\nimport os\nfrom pathlib import Path",
    "from datetime import date, datetime, timedelta",
    "table['time'].dt.strftime('%Y')",
    "pd.date_range('2024-01-01', periods=3)",
    "abcd = 1\nnowhere = 2\n# a note of today, for now",
    "Path('data') / 'a.csv'",
    "%matplotlib inline",
    "np.random.default_rng(1995)",
    "os.environ['TZ'] = 'UTC'",
    "sometime(3)",
]


@pytest.mark.parametrize(("what", "code"), [(what, code) for what, codes in BOUND.items() for code in codes])
def test_a_cell_that_asks_for_what_a_fork_has_otherwise_is_found(what, code):
    assert bound_to(f"x = 1\n{code}\ny = 2") == what


@pytest.mark.parametrize("code", FREE)
def test_an_everyday_cell_is_free(code):
    assert bound_to(code) == ""
