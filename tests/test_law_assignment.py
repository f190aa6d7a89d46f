"""The assignment of the module law: it runs for every place, and it asks for verified facts only."""

from __future__ import annotations

import ast
import re

import pytest

from cohort import tree
from cohort.notebooks import grade_id, is_check, read_notebook
from cohort.places import codes, load_place

SOURCE = read_notebook(tree.source("law"))
CELLS = {grade_id(cell): cell for cell in SOURCE.cells if grade_id(cell)}
LOCKED = ("imports", "register", "facts", "known")


@pytest.mark.parametrize("place", codes())
def test_what_the_notebook_takes_from_a_pack_is_verified_and_holds(place, capsys):
    found = {"place": place, "seed": 1995}
    for name in LOCKED:
        exec(CELLS[name].source, found)
    capsys.readouterr()
    day = found["datetime"].date.fromisoformat(found["today"])
    topics = {"law.sensitive": "sensitive_here", "law.child": "limit_here", "law.transfer": "transfer_here"}
    for topic, name in topics.items():
        usable = [fact for fact in load_place(place).in_force(topic, day) if fact.verified and fact.value is not None]
        assert (found[name] is None) == (not usable), name
    assert len(found["people"]) == 200
    assert list(found["dictionary"]["column"]) == list(found["people"])


def test_facts_that_are_graded_are_verified():
    """The hidden checks read these facts of the packs by their ids."""
    checks = "".join(cell.source for cell in SOURCE.cells if is_check(cell))
    read = re.findall(r'_value\("(\w+)", "([\w-]+)"\)', checks)
    assert ("RW", "child") in read
    read += [(code, "transfer") for code in ("KE", "RW", "NG")]
    assert all(load_place(code).fact(id).verified for code, id in read)


def test_points_are_those_that_the_notebook_states():
    points = {name: cell.metadata.nbgrader.points for name, cell in CELLS.items() if cell.metadata.nbgrader.grade}
    by_hand = points.pop("answer_to_three")
    assert f"**Points:** {sum(points.values()) + by_hand}, of which {sum(points.values())} are for the functions" in (
        CELLS["how-it-works"].source
    )
    text = "\n".join(cell.source for name, cell in CELLS.items() if name.startswith("task-"))
    stated = [int(number) for number in re.findall(r"\b(\d) points\.", text)]
    assert stated == [number for number in points.values() if number]


def test_no_solution_is_longer_than_twenty_lines():
    for name, cell in CELLS.items():
        if cell.metadata.nbgrader.solution and cell.cell_type == "code":
            [body] = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", cell.source, re.DOTALL)
            assert len(body.splitlines()) <= 20, name
            ast.parse(cell.source)
