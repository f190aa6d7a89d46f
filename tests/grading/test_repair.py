"""Damaged notebooks come back in the shape of their assignment, with the score they had, or are not graded."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from cohort.answers import answered, read_bank, reference
from cohort.grading.damaged import Irreparable
from cohort.grading.pieces import known_cells
from cohort.grading.repair import FORM, MARKS, repair
from cohort.grading.which import which
from cohort.notebooks import grade_id, is_check, is_solution

ROOT = Path(__file__).resolve().parents[2]
RAISE = "    raise NotImplementedError()"
STUBS = {
    "mean": f'def mean(values: list) -> float:\n    """The mean."""\n{RAISE}',
    "ends": f"def lowest(values):\n{RAISE}\n\n\ndef highest(values):\n{RAISE}",
    "table": "# Make `table`: each value, and how far it is from the mean",
    "scaled": f"def scaled(values):\n    # Write your answer here\n{RAISE}",
    "report": f"def report(values):\n{RAISE}",
}
ANSWERS = {
    "mean": [
        'def mean(values: list) -> float:\n    """The mean."""\n    total = sum(values)\n\n'
        "    return total / len(values)",
        "def _total(values):\n    return sum(values)\n\n\ndef mean(values):\n    return _total(values) / len(values)",
        "def mean(values):\n    if not values:\n        return 0\n    return _total(values) / len(values)\n\n\n"
        "def _total(values):\n    return sum(values)",
        "def mean(values):\n    return sum(values)",
        "def mean(values:\n    total = sum(values)\n    return total / len(values)",
        "import math\n\n\ndef mean(values):\n    return math.fsum(values) / len(values)\n\n\nprint(mean([1, 2]))",
        "",
    ],
    "ends": [
        "def lowest(values):\n    return min(values)\n\n\ndef highest(values):\n    return max(values)",
        "def lowest(values):\n    return values[0]\n\n\ndef highest(values):\n    best = values[0]\n"
        "    for value in values:\n        if value > best:\n            best = value\n    return best",
        "lowest = min\nhighest = max",
        "def lowest(values):\n    return undefined\n\n\nprint(lowest([1]))",
    ],
    "table": [
        "table = [(value, value - mean(data)) for value in data]",
        "table = []\nfor value in data:\n    table.append((value, value - mean(data)))\nprint(table)",
        "",
    ],
    "scaled": [
        "def scaled(values):\n    middle = mean(values)\n"
        "    return [value - middle - lowest([LIMIT, 9]) for value in values]",
        "FACTOR = 1\n\n\ndef scaled(values):\n    middle = mean(values)\n"
        "    return [FACTOR * value - middle for value in values]",
        "def scalled(values):\n    return values",
    ],
    "report": [
        "def report(values):\n    text = f'''\nfrom {lowest(values)}\nto {highest(values)}\n'''\n    return text",
        "def report(values):\n    return f'{scaled(values)[0]} {highest(values)}'",
    ],
}
CHECKS = {
    "check_mean": "assert mean([1, 3]) == 2, 'Divide.'\nassert mean(data) == 2.8",
    "check_ends": "_found = (lowest(data), highest(data))\nassert _found == (1, 5), 'Look again.'",
    "check_table": "assert table[0][0] == 3 and len(table) == 5, 'One row for each.'",
    "check_scaled": "assert clean(scaled([1, 3]))[1] == 1 - LIMIT, 'Take the mean away.'",
    "check_report": "assert '1' in report(data), 'Say the lowest.'\nassert str(highest(data)) in report(data)",
}
WHY = ["Because a mean has two parts.", "None", "- one\n- two"]


def marked(name: str, source: str, kind: str = "code", **about: object) -> NotebookNode:
    mark = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, "grade_id": name}
    make = new_code_cell if kind == "code" else new_markdown_cell
    return make(source, id=name, metadata={"nbgrader": mark | about})


def released_notebook() -> NotebookNode:
    """Functions that call one another, an answer that is none, locked cells that use them, two written answers."""

    def solution(name: str) -> NotebookNode:
        return marked(name, STUBS[name], solution=True)

    def check(name: str) -> NotebookNode:
        return marked(name, CHECKS[name], grade=True, locked=True, points=2)

    def text(name: str) -> NotebookNode:
        return marked(name, "YOUR ANSWER HERE", "markdown", grade=True, solution=True, points=1)

    setup = "data = [3, 1, 4, 1, 5]\n\n\ndef clean(values):\n    return [round(value, 3) for value in values]"
    notebook = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    notebook.cells = [
        marked("title", "# An assignment of four functions", "markdown", locked=True),
        marked("setup", setup, locked=True),
        solution("mean"),
        check("check_mean"),
        solution("ends"),
        check("check_ends"),
        marked("show", "print(f'From {lowest(data)} to {highest(data)}')", locked=True),
        new_code_cell("print('Half of it is done.')", id="halfway"),
        solution("table"),
        check("check_table"),
        marked("task-scaled", "## Now the scale\n\nUse what you have.", "markdown", locked=True),
        marked("limit", "LIMIT = 0", locked=True),
        solution("scaled"),
        solution("report"),
        check("check_scaled"),
        text("why"),
        check("check_report"),
        marked("task-sources", "## Say what you used", "markdown", locked=True),
        text("sources"),
    ]
    return notebook


RELEASED = released_notebook()
ORDER = list(known_cells(RELEASED))


def answer(**texts: str) -> NotebookNode:
    """The released notebook with answers."""
    notebook = deepcopy(RELEASED)
    for cell in notebook.cells:
        cell.source = texts.get(grade_id(cell), cell.source)
    return notebook


RIGHT = {name: texts[0] for name, texts in ANSWERS.items()} | {"why": WHY[0], "sources": "A book."}


def right() -> NotebookNode:
    return answer(**RIGHT)


def score(notebook: NotebookNode) -> dict[str, int]:
    """The points of each check: the cells run in one namespace, and after an error the next one runs."""
    namespace: dict[str, object] = {}
    points = {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        passed = True
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(cell.source, "<cell>", "exec"), namespace)
        except Exception:
            passed = False
        if is_check(cell):
            points[grade_id(cell)] = cell.metadata.nbgrader.points * passed
    return points


def at(notebook: NotebookNode, name: str) -> int:
    return next(place for place, cell in enumerate(notebook.cells) if grade_id(cell) == name)


def bare(source: str, kind: str = "code") -> NotebookNode:
    return new_code_cell(source) if kind == "code" else new_markdown_cell(source)


def mended(notebook: NotebookNode) -> tuple[list[str], dict[str, str], NotebookNode]:
    done = repair(nbformat.writes(notebook), RELEASED)
    return [each.what for each in done.repairs], done.ungraded, done.notebook


# --- any sequence of damages ---


@dataclass
class Desk:
    """A student's notebook being damaged, and what it was worth."""

    cells: list[tuple[NotebookNode, frozenset[str], bool]] = field(
        repr=False
    )  # the cell, whose text it holds, whether all of it
    truth: dict[str, str]
    steps: list[str] = field(default_factory=list)
    texts_split: bool = False
    new: Iterator[str] = field(default_factory=lambda: (f"new-{number}" for number in count()), repr=False)

    def holders(self, name: str) -> int:
        return sum(name in held for _, held, _ in self.cells)


