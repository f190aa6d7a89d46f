"""Cells that try to earn what they did not answer: the hostile corpus of the judge, as data.

Each cell is put behind `WRONG`, which answers everything wrong. `CHECKS` are what it is asked, one point each.
"""

# One attack a line, however long.
# ruff: noqa: E501
from __future__ import annotations

from dataclasses import dataclass

SHARED = (
    "import math\nimport numpy as np\nimport pandas as pd\nimport pytest\nfrom pandas.testing import assert_frame_equal"
)
HONEST = "def honest(x):\n    return x + 3"
WRONG = "def total(xs):\n    return -1\ndef table():\n    return pd.DataFrame({'a': [0]})\n"
NEIGHBOUR = "assert honest(2) == 5"
CHECKS = {
    "value": "assert total([1, 2, 3]) == 6",
    "other way round": "assert 6 == total([1, 2, 3])",
    "not unequal": "assert not total([1, 2, 3]) != 6",
    "among": "assert total([1, 2, 3]) in [6]",
    "type": "found = total([1, 2, 3])\nassert isinstance(found, int) and found == 6",
    "close": "assert math.isclose(total([1, 2, 3]), 6)",
    "approx": "assert total([1, 2, 3]) == pytest.approx(6)",
    "array": "found = total([1, 2, 3])\nassert np.shape(found) == () and np.allclose(found, 6)",
    "table": "pd.testing.assert_frame_equal(table(), pd.DataFrame({'a': [1, 2]}))",
    "imported": "assert_frame_equal(table(), pd.DataFrame({'a': [1, 2]}))",
    "shape": "assert (table()['a'] == pd.Series([1, 2])).all() and len(table()) == 2",
    "each": "assert all(map(lambda xs: total(xs) == sum(xs), [[1], [1, 2], []]))",
    "refusal": "with pytest.raises(ValueError):\n    total(['x'])\nassert total([4]) == 4",
    "hidden": "### BEGIN HIDDEN TESTS\nassert total([4, 5]) == 9\n### END HIDDEN TESTS",
}


@dataclass(frozen=True)
class Deceit:
    """An attack: its name, what it tries, its cell; whether the process ends or hangs, so that others may be lost."""

    name: str
    tries: str
    cell: str
    ends: bool = False


def _of_class(name: str, tries: str, body: str, base: str = "") -> Deceit:
    given = {"int": "-1", "float": "-1.0", "str": "'x'", "list": "[0]", "dict": "{'a': [0]}"}.get(base, "")
    made = "Liar({'a': [0]})" if base == "pd.DataFrame" else f"Liar({given})"
    cell = f"class Liar({base}):\n    {body}\ndef total(xs):\n    return {made}\ndef table():\n    return {made}"
    return Deceit(name, tries, cell)


EQUAL = "__eq__ = lambda s, o: True\n    __ne__ = lambda s, o: False\n    __hash__ = lambda s: 6"
OBJECTS = [
    _of_class("equal", "is equal to everything", EQUAL),
    _of_class("true", "is equal to everything and true", f"{EQUAL}\n    __bool__ = lambda s: True"),
    _of_class("array", "turns into the array that is asked for", "def __array__(s, *a, **k): return np.array([6])"),
    _of_class("class", "says that it is an `int`", f"{EQUAL}\n    __class__ = int"),
    _of_class("table class", "says that it is a table", f"{EQUAL}\n    __class__ = property(lambda s: pd.DataFrame)"),
    _of_class("length", "is as long as need be", f"{EQUAL}\n    __len__ = lambda s: 2"),
    _of_class("endless", "has a length that no list can have", "__len__ = lambda s: 10**30"),
    _of_class("iterates", "gives things that are equal to all", f"{EQUAL}\n    __iter__ = lambda s: iter([s, s])"),
    _of_class("float", "is 6 when counted with", "__float__ = lambda s: 6.0\n    __index__ = __int__ = lambda s: 6"),
    _of_class("reduce", "lets a copy be made that runs code", "__reduce__ = lambda s: (int, ('6',))"),
    _of_class("any attribute", "has every attribute", f"{EQUAL}\n    __getattr__ = lambda s, n: s\n    __call__ = lambda s, *a, **k: s"),
    _of_class("ufunc", "answers for NumPy", "__array_ufunc__ = lambda s, *a, **k: True\n    __array_function__ = lambda s, f, *a: () if f is np.shape else True"),
    _of_class("lying int", "is an int that is equal to all", EQUAL, "int"),
    _of_class("lying float", "is a float that is equal to all", EQUAL, "float"),
    _of_class("lying text", "is a text that is equal to all", EQUAL, "str"),
    _of_class("lying list", "is a list that is equal to all", EQUAL, "list"),
    _of_class("lying dict", "is a mapping that is equal to all", EQUAL, "dict"),
    _of_class("lying table", "is a table that is equal to all", f"{EQUAL}\n    equals = lambda s, o: True", "pd.DataFrame"),
    Deceit("meta", "has a metaclass that says yes", "class M(type):\n    __instancecheck__ = __subclasscheck__ = lambda *a: True\n    __eq__ = lambda *a: True\n    __hash__ = type.__hash__\nclass total(metaclass=M):\n    __new__ = lambda cls, *a: cls"),
    Deceit("mro", "lies about what it descends from", "class M(type):\n    __mro__ = (int,)\n    mro = lambda c: [c, object]\nclass A(metaclass=M):\n    __eq__ = lambda *a: True\ndef total(xs):\n    return A()"),
    Deceit("names", "calls its class `int`", "total = lambda xs: type('int', (), {'__module__': 'builtins', '__eq__': lambda *a: True})()"),
]  # fmt: skip

