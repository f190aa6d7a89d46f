"""A course whose submissions hold the awkward cells: three assignments, and a submission a case."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import nbformat
from awkward import ALONE, ANSWERS, TOGETHER
from conftest import COURSE, ROOT
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateAssignment

from cohort.grading.course_directory import course_directory, nbgrader_config

# Long enough for a figure on a busy machine; each endless loop costs this many seconds.
TIMEOUT = 5

# Which themes share a kernel.
PACKS = {
    "speaks": ("streams", "asking", "asynchronous"),
    "shows": ("displays", "figures", "widgets", "chance"),
    "works": ("magics", "processes"),
    "fails": ("errors",),
    "plays": ("names",),
    "stores": ("files",),
    "writes-much": ("sizes",),
}

# Who hands in files besides the notebook.
WITH_FILES = ("works", "fails", "stores", "late")

# The late penalty of the course: half a point an hour.
PENALTY = '''"""A late penalty plugin."""

from nbgrader.plugins import BasePlugin


class HalfAnHour(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 0.5 * (total_seconds_late // 3600)
'''


@dataclass(frozen=True)
class Submission:
    """What a student hands in; `files` by their names, notebooks as text."""

    assignment: str
    student: str
    files: dict[str, str] = field(default_factory=dict)


def _cell(id: str, source: str, **about: object) -> NotebookNode:
    known = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, "grade_id": id}
    make = new_markdown_cell if about.pop("markdown", False) else new_code_cell
    return make(source, id=id, metadata={"nbgrader": known | about})


def _notebook(*cells: NotebookNode) -> NotebookNode:
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    return new_notebook(cells=list(cells), metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def _check(id: str, source: str, points: int) -> NotebookNode:
    return _cell(id, source, grade=True, locked=True, points=points)


def _answer(id: str, text: str) -> NotebookNode:
    return _cell(id, f"### BEGIN SOLUTION\n{text}\n### END SOLUTION", solution=True)


def awkward_source() -> NotebookNode:
    """One function to write, with checks of every kind, and answers that a person grades."""
    return _notebook(
        new_markdown_cell("# Awkward", id="title"),
        _cell(
            "imports",
            "import random\nimport numpy as np\nimport pandas as pd\nimport matplotlib.pyplot as plt\n"
            "%matplotlib inline",
            locked=True,
        ),
        _cell(
            "seeds",
            "random.seed(1995)\nnp.random.seed(1995)\ngenerator = np.random.default_rng(1995)\n"
            "table = pd.DataFrame({'week': range(1, 7), 'deaths': [3, 5, 2, 8, 13, 1]})\n"
            "print('ready')\nfirst = random.random()\ntable.head(2)",
            locked=True,
        ),
        _answer("add", ANSWERS["right"]),
        _check(
            "check_add",
            "assert add(1, 1) == 2, 'Return the sum.'\n### BEGIN HIDDEN TESTS\n"
            "assert add(20, 22.5) == 42.5, 'Hidden.'\n### END HIDDEN TESTS",
            3,
        ),
        _check("check_partial", "add(1, 1) / 2 + (add(2, 2) == 4) * 0.5", 2),
        _check("check_text", "'not a number'", 1),
        _check("check_loud", "import sys\nprint('a note', file=sys.stderr)", 1),
        _check("check_printed", "print('a note')\nassert True", 1),
        _check(
            "check_seeded",
            "again = random.Random(1995)\nassert first == again.random()\nassert random.random() == again.random()",
            1,
        ),
        _check(
            "check_numpy_seeded",
            "assert np.random.rand() == np.random.RandomState(1995).rand()\n"
            "assert generator.random() == np.random.default_rng(1995).random()",
            1,
        ),
        _cell("why", "Say why.", grade=True, solution=True, points=2, markdown=True),
        _cell("draw", "# draw here", grade=True, solution=True, points=2),
        _cell("task", "Make a table.", task=True, locked=True, points=3, markdown=True),
    )


def shared_source() -> NotebookNode:
    """Cells that every submission shares, with something in each that a fork could spoil."""
    shared = {
        "clock": "import os, time, random, uuid, threading\n"
        "started, pid, token = time.time(), os.getpid(), random.random()",
        "unseeded": "import numpy as np\ndrawn = np.random.default_rng().random()\nmark = uuid.uuid4()",
        "writes": "from pathlib import Path\nhere = Path.cwd()\nPath('made.txt').write_text('made by the course')",
        "opens": "handle = open('given.csv')\nheader = next(handle)",
        "warns": "import warnings\nwarnings.warn('of the course')",
        "shows": "shown = display('waiting', display_id=True)",
        "task": "import asyncio\nasync def slowly():\n    await asyncio.sleep(0.05)\n    return 'done'\n"
        "task = asyncio.create_task(slowly())",
        "thread": "ticks = []\ndef tick():\n    while True:\n        ticks.append(1)\n        time.sleep(0.01)\n"
        "threading.Thread(target=tick, daemon=True).start()",
        "sqlite": "import sqlite3\nbase = sqlite3.connect('made.db')\n"
        "base.execute('create table t (n)')\nbase.commit()",
        "process": "import subprocess\ncat = subprocess.Popen(['cat'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)",
        "folder": "os.makedirs('inside', exist_ok=True)\nos.chdir('inside')",
        "temporary": "import tempfile\nkept = tempfile.TemporaryDirectory()\nPath(kept.name, 'x').write_text('x')",
    }
    checks = {
        "check_clock": "assert 0 <= time.time() - started < 3600",
        "check_pid": "assert os.getpid() == pid",
        "check_made": "assert (here / 'made.txt').read_text() == 'made by the course'",
        "check_here": "assert Path.cwd() == here / 'inside' and (here / 'given.csv').exists()",
        "check_handle": "assert handle.read() == '1\\n2\\n'",
        "check_task": "assert await task == 'done'",
        "check_thread": "before = len(ticks)\ntime.sleep(0.2)\nassert len(ticks) > before",
        "check_sqlite": "base.execute('insert into t values (1)')\nbase.commit()\n"
        "assert base.execute('select count(*) from t').fetchone() == (1,)",
        "check_process": "out, _ = cat.communicate(b'meow')\nassert out == b'meow'\nassert cat.returncode == 0",
        "check_temporary": "assert Path(kept.name, 'x').read_text() == 'x'\nkept.cleanup()",
        "check_token": "assert token != random.random() and mark != uuid.uuid4()",
    }
    return _notebook(
        *(_cell(f"shared_{id}", source, locked=True) for id, source in shared.items()),
        _answer("update", "shown.update('updated')\nwarnings.warn('of the student')"),
        *(_check(id, source, 1) for id, source in checks.items()),
    )


def pair_sources() -> dict[str, NotebookNode]:
    """Two notebooks, as nbgrader's quickstart has them; the second reads what the first wrote."""
    return {
        "one": _notebook(
            _answer("write", "from pathlib import Path\nPath('handed_on.txt').write_text('from one')"),
            _check("check_write", "assert Path('handed_on.txt').exists()", 1),
        ),
        "two": _notebook(
            _answer("read", "found = open('handed_on.txt').read()"),
            _check("check_read", "assert found == 'from one'", 2),
        ),
    }