def retyped(cell: NotebookNode, kind: str, source: str, with_mark: bool = True) -> NotebookNode:
    new = nbformat.from_dict({"cell_type": kind, "source": source, "metadata": {}, "id": cell.id})
    if with_mark:
        new.metadata = deepcopy(cell.metadata)
    if kind == "code":
        new.outputs, new.execution_count = [], None
    return new


def split(desk: Desk, draw: Callable) -> None:
    split_at(desk, draw, draw(st.integers(0, len(desk.cells) - 1)))


def split_at(desk: Desk, draw: Callable, place: int) -> None:
    cell, held, _ = desk.cells[place]
    lines = cell.source.split("\n")
    if len(lines) < 2:
        return
    line = draw(st.integers(1, len(lines) - 1))
    first, second = ("\n".join(part).strip("\n") for part in (lines[:line], lines[line:]))
    kept = draw(st.booleans())
    one, two = retyped(cell, cell.cell_type, first), retyped(cell, cell.cell_type, second, kept)
    two.id = next(desk.new)
    desk.texts_split |= bool(held & {"why", "sources"})
    desk.cells[place : place + 1] = [(one, held, False), (two, held, False)]
    desk.steps.append(f"split {place} at {line}, marks {kept}")


def merge(desk: Desk, draw: Callable) -> None:
    if len(desk.cells) < 2:
        return
    merge_at(desk, draw, draw(st.integers(0, len(desk.cells) - 2)))