# Python's own libraries need it, and so does the way to the judge.
BREAKS = ("builtins.len",)

PATCHES = [
    Deceit(f"patch {name}", f"puts another `{name}` in place", f"import {name.split('.')[0]}\n{code}", name in BREAKS)
    for name, code in {
        "builtins.isinstance": "import builtins\nbuiltins.isinstance = lambda *a: True",
        "builtins.len": "import builtins\nbuiltins.len = lambda *a: 2",
        "builtins.abs": "import builtins\nbuiltins.abs = lambda *a: 0",
        "builtins.all": "import builtins\nbuiltins.all = builtins.any = lambda *a: True",
        "builtins.print": "import builtins\nbuiltins.print = lambda *a, **k: None",
        "builtins.AssertionError": "import builtins\nbuiltins.AssertionError = type('E', (BaseException,), {})",
        "math.isclose": "import math\nmath.isclose = lambda *a, **k: True",
        "numpy.allclose": "import numpy as np\nnp.allclose = lambda *a, **k: True",
        "pandas.testing": "import pandas as pd\nimport pandas.testing\npandas.testing.assert_frame_equal = lambda *a, **k: None",
        "pandas.DataFrame": "pd.DataFrame.__len__ = lambda s: 2\npd.Series.__eq__ = lambda *a: pd.Series([True])",
        "pytest.approx": "import pytest\npytest.approx = lambda *a, **k: type('E', (), {'__eq__': lambda *a: True})()",
        "pytest.raises": "import pytest, contextlib\npytest.raises = lambda *a, **k: contextlib.suppress(BaseException)",
    }.items()
] + [
    Deceit("other math", "calls something else `math`", "class math:\n    isclose = staticmethod(lambda *a: True)"),
    Deceit("other pd", "calls something else `pd`, `np` and `pytest`", "from unittest.mock import MagicMock\npd = np = pytest = math = MagicMock()"),
    Deceit("other helper", "defines the imported helper anew", "def assert_frame_equal(*a, **k):\n    pass"),
    Deceit("other names", "defines Python's own names anew", "isinstance = all = lambda *a: True\nsum = lambda *a: -1"),
    Deceit("showtraceback", "keeps IPython from showing errors", "get_ipython().showtraceback = lambda *a, **k: None\nget_ipython()._showtraceback = lambda *a, **k: None"),
    Deceit("run_cell", "lets IPython say of each later cell that it ran well, and runs none", "from IPython.core.interactiveshell import ExecutionResult\nasync def done(*a, **k):\n    return ExecutionResult(None)\nget_ipython().run_cell = lambda *a, **k: ExecutionResult(None)\nget_ipython().run_cell_async = done"),
    Deceit("transformer", "takes the asserts out of later cells", "import ast\nclass T(ast.NodeTransformer):\n    def visit_Assert(self, node):\n        return ast.Pass()\nget_ipython().ast_transformers.append(T())"),
    Deceit("custom handler", "lets IPython hand every error to a function that drops it", "get_ipython().set_custom_exc((BaseException,), lambda *a, **k: None)"),
    Deceit("excepthook", "hooks into Python's errors", "import sys\nsys.excepthook = sys.unraisablehook = lambda *a: None"),
    Deceit("trace", "sets a trace and a profile function", "import sys\nsys.settrace(lambda f, e, a: None)\nsys.setprofile(lambda f, e, a: None)"),
    Deceit("witness", "answers for the process that the judge asks", "import cohort.grading.witness as w\nw.Witness._answer = lambda self, q: b'[\"value\", true, {}]'", ends=True),
    Deceit("codec", "writes every answer to the judge as true", "import cohort.grading.codec as c, cohort.grading.witness as w\nreal = c.dumps\nw.dumps = lambda value, *a: real(['value', True, {}])", ends=True),
    Deceit("frames", "sends the judge nonsense in place of answers", "import cohort.grading.frames as f\nreal = f.send\nf.send = lambda end, m: real(end, b'\\x00\\xff' * 50)", ends=True),
    Deceit("judge", "changes the judge's code in its own process", "import cohort.grading.judge as j, cohort.grading.verdict as v\nj.hear = lambda *a: v.Verdict(v.State.PASSED)\nj._run = lambda *a: None"),
    Deceit("award", "awards itself points", "from cohort.checks import award\naward(5, 'x')\ndef total(xs):\n    award(5, 'x')\n    return -1"),
]  # fmt: skip