def write_course(root: Path) -> None:
    """Lay the course out, with its three assignments generated and entered in a gradebook.

    The working directory must be `root`.
    """
    head, module = COURSE.split("modules:\n")
    modules = [module.replace("tiny", name).replace("B1", f"B{n}") for n, name in enumerate(SOURCES, 1)]
    (root / "course.yml").write_text(head + "modules:\n" + "".join(modules))
    shutil.copy(ROOT / "cohort.yml", root)
    config = (ROOT / "nbgrader_config.py").read_text().replace("timeout = 20", f"timeout = {TIMEOUT}")
    (root / "nbgrader_config.py").write_text(config + '\nc.AssignLatePenalties.plugin_class = "late.HalfAnHour"\n')
    (root / "late.py").write_text(PENALTY)
    for name, make in SOURCES.items():
        folder = root / "source" / name
        folder.mkdir(parents=True)
        (folder / "given.csv").write_text("n\n1\n2\n")
        for notebook, content in make().items():
            nbformat.write(content, folder / f"{notebook}.ipynb")
        config = nbgrader_config()
        GenerateAssignment(coursedir=course_directory(name, ".", config), config=config, force=True).start()
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "demo") as gradebook:
        gradebook.update_or_create_assignment("awkward", duedate="2026-01-01 12:00:00 UTC")
        _score_by_hand(gradebook)