def merge_three(desk: Desk, draw: Callable) -> None:
    if len(desk.cells) < 3:
        return
    place = draw(st.integers(0, len(desk.cells) - 3))
    merge_at(desk, draw, place)
    merge_at(desk, draw, place)


def split_and_merge(desk: Desk, draw: Callable) -> None:
    """A part of one cell goes to the next."""
    cells = len(desk.cells)
    place = draw(st.integers(0, cells - 1))
    split_at(desk, draw, place)
    if place + 2 < len(desk.cells) > cells:
        merge_at(desk, draw, place + 1)


def adds_to_an_answer(desk: Desk, *cells: tuple[NotebookNode, frozenset[str], bool]) -> bool:
    """Whether merging cells looks as if the student had written one answer so, and nothing else shows it."""
    if not any(held & desk.truth.keys() for _, held, _ in cells):
        return False
    is_own = any("own" in held for _, held, _ in cells)
    names = [held & desk.truth.keys() for _, held, _ in cells]
    if not all(names) or names[0] == names[1]:
        return is_own
    are_copies = any(whole and desk.holders(name) > 1 for _, held, whole in cells for name in held)
    kinds = {known_cells(RELEASED)[name].cell_type for held in names for name in held}
    return is_own or are_copies or (len(kinds) > 1 and not all(whole for _, _, whole in cells))


def merge_at(desk: Desk, draw: Callable, place: int) -> None:
    (one, held, whole), (two, also, too) = desk.cells[place : place + 2]
    if adds_to_an_answer(desk, *desk.cells[place : place + 2]):
        return
    main = draw(st.sampled_from([one, two]))
    seam = draw(st.sampled_from(["\n", "\n\n"]))
    joined = retyped(main, main.cell_type, f"{one.source}{seam}{two.source}")
    desk.cells[place : place + 2] = [(joined, held | also, whole and too)]
    desk.steps.append(f"merge {place} into {'first' if main is one else 'second'}")


def duplicate(desk: Desk, draw: Callable) -> None:
    place, to = (draw(st.integers(0, len(desk.cells) - 1)) for _ in range(2))
    cell, held, whole = desk.cells[place]
    copy = deepcopy(cell)
    copy.id = next(desk.new)
    desk.cells.insert(to, (copy, held, whole))
    desk.steps.append(f"duplicate {place} to {to}")


def delete(desk: Desk, draw: Callable) -> None:
    place = draw(st.integers(0, len(desk.cells) - 1))
    _, held, whole = desk.cells[place]
    answers = held & desk.truth.keys()
    if answers and not whole:
        return  # what a part of an answer is worth, nobody knows
    if any(desk.holders(name) > 1 and not all(w for _, h, w in desk.cells if name in h) for name in answers):
        return
    del desk.cells[place]
    for name in answers:
        if not desk.holders(name):
            desk.truth[name] = known_cells(RELEASED)[name].source
    desk.steps.append(f"delete {place}")


def move(desk: Desk, draw: Callable) -> None:
    place, to = (draw(st.integers(0, len(desk.cells) - 1)) for _ in range(2))
    block = desk.cells[place : place + draw(st.integers(1, 3))]
    del desk.cells[place : place + len(block)]
    desk.cells[to:to] = block
    desk.steps.append(f"move {place} to {to}, {len(block)} cells")