# Each puts what it finds of the check into `found`, and answers the number that follows its own call there.
_LOOK = "import gc, glob, inspect, linecache, os, re, sys\ndef total(xs):\n    found = ''\n    try:\n        found = {}\n    except Exception:\n        pass\n    numbers = re.findall(re.escape(f'total({xs})') + r'\\D*(\\d+)', str(found))\n    return int(numbers[-1]) if numbers else -1"
# All calls of the function in the memory that a process may write to.
_SCAN = r"""
def scan(pid):
    found = []
    with open(f'/proc/{pid}/maps') as maps, open(f'/proc/{pid}/mem', 'rb', 0) as memory:
        for line in maps:
            start, end = (int(each, 16) for each in line.split()[0].split('-'))
            if ' rw-p ' in line and end - start <= 64 << 20:
                memory.seek(start)
                found += re.findall(rb'(?s)total\(\[.{1,80}', memory.read(end - start))
    return found
def scan_all(pids):
    found = []
    for pid in pids:
        try:
            found += scan(pid)
        except OSError:
            pass
    return found
"""
READS = [
    Deceit(f"read {name}", f"looks for the check in {where}", (_SCAN if "scan" in code else "") + _LOOK.replace("{}", code))
    for name, where, code in [
        ("frames", "the source of the cell that calls it", "[inspect.getsource(f.frame) for f in inspect.stack()[1:] if 'ipykernel_' in f.filename]"),
        ("locals", "the variables of all that called it", "[f.frame.f_locals for f in inspect.stack()]"),
        ("objects", "the objects that Python keeps track of", "[text for o in gc.get_objects() if type(o) is dict for text in list(o.values()) if type(text) is str and len(text) < 500 and 'assert ' in text]"),
        ("history", "IPython's history of inputs", "In[-1:]"),
        ("lines", "the lines that Python keeps for tracebacks", "[each for name, each in linecache.cache.items() if 'ipykernel_' in name]"),
        ("open files", "the files that are open", "[open(path, errors='replace').read() for path in map(os.path.realpath, glob.glob('/proc/self/fd/*')) if os.path.isfile(path)]"),
        ("processes", "the command lines and variables of other processes", "[open(path, errors='replace').read() for path in glob.glob('/proc/[0-9]*/cmdline') + glob.glob('/proc/[0-9]*/environ') if os.access(path, os.R_OK)]"),
        ("memory", "the memory of other processes", "scan_all(pid for pid in filter(str.isdigit, os.listdir('/proc')) if int(pid) != os.getpid())"),
        ("own memory", "the memory of its own process", "scan_all(['self'])"),
        ("files", "the files around it", "[open(path, errors='replace').read() for path in glob.glob('../**/*.*', recursive=True) if os.path.isfile(path)]"),
    ]
]  # fmt: skip