def _score_by_hand(gradebook: Gradebook) -> None:
    """One student was graded before, and a person gave points and a comment."""
    gradebook.add_student("by-hand")
    gradebook.add_submission("awkward", "by-hand", timestamp=datetime(2026, 1, 1, 11))
    for name, points in {"check_add": 1, "why": 2, "draw": 0}.items():
        grade = gradebook.find_grade(name, "awkward", "awkward", "by-hand")
        grade.manual_score, grade.needs_manual_grade = points, False
    gradebook.find_comment("why", "awkward", "awkward", "by-hand").manual_comment = "Well said."
    gradebook.find_grade("check_partial", "awkward", "awkward", "by-hand").extra_credit = 0.5
    gradebook.db.commit()


def hand_in(root: Path, submission: Submission) -> None:
    """Put a submission where `nbgrader collect` would."""
    folder = root / "submitted" / submission.student / submission.assignment
    for name, text in submission.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def submissions(root: Path) -> list[Submission]:
    """Every case, built from the released notebooks below `root`."""
    released = {path.stem: nbformat.read(path, as_version=4) for path in sorted((root / "release").glob("*/*.ipynb"))}
    awkward = _answered(released["awkward"], ANSWERS["right"])
    extras = {
        "extra.py": "from_extra = 'from extra'\ndef fails():\n    raise ValueError('in a file')\n",
        "data/numbers.csv": "n\n4\n5\n",
        "data/__init__.py": "",
        "data/helper.py": "def twice(n):\n    return 2 * n\n",
        "given.csv": "n\n100\n",
    }
    cases = {
        pack: _inserted(awkward, [cell for theme in themes for cell in TOGETHER[theme].values()])
        for pack, themes in PACKS.items()
    }
    cases |= {f"alone-{name}": _inserted(awkward, [cell]) for name, cell in ALONE.items()}
    cases |= {f"answer-{name}": _answered(released["awkward"], text) for name, text in ANSWERS.items()}
    cases |= {f"damaged-{name}": damage(copy.deepcopy(awkward)) for name, damage in DAMAGES.items()}
    cases |= {"by-hand": awkward, "late": awkward, "on-time": awkward}
    times = {
        "late": "2026-01-01 15:30:00 UTC",
        "on-time": "2026-01-01 09:00:00 UTC",
        "by-hand": "2026-01-02 12:00:00 UTC",
    }
    shared = nbformat.writes(_answered(released["shared"], "shown.update('updated')\nwarnings.warn('mine')", "update"))
    one = nbformat.writes(
        _answered(released["one"], "from pathlib import Path\nPath('handed_on.txt').write_text('from one')", "write")
    )
    two = nbformat.writes(_answered(released["two"], "found = open('handed_on.txt').read()", "read"))
    dies = nbformat.writes(_answered(released["two"], "import os\nos._exit(0)", "read"))
    return [
        *(
            Submission(
                "awkward",
                student,
                (extras if student in WITH_FILES else {})
                | {"awkward.ipynb": nbformat.writes(notebook)}
                | ({"timestamp.txt": times[student]} if student in times else {}),
            )
            for student, notebook in cases.items()
        ),
        Submission("awkward", "not-json", {"awkward.ipynb": "this is not a notebook"}),
        Submission("awkward", "other-name", {"mine.ipynb": nbformat.writes(awkward)}),
        Submission("awkward", "one-more", {"awkward.ipynb": nbformat.writes(awkward), "mine.ipynb": one}),
        Submission("shared", "first", {"shared.ipynb": shared}),
        Submission("shared", "second", {"shared.ipynb": shared}),
        Submission("pair", "both", {"one.ipynb": one, "two.ipynb": two}),
        Submission("pair", "only-one", {"one.ipynb": one}),
        Submission("pair", "only-two", {"two.ipynb": two}),
        Submission("pair", "second-dies", {"one.ipynb": one, "two.ipynb": dies}),
    ]


def _answered(released: NotebookNode, text: str, id: str = "add") -> NotebookNode:
    notebook = copy.deepcopy(released)
    _find(notebook, id).source = text
    return notebook


def _inserted(notebook: NotebookNode, cells: list[str]) -> NotebookNode:
    """`notebook` with cells of the student's own after the answer."""
    notebook = copy.deepcopy(notebook)
    place = notebook.cells.index(_find(notebook, "add")) + 1
    notebook.cells[place:place] = [new_code_cell(source, id=f"own-{n}") for n, source in enumerate(cells)]
    return notebook


def _find(notebook: NotebookNode, id: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == id)


def _with(change: Callable[[NotebookNode], object]) -> Callable[[NotebookNode], NotebookNode]:
    """A damage that changes a notebook in place."""

    def damage(notebook: NotebookNode) -> NotebookNode:
        change(notebook)
        return notebook

    return damage