def retype(desk: Desk, draw: Callable) -> None:
    place = draw(st.integers(0, len(desk.cells) - 1))
    cell, held, whole = desk.cells[place]
    if "own" in held:
        return
    kind = draw(st.sampled_from(["code", "markdown", "raw"]))
    desk.cells[place] = (retyped(cell, kind, cell.source), held, whole)
    desk.steps.append(f"retype {place} to {kind}")


def edit_locked(desk: Desk, draw: Callable) -> None:
    place = draw(st.integers(0, len(desk.cells) - 1))
    cell, held, whole = desk.cells[place]
    if held & desk.truth.keys() or not held or "own" in held:
        return
    cell = deepcopy(cell)
    cell.source += draw(st.sampled_from(["\n# a note", "\nmore = 1", "  "]))
    desk.cells[place] = (cell, held, whole)
    desk.steps.append(f"edit {place}")


def add(desk: Desk, draw: Callable) -> None:
    place = draw(st.integers(0, len(desk.cells)))
    source, kind = draw(
        st.sampled_from(
            [
                ("print(mean([1, 2]))", "code"),
                ("trial = report([1, 2])", "code"),
                ("", "code"),
                ("A note.", "markdown"),
                ("def (", "code"),
            ]
        )
    )
    new = bare(source, kind)
    new.id = next(desk.new)
    desk.cells.insert(place, (new, frozenset(["own"]) if source else frozenset(), True))
    desk.steps.append(f"add {source!r} at {place}")


def strip(desk: Desk, draw: Callable) -> None:
    what = draw(st.sampled_from(["marks", "ids", "both"]))
    only = draw(st.none() | st.integers(0, len(desk.cells) - 1))
    for place, (cell, held, whole) in enumerate(desk.cells):
        if only in (None, place):
            cell = retyped(cell, cell.cell_type, cell.source, what == "ids")
            cell.id = cell.id if what == "marks" else next(desk.new)
            desk.cells[place] = (cell, held, whole)
    desk.steps.append(f"strip {what} of {only}")


def revise(desk: Desk, draw: Callable) -> None:
    """Copies of an answer with its mark, one of them with another text: nobody can tell which one counts."""
    name = draw(st.sampled_from([*ANSWERS]))
    marked = [cell.metadata.get("nbgrader") is not None and whole for cell, _, whole in desk.cells]
    places = [place for place, (_, held, _) in enumerate(desk.cells) if held == {name} and marked[place]]
    if not places or desk.holders(name) > 1 or desk.truth[name] in ("", STUBS[name]):
        return
    cell, held, _ = desk.cells[places[0]]
    for text in (cell.source, draw(st.sampled_from(ANSWERS[name]))):
        copy = retyped(cell, cell.cell_type, text)
        copy.id = next(desk.new)
        desk.cells.insert(draw(st.integers(0, len(desk.cells))), (copy, held, True))
    desk.steps.append(f"revise {name}")


EDITS = [split, merge, merge_three, split_and_merge, duplicate, delete, move, retype, edit_locked, add, strip]


@st.composite
def desks(draw: Callable, most: int = 6) -> Desk:
    truth = {name: draw(st.sampled_from([*texts, STUBS[name]])) for name, texts in ANSWERS.items()}
    truth |= {name: draw(st.sampled_from([*WHY, "YOUR ANSWER HERE"])) for name in ("why", "sources")}
    desk = Desk([(cell, frozenset([grade_id(cell)]), True) for cell in answer(**truth).cells], truth)
    for edit in draw(st.lists(st.sampled_from(EDITS), max_size=most)):
        if desk.cells:
            edit(desk, draw)
    # Last, as what is done to one of several copies alone says which one counts.
    if desk.cells and draw(st.integers(0, 9)) == 0:
        revise(desk, draw)
    return desk


