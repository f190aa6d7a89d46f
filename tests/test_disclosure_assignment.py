"""The assignment of the module disclosure: what its tables and its reference solutions are, for every place."""

from __future__ import annotations

import ast
import re
import warnings

import numpy as np
import pytest

from cohort import tree
from cohort.notebooks import grade_id, is_check, read_notebook
from cohort.places import codes

SOURCE = read_notebook(tree.source("disclosure"))
CELLS = {grade_id(cell): cell for cell in SOURCE.cells if grade_id(cell)}
LOCKED = ("imports", "tables", "counts", "release")


def names(place: str) -> dict:
    """What the notebook defines for a place: its data and the reference solutions, without the checks."""
    found = {"place": place, "seed": 1995}
    for name, cell in CELLS.items():
        is_answer = cell.metadata.nbgrader.solution and cell.cell_type == "code"
        if name in LOCKED or is_answer:
            with warnings.catch_warnings():
                exec(cell.source, found)
    return found


@pytest.fixture(scope="module")
def nigeria() -> dict:
    return names("NG")


@pytest.mark.parametrize("place", codes())
def test_two_weekly_tables_without_a_small_count_give_small_groups_away(place, capsys):
    found = names(place)
    capsys.readouterr()
    first, second = found["first"], found["second"]
    assert min(first.min().min(), second.min().min()) >= 5
    small = found["difference_attack"](first, second)
    assert len(small) > 0
    assert ((found["fever"] > 0) & (found["fever"] < 5)).any(axis=None)


def test_counts_are_those_of_the_reference_numbers(nigeria):
    assert (len(nigeria["counts"]), sum(nigeria["counts"])) == (243, 15311)
    assert sum(count < 5 for count in nigeria["counts"]) == 129
    for epsilon, share in {0.1: 0.739, 0.5: 0.528, 1.0: 0.408, 2.0: 0.280}.items():
        assert nigeria["share_with_large_error"](nigeria["counts"], epsilon, 0.2, 100, 1995) == pytest.approx(
            share, abs=0.01
        )


def test_no_table_with_the_same_totals_is_the_only_one(nigeria):
    """Another way to see that nothing is known: each withheld count takes another value in some table."""
    table = nigeria["fever"]
    safe = nigeria["suppress"](table)
    hidden = np.argwhere(safe.iloc[:-1, :-1].isna().to_numpy())
    lines = np.array(
        [hidden[:, 0] == row for row in range(len(table) - 1)]
        + [hidden[:, 1] == column for column in range(table.shape[1] - 1)],
        dtype=float,
    )
    _, sizes, directions = np.linalg.svd(lines)
    free = directions[(sizes > 1e-9).sum() :]
    assert len(hidden) and (abs(free) > 1e-9).any(axis=0).all()


def test_villages_of_the_hidden_check_are_those_with_exactly_one_positive_person():
    """The syllabus says 29, which is the number of villages whose results, with codes of -1, add up to one."""
    from cohort.datasets import hiv_malawi

    by_village = hiv_malawi().groupby("village")["hiv"]
    assert by_village.apply(lambda results: (results == 1).sum() == 1).sum() == 28
    assert (by_village.sum() == 1).sum() == 29


def test_points_are_those_that_the_notebook_states():
    points = {name: cell.metadata.nbgrader.points for name, cell in CELLS.items() if cell.metadata.nbgrader.grade}
    by_hand = points.pop("message_to_the_head")
    assert f"**Points:** {sum(points.values()) + by_hand}, of which {sum(points.values())} are for the functions" in (
        CELLS["how-it-works"].source
    )
    text = "\n".join(cell.source for name, cell in CELLS.items() if name.startswith("task-"))
    assert [int(number) for number in re.findall(r"\b(\d) points\.", text)] == [
        each for each in points.values() if each
    ]
    rubric = re.findall(r"\| (\d) \|$", CELLS["message-rubric"].source, re.MULTILINE)
    assert sum(map(int, rubric)) == by_hand


def test_no_name_of_a_place_of_real_people_is_in_the_assignment():
    from cohort.datasets import dengue_peru

    text = "\n".join(cell.source for cell in SOURCE.cells).upper()
    names_of_places = set(dengue_peru()["distrito"]) - {r"\N"}
    assert not [name for name in names_of_places if len(name) > 5 and re.search(rf"\b{re.escape(name)}\b", text)]


def test_no_solution_is_longer_than_twenty_lines():
    for name, cell in CELLS.items():
        if cell.metadata.nbgrader.solution and cell.cell_type == "code":
            [body] = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", cell.source, re.DOTALL)
            assert len(body.splitlines()) <= 20, name
            ast.parse(cell.source)


def test_every_check_has_a_visible_and_a_hidden_part():
    for name, cell in CELLS.items():
        if is_check(cell):
            seen, _, unseen = cell.source.partition("### BEGIN HIDDEN TESTS")
            assert "assert" in seen, name
            assert "assert" in unseen or "_is(" in unseen, name