def _become(cell: NotebookNode, other: NotebookNode) -> None:
    """Turn a cell into one of another kind, as a change of its type in JupyterLab does."""
    kept = cell.metadata
    cell.clear()
    cell.update(other)
    cell.metadata = kept


def _of_all_kinds(notebook: NotebookNode) -> None:
    picture = {"dot.png": {"image/png": "iVBORw0KGgo="}}
    notebook.cells[2:2] = [
        new_raw_cell("raw text", id="own-raw"),
        new_code_cell("", id="own-empty"),
        new_code_cell("   \n", id="own-blank"),
        new_code_cell("# only a comment", id="own-comment"),
        new_markdown_cell("![dot](attachment:dot.png)", id="own-picture", attachments=picture),
        new_code_cell("1/0", id="own-tagged", metadata={"tags": ["raises-exception"]}),
        new_code_cell("print('skipped')", id="own-skipped", metadata={"tags": ["skip-execution"]}),
    ]


def _executed_before(notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cell.execution_count = 40 + number
            cell.outputs = [new_output("stream", name="stderr", text="old"), new_output("error", ename="E", evalue="")]
            cell.metadata["execution"] = {"iopub.status.idle": "2026-01-01T00:00:00Z"}


def _old_format(notebook: NotebookNode) -> None:
    notebook.nbformat_minor = 2
    for cell in notebook.cells:
        cell.pop("id", None)


# What students do to a notebook.
DAMAGES: dict[str, Callable[[NotebookNode], NotebookNode]] = {
    "cells-of-all-kinds": _with(_of_all_kinds),
    "check-deleted": _with(lambda notebook: notebook.cells.remove(_find(notebook, "check_add"))),
    "answer-deleted": _with(lambda notebook: notebook.cells.remove(_find(notebook, "add"))),
    "written-answer-deleted": _with(lambda notebook: notebook.cells.remove(_find(notebook, "why"))),
    "written-answer-given": _with(lambda notebook: _find(notebook, "why").update(source="Because.")),
    "shared-cell-deleted": _with(lambda notebook: notebook.cells.remove(_find(notebook, "seeds"))),
    "shared-cell-changed": _with(lambda notebook: _find(notebook, "seeds").update(source="first = 0\nprint('mine')")),
    "shared-cells-swapped": _with(lambda notebook: notebook.cells.insert(1, notebook.cells.pop(2))),
    "cell-before-the-shared": _with(lambda notebook: notebook.cells.insert(0, new_code_cell("mine = 1", id="own"))),
    "cell-between-the-shared": _with(
        lambda notebook: notebook.cells.insert(2, new_code_cell("random.random = lambda: 4", id="own"))
    ),
    "check-twice": _with(lambda notebook: notebook.cells.append(copy.deepcopy(_find(notebook, "check_add")))),
    "answer-twice": _with(lambda notebook: notebook.cells.insert(1, copy.deepcopy(_find(notebook, "add")))),
    "check-changed": _with(lambda notebook: _find(notebook, "check_add").update(source="assert True")),
    "points-changed": _with(lambda notebook: _find(notebook, "check_add").metadata.nbgrader.update(points=100)),
    "unlocked": _with(lambda notebook: _find(notebook, "check_add").metadata.nbgrader.update(locked=False)),
    "check-made-text": _with(lambda notebook: _become(_find(notebook, "check_add"), new_markdown_cell("text"))),
    "text-made-code": _with(lambda notebook: _become(_find(notebook, "why"), new_code_cell("'code'"))),
    "answer-made-raw": _with(lambda notebook: _become(_find(notebook, "add"), new_raw_cell("def add(a, b): ..."))),
    "checks-first": lambda notebook: new_notebook(cells=notebook.cells[::-1], metadata=notebook.metadata),
    "no-metadata": _with(lambda notebook: [cell.metadata.clear() for cell in notebook.cells]),
    "no-kernelspec": _with(lambda notebook: notebook.metadata.clear()),
    "other-kernelspec": _with(lambda notebook: notebook.metadata.kernelspec.update(name="ir", language="R")),
    "no-cells": lambda notebook: new_notebook(metadata=notebook.metadata),
    "old-format": _with(_old_format),
    "executed-before": _with(_executed_before),
}

# The assignments of the course, and their notebooks.
SOURCES: dict[str, Callable[[], dict[str, NotebookNode]]] = {
    "awkward": lambda: {"awkward": awkward_source()},
    "shared": lambda: {"shared": shared_source()},
    "pair": pair_sources,
}