def saved(notebook: NotebookNode, how: str) -> str:
    """The text of a notebook as some program writes it."""
    text = nbformat.writes(notebook)
    match how:
        case "format 4.2":
            raw = json.loads(text) | {"nbformat_minor": 2}
            for cell in raw["cells"]:
                del cell["id"]
            return json.dumps(raw)
        case "one string a cell":
            raw = json.loads(text)
            for cell in raw["cells"]:
                cell["source"] = "".join(cell["source"])
            return json.dumps(raw)
        case "Windows":
            raw = json.loads(text)
            for cell in raw["cells"]:
                cell["source"] = "".join(cell["source"]).replace("\n", "\r\n")
            return "\ufeff" + json.dumps(raw, indent=1).replace("\n", "\r\n")
    return text


WAYS = ["as it is", "format 4.2", "one string a cell", "Windows"]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(desk=desks(), how=st.sampled_from(WAYS))
def test_any_damage_leaves_the_score_as_it_was_or_not_graded(desk, how):
    damaged = deepcopy(RELEASED)
    damaged.cells = [deepcopy(cell) for cell, _, _ in desk.cells]
    text = saved(damaged, how)
    try:
        done = repair(text, RELEASED)
    except Irreparable:
        return
    nbformat.validate(done.notebook)
    assert [grade_id(cell) for cell in done.notebook.cells if "nbgrader" in cell.metadata] == ORDER
    before, after = score(answer(**desk.truth)), score(done.notebook)
    wrong = {name for name in before if before[name] != after[name] and name not in done.ungraded}
    assert not wrong, (desk.steps, done.ungraded, [each.what for each in done.repairs])
    by_name = known_cells(done.notebook)
    for name, cell in known_cells(RELEASED).items():
        assert by_name[name].cell_type == cell.cell_type and by_name[name].metadata.items() >= cell.metadata.items()
        if not is_solution(cell):
            assert by_name[name].source == cell.source
    if not desk.texts_split:
        guessed = {each.cell for each in done.repairs if "taken for it" in each.what}
        for name in {"why", "sources"} - done.ungraded.keys() - guessed:
            assert desk.truth[name] in by_name[name].source, (name, desk.steps, done.repairs)
    there = {line.strip() for cell in done.notebook.cells for line in cell.source.splitlines()}
    for name, source in desk.truth.items():
        if source != known_cells(RELEASED)[name].source:
            assert {line.strip() for line in source.splitlines() if line.strip()} <= there, (name, desk.steps)
    if not done.ungraded:
        again = known_cells(repair(nbformat.writes(done.notebook), RELEASED).notebook)
        assert [cell.source for cell in again.values()] == [cell.source for cell in by_name.values()], desk.steps
    assert bool(done.repairs) == (done.notebook.cells != damaged.cells or how in ("format 4.2", "Windows"))


@pytest.mark.parametrize("how", WAYS)
def test_an_answered_notebook_keeps_its_cells_however_it_was_saved(how):
    done = repair(saved(right(), how), RELEASED)
    assert [cell.source for cell in done.notebook.cells] == [cell.source for cell in right().cells]
    assert done.repairs == (() if how in ("as it is", "one string a cell") else (FORM,))
    assert done.ungraded == {}


def test_lost_marks_are_put_back():
    notebook = right()
    for cell in notebook.cells:
        cell.metadata.clear()
    assert repair(nbformat.writes(notebook), RELEASED).repairs == (MARKS,)


def test_without_marks_and_ids_a_cell_is_known_by_its_names_or_else_by_its_place():
    notebook = right()
    for number, cell in enumerate(notebook.cells):
        cell.metadata.clear()
        cell.id = f"lost-{number}"
    said, ungraded, whole = mended(notebook)
    said = [each for each in said if each not in (FORM.what, MARKS.what)]
    names = ("table", "why", "sources")
    assert said == [
        f"the cell `{name}` had lost its mark: the only cell at its place was taken for it" for name in names
    ]
    assert ungraded == {} and [cell.source for cell in whole.cells] == [cell.source for cell in right().cells]