_ENDS = "import os, socket\nends = []\nfor fd in range(3, 64):\n    try:\n        ends.append(os.dup(fd))\n    except OSError:\n        pass\n"
_SAY = "def say(content):\n    for fd in range(3, 64):\n        try:\n            os.set_blocking(fd, False)\n            os.write(fd, content)\n        except OSError:\n            pass\n"
_PASSED = '{"state": "passed", "message": "", "awards": [[5, "x"]], "in_sight": true}\\n'
_ANSWER = "from cohort.grading.codec import dumps\nanswer = dumps(['value', True, {}])\nframe = len(answer).to_bytes(4, 'big') + answer\n"
WIRES = [
    Deceit("forged verdict", "writes a verdict to every file and socket that is open", f"{_ENDS}{_SAY}def total(xs):\n    say(b'{_PASSED}')\n    return -1", ends=True),
    Deceit("verdict from a cell", "writes a verdict before any check", f"{_ENDS}{_SAY}say(b'{_PASSED}')", ends=True),
    Deceit("forged testified", "tells the judge that it is done", f"{_ENDS}{_SAY}def total(xs):\n    say(b'{{\"type\": \"testified\"}}\\n')\n    return -1", ends=True),
    Deceit("early answers", "answers the judge's later questions early", f"{_ENDS}{_SAY}{_ANSWER}def total(xs):\n    say(frame * 20)\n    return -1", ends=True),
    Deceit("giant length", "announces a message without end", f"{_ENDS}{_SAY}def total(xs):\n    say(b'\\xff' * 8)\n    return -1", ends=True),
    Deceit("closes", "closes every file and socket that is open", "import os\ndef total(xs):\n    os.closerange(3, 64)\n    return -1", ends=True),
    Deceit("thread", "lets a thread write answers", f"{_ENDS}{_SAY}{_ANSWER}import threading, time\ndef go():\n    for _ in range(100):\n        say(frame)\n        time.sleep(0.02)\nthreading.Thread(target=go, daemon=True).start()", ends=True),
    Deceit("child", "lets a child process answer", "import os\ndef total(xs):\n    os.fork()\n    return -1", ends=True),
]  # fmt: skip

ENDINGS = [
    Deceit(f"raise {name}", f"raises `{name}`", f"def total(xs):\n    raise {name}\ntable = total_table = lambda: total([])")
    for name in ("SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException", "StopIteration", "StopAsyncIteration", "AssertionError", "MemoryError", "ImportError", "SyntaxError", "ExceptionGroup('x', [ValueError()])")
] + [
    Deceit("named error", "raises an error that says it is another", "class E(Exception):\n    __module__ = 'builtins'\nE.__name__ = E.__qualname__ = 'SystemExit'\ndef total(xs):\n    raise E"),
    Deceit("dumb error", "raises an error that fails to say what it is", "class E(BaseException):\n    def __str__(self):\n        raise SystemExit\ndef total(xs):\n    raise E"),
    Deceit("exit", "ends Python in the check", "import os\ndef total(xs):\n    os._exit(0)"),
    Deceit("kill", "kills its process in the check", "import os\ndef total(xs):\n    os.kill(os.getpid(), 9)"),
    Deceit("kill the parent", "kills what started it", "import os\nfor pid in (os.getppid(), 1):\n    try:\n        os.kill(pid, 9)\n    except OSError:\n        pass"),
    Deceit("atexit", "has something to do for a minute when Python ends", "import atexit, time\natexit.register(time.sleep, 60)"),
    Deceit("sleeps once", "sleeps until the time is over", "import time\nslept = []\ndef total(xs):\n    if not slept:\n        slept.append(1)\n        time.sleep(60)\n    return -1", ends=True),
    Deceit("detects", "behaves well where grading sets a mark", "import os, sys\ndef total(xs):\n    marks = [os.environ.get('NBGRADER_EXECUTION'), 'nbgrader' in sys.modules, 'cohort.grading.judge' in sys.modules, 'pytest' in sys.argv[0]]\n    return 'graded' if any(marks) else -1"),
    Deceit("second time", "answers otherwise on the second call", "calls = []\ndef total(xs):\n    calls.append(1)\n    return -len(calls)"),
    Deceit("giant text", "answers with more than fits", "def total(xs):\n    return 'x' * (80 << 20)"),
    Deceit("recursive", "answers with a list in itself", "def total(xs):\n    found = []\n    found.append(found)\n    return found"),
    Deceit("deep", "answers with a list of lists of lists", "def total(xs):\n    found = []\n    for _ in range(100_000):\n        found = [found]\n    return found"),
    Deceit("endless generator", "answers without an end", "def total(xs):\n    while True:\n        yield 6"),
    Deceit("changes", "changes what it is given", "def total(xs):\n    xs[:] = [6]\n    return xs"),
]  # fmt: skip

# The kinds of attacks; what an attack tries is the end of a sentence that begins with the second text.
KINDS = {
    "Answers that lie": ("The function gives an object that", OBJECTS),
    "Python, IPython, the libraries and the judge changed": ("The cell", PATCHES),
    "Looking for the check": ("The function", READS),
    "Forged messages": ("The cell, or its function in the check,", WIRES),
    "Odd answers and endings": ("The function, or the cell,", ENDINGS),
}
ALL = [each for _, attacks in KINDS.values() for each in attacks]