def test_a_solution_cell_that_was_split_within_a_function_is_joined():
    notebook = right()
    place = at(notebook, "mean")
    first, last = notebook.cells[place].source.split("\n\n")
    notebook.cells[place].source = first
    notebook.cells.insert(place + 1, bare(last))
    said, ungraded, whole = mended(notebook)
    assert said == ["the cell `mean` was split: its parts were joined"]
    assert ungraded == {} and score(whole) == score(right())


def test_a_cell_that_the_student_added_stays_a_cell_of_its_own():
    notebook = right()
    notebook.cells.insert(at(notebook, "mean") + 1, bare("print(mean([1, 2]))"))
    assert mended(notebook) == ([], {}, notebook)


def test_of_two_merged_solution_cells_one_comes_back_empty():
    notebook = right()
    place = at(notebook, "report")
    notebook.cells[place - 1].source += "\n\n" + notebook.cells.pop(place).source
    said, ungraded, whole = mended(notebook)
    assert said == ["the cell `report` was merged into `scaled`: its answer is there, and it came back empty"]
    assert ungraded == {} and score(whole) == score(right())
    assert known_cells(whole)["report"].source == ""


def test_a_solution_cell_that_was_merged_with_its_check_is_taken_from_it():
    notebook = right()
    place = at(notebook, "mean")
    notebook.cells[place].source += "\n\n" + notebook.cells.pop(place + 1).source
    said, _, whole = mended(notebook)
    assert said == ["the cell `check_mean` was merged with a cell beside it: they were taken apart"]
    assert [cell.source for cell in whole.cells] == [cell.source for cell in right().cells]


@pytest.mark.parametrize(("copied", "ungraded"), [(RIGHT["mean"], False), (STUBS["mean"], False), ("mean = max", True)])
def test_a_cell_that_stands_twice_is_graded_only_if_one_of_them_can_be_told(copied, ungraded):
    notebook = right()
    copy = deepcopy(notebook.cells[at(notebook, "mean")])
    copy.id, copy.source = "copy", copied
    notebook.cells.insert(6, copy)
    said, reasons, whole = mended(notebook)
    if ungraded:
        reason = "the cell `mean` stood there more than once, with different text: nobody can tell which counts"
        assert reasons["mean"] == reason
        assert {"check_mean", "check_scaled"} <= reasons.keys()
        assert copied in [cell.source for cell in whole.cells]
    else:
        assert (said, reasons) == (["the cell `mean` stood there twice: one was kept"], {})
        assert score(whole) == score(right())


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("mean", "the cell `mean` was missing: it was put back without an answer"),
        ("check_mean", "the cell `check_mean` was missing: it was put back"),
        ("setup", "the cell `setup` was missing: it was put back"),
    ],
)
def test_a_deleted_cell_comes_back_as_it_was_released(name, sentence):
    notebook = right()
    del notebook.cells[at(notebook, name)]
    said, ungraded, whole = mended(notebook)
    assert (said, ungraded) == ([sentence], {})
    assert known_cells(whole)[name] == known_cells(RELEASED)[name]


def test_a_written_answer_that_is_nowhere_is_looked_for_by_a_person():
    notebook = right()
    del notebook.cells[at(notebook, "why")]
    _, ungraded, whole = mended(notebook)
    assert ungraded["why"] == "the cell `why` was missing: its answer may stand in another cell"
    assert known_cells(whole)["why"] == known_cells(RELEASED)["why"]


@pytest.mark.parametrize("name", ["mean", "check_ends", "why", "limit"])
def test_a_moved_cell_is_put_back_at_its_place(name):
    notebook = right()
    notebook.cells.insert(0, notebook.cells.pop(at(notebook, name)))
    said, ungraded, whole = mended(notebook)
    assert (said, ungraded) == ([f"the cell `{name}` was moved: it is back at its place"], {})
    assert whole == right()


def test_a_cell_that_changed_places_with_another_is_put_back():
    notebook = right()
    place = at(notebook, "scaled")
    notebook.cells.insert(place, notebook.cells.pop(place + 1))
    said, ungraded, whole = mended(notebook)
    assert said == [f"the cell `{name}` was moved: it is back at its place" for name in ("scaled", "report")]
    assert ungraded == {} and whole == right()


def test_a_check_of_which_nobody_knows_whether_it_stood_after_the_students_own_code_is_not_graded():
    notebook = right()
    notebook.cells[at(notebook, "check_mean")] = bare("data.sort()")
    _, ungraded, _ = mended(notebook)
    reason = "the cell `check_mean` was not at its place, and it may matter where it stood among your own cells"
    assert ungraded["check_mean"] == reason


def test_a_check_whose_hidden_part_needs_an_ungraded_cell_is_not_graded_either():
    notebook = right()
    notebook.cells.append(retyped(notebook.cells[at(notebook, "mean")], "code", "mean = max"))
    notebook.cells[-1].id = "copy"
    text, whole = (
        nbformat.writes(notebook),
        {"check_ends": f"{CHECKS['check_ends']}\nassert mean(data) < highest(data)"},
    )
    assert "check_ends" not in repair(text, RELEASED).ungraded
    done = repair(text, RELEASED, checks=whole)
    assert done.ungraded["check_ends"].startswith("it needs the cell `mean`, which is not graded")
    assert known_cells(done.notebook)["check_ends"].source == CHECKS["check_ends"]


@pytest.mark.parametrize(
    ("name", "kind", "sentence"),
    [
        ("mean", "markdown", "the cell `mean` was turned into a markdown cell: it was turned back into a code cell"),
        ("mean", "raw", "the cell `mean` was turned into a raw cell: it was turned back into a code cell"),
        ("why", "code", "the cell `why` was turned into a code cell: it was turned back into a markdown cell"),
    ],
)
def test_a_retyped_answer_is_turned_back(name, kind, sentence):
    notebook = right()
    place = at(notebook, name)
    notebook.cells[place] = retyped(notebook.cells[place], kind, notebook.cells[place].source)
    assert mended(notebook) == ([sentence], {}, right())


def test_a_locked_cell_of_an_earlier_release_gives_way_to_the_one_of_now():
    notebook = right()
    notebook.cells[at(notebook, "check_mean")].source = "assert mean([2, 2]) == 2"
    assert mended(notebook) == (["the cell `check_mean` is not as it was released: it was put back"], {}, right())


def test_a_locked_cell_that_was_changed_is_put_back_and_what_the_student_wrote_is_kept():
    notebook = right()
    notebook.cells[at(notebook, "check_mean")].source = "mine = 1"
    said, ungraded, whole = mended(notebook)
    assert said == ["the cell `check_mean` is not as it was released: it was put back, and your text stands beside it"]
    place = at(whole, "check_mean")
    assert (whole.cells[place + 1].cell_type, whole.cells.pop(place + 1).source) == ("raw", "mine = 1")
    assert ungraded == {} and whole == right()


def test_a_part_of_an_answer_that_was_moved_away_is_not_guessed_at():
    notebook = right()
    place = at(notebook, "mean")
    first, last = notebook.cells[place].source.split("\n\n")
    notebook.cells[place].source = first
    notebook.cells.append(bare(last))
    assert {"mean", "check_mean"} <= mended(notebook)[1].keys()


OTHER = new_notebook(cells=[marked("warm", f"def warm(days):\n{RAISE}", solution=True)])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[1]", "no list of cells"),
        ('{"cells": 3}', "no list of cells"),
        ('{"cells": [], "nbformat": 4}', "no answer and no check"),
        ('{"cells": [4], "nbformat": 4}', "not a cell"),
        ('{"cells": [{"cell_type": "code"}], "nbformat": 4}', "no text"),
        ('{"cells": [], "nbformat": 5}', "not a notebook of format 4"),
        (nbformat.writes(new_notebook(cells=[new_code_cell("f(") for _ in range(1001)])), "more than 1000 cells"),
        ("[" * 100_000, "not JSON"),
        (nbformat.writes(OTHER), "it is the notebook of heat"),
    ],
)
def test_what_is_no_notebook_of_the_assignment_is_refused_with_its_reason(text, why):
    with pytest.raises(Irreparable, match=why) as refused:
        repair(text, RELEASED, {"heat": OTHER})
    assert "\n" not in str(refused.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def places_in(value: object, path: tuple = ()) -> list[tuple]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, below in inside for place in places_in(below, (*path, key)))]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(data=st.data())
def test_whatever_is_in_the_file_it_is_mended_or_refused(data):
    raw = json.loads(nbformat.writes(right()))
    for _ in range(data.draw(st.integers(1, 3))):
        *path, key = data.draw(st.sampled_from(places_in(raw)[1:]))
        below = raw
        for step in path:
            below = below[step]
        if data.draw(st.booleans()):
            del below[key]
        else:
            below[key] = data.draw(JSON)
    with contextlib.suppress(Irreparable):
        done = repair(json.dumps(raw), RELEASED)
        nbformat.validate(done.notebook)
        nbformat.writes(done.notebook).encode()
        assert list(known_cells(done.notebook)) == ORDER


@given(text=st.text() | JSON.map(json.dumps))
def test_a_text_that_is_no_notebook_is_refused(text):
    with pytest.raises(Irreparable):
        repair(text, RELEASED)


def test_a_renamed_file_is_known_by_its_cells():
    texts = {"Untitled.ipynb": nbformat.writes(right()), "warm (1).ipynb": nbformat.writes(OTHER), "notes.ipynb": "{}"}
    assert which(texts, {"tiny": RELEASED, "warm": OTHER}) == {"Untitled.ipynb": "tiny", "warm (1).ipynb": "warm"}


def test_of_two_equal_files_the_one_with_the_right_name_is_taken():
    text = nbformat.writes(right())
    assert which({"tiny-Copy1.ipynb": text, "tiny.ipynb": text}, {"tiny": RELEASED}) == {"tiny.ipynb": "tiny"}


def test_two_files_with_different_answers_are_refused():
    texts = {"tiny.ipynb": nbformat.writes(right()), "tiny (1).ipynb": nbformat.writes(RELEASED)}
    with pytest.raises(Irreparable, match=r"tiny.ipynb and tiny \(1\).ipynb"):
        which(texts, {"tiny": RELEASED})


@pytest.fixture(scope="module")
def excess() -> NotebookNode:
    return nbformat.read(ROOT / "release" / "excess" / "excess.ipynb", as_version=4)


def test_the_answers_to_the_real_assignment_come_back_as_they_are(excess, monkeypatch):
    monkeypatch.chdir(ROOT)
    for each in read_bank("excess"):
        notebook = answered(excess, each, reference("excess"))
        done = repair(nbformat.writes(notebook), excess)
        assert (done.notebook, done.repairs, done.ungraded) == (notebook, (), {}), each.name


def test_the_real_assignment_without_marks_split_and_merged_comes_back(excess, monkeypatch):
    monkeypatch.chdir(ROOT)
    bank = {each.name: each for each in read_bank("excess")}
    whole = answered(excess, bank["year_by_year_loops"], reference("excess"))
    notebook = deepcopy(whole)
    for place in reversed(range(len(notebook.cells))):
        cell = notebook.cells[place]
        lines = cell.source.split("\n")
        if is_solution(cell) and cell.cell_type == "code":
            line = next(number for number, text in enumerate(lines) if number > 1 and text.startswith("    "))
            notebook.cells[place : place + 1] = [bare("\n".join(part)) for part in (lines[:line], lines[line:])]
        else:
            cell.metadata.clear()
            cell.id = f"new-{place}"
    done = repair(nbformat.writes(notebook), excess)
    assert done.ungraded == {}
    assert [cell.source for cell in done.notebook.cells] == [cell.source for cell in whole.cells]
