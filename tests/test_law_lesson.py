"""The lesson and the pages of the module law: what it computes, its figures, exercises and shape."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell

from cohort import tree
from cohort.course import load_course
from cohort.places import codes, load_place

LESSON = tree.lesson("law")
BOOK = LESSON.parents[2] / "book"
SOLUTION = re.compile(r"<summary>Show one solution</summary>\n\n.*?```python\n(.*?)```", re.DOTALL)
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)

# What a learner would see of each variable: the names in the lesson, as one JSON object.
NUMBERS = """
import json

print(json.dumps({
    "alone": unique.to_dict(), "sensitive": sensitive, "states": statutes["state"].value_counts().to_dict(),
    "begin": str(begin.date()), "before": known("IN", "law.sensitive", datetime.date(2027, 5, 13)),
    "after": known("IN", "law.sensitive", datetime.date(2027, 5, 14)), "table": table.to_dict("index"),
    "cells": states.to_dict(), "too_late": too_late, "ways": {code: one["any_of"] for code, one in ways.items()},
    "five": share, "between": between.sum() / len(people), "invented": invented,
    "consent": {code: complete(conditions, ["consent"]) for code, conditions in ways.items()},
}, default=float))
"""


@pytest.fixture(scope="module")
def lesson() -> nbformat.NotebookNode:
    return nbformat.read(LESSON, as_version=4)


@pytest.fixture(scope="module")
def executed(lesson: nbformat.NotebookNode, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """The lesson run for Nigeria, each folded solution run right after its exercise, then the numbers."""
    folder = tmp_path_factory.mktemp("lesson")
    cells = []
    for cell in lesson.cells:
        cells.append(cell)
        if cell.cell_type == "markdown":
            cells += [new_code_cell(code, id=f"solution-{cell.id}") for code in SOLUTION.findall(cell.source)]
    cells.append(new_code_cell(NUMBERS, id="numbers"))
    path = folder / "with-solutions.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=lesson.metadata), path)
    notebook = papermill.execute_notebook(
        path,
        folder / "executed.ipynb",
        {"place": "NG"},
        kernel_name="python3",
        progress_bar=False,
        request_save_on_cell_execute=False,
    )
    return SimpleNamespace(cells=notebook.cells, numbers=json.loads(notebook.cells[-1].outputs[0].text))


def outputs(cells: list) -> list:
    return [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]


def prose(path: Path) -> str:
    return " ".join(path.read_text(encoding="utf-8").split())


def test_the_register_finds_nearly_everybody_without_a_name(executed: SimpleNamespace) -> None:
    alone = executed.numbers["alone"]
    assert alone["area and sex"] == 0
    assert alone["area, sex, birth date"] > 99
    assert executed.numbers["five"] == pytest.approx(67, abs=4)
    assert "more than 99 of 100 people" in prose(BOOK / "law" / "chapter.md")
    assert "About two of three people are alone with the five" in prose(BOOK / "law" / "facilitator.md")


def test_india_has_no_special_category_from_the_day_of_the_act(executed: SimpleNamespace) -> None:
    assert (executed.numbers["before"], executed.numbers["after"]) == ([["health"]], [[]])
    assert executed.numbers["begin"] == "2027-05-14"


def test_an_answer_that_nobody_verified_is_shown_as_such_and_never_as_no(executed: SimpleNamespace) -> None:
    numbers = executed.numbers
    assert sum(numbers["cells"].values()) == 4 * len(codes())
    for code, row in numbers["table"].items():
        unverified = not any(fact.verified for fact in load_place(code).about("law.child"))
        assert (row["a parent consents"] in ("unverified", "no fact")) == unverified
    assert not {"no", "none"} & {text for row in numbers["table"].values() for text in row.values()}


def test_or_and_and_differ_where_the_packs_say_so(executed: SimpleNamespace) -> None:
    assert executed.numbers["consent"]["RW"] and not executed.numbers["consent"]["KE"]
    assert executed.numbers["ways"]["KE"] == [["consent", "confirmation of safeguards"]]


def test_half_of_the_people_are_still_children_on_their_birthday_by_365_25_days(executed: SimpleNamespace) -> None:
    assert executed.numbers["too_late"] == pytest.approx(50, abs=0.5)
    assert "half of the people children on their 18th birthday" in prose(BOOK / "law" / "chapter.md")


def test_facilitator_notes_name_the_questions_with_the_fewest_answers(executed: SimpleNamespace) -> None:
    invented = executed.numbers["invented"]
    assert set(sorted(invented, key=invented.get)[-2:]) == {"a parent consents", "send abroad"}
    assert "The age of a child and sending data abroad" in prose(BOOK / "law" / "facilitator.md")


def test_every_figure_has_alternative_text_with_numbers_and_a_table(executed: SimpleNamespace) -> None:
    figures = [output for output in outputs(executed.cells) if "image/png" in output.get("data", {})]
    assert len(figures) == 3
    for figure in figures:
        alt = figure.metadata["image/png"]["alt"]
        assert len(re.findall(r"\d[\d,.]*", alt)) >= 2
        assert "nan" not in alt
    shown = "".join(output.get("data", {}).get("text/html", "") for output in outputs(executed.cells))
    assert shown.count("<summary>The table behind this figure</summary>") == len(figures)


def test_nothing_is_written_to_stderr(executed: SimpleNamespace) -> None:
    streams = [output for output in outputs(executed.cells) if output.output_type == "stream"]
    assert [output.text for output in streams if output.name == "stderr"] == []


def test_every_exercise_has_a_solution(lesson: nbformat.NotebookNode) -> None:
    exercises = [cell.source for cell in lesson.cells if cell.source.startswith("### Try it")]
    assert len(exercises) == 6
    assert all(exercise.count("<summary>Show one solution</summary>") == 1 for exercise in exercises)


def test_lesson_has_the_parts_of_a_lesson_in_order(lesson: nbformat.NotebookNode) -> None:
    text = "\n\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    headings = HEADING.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    sections = [title for level, title in headings if level == "##"]
    assert all(title[0].isdigit() for title in sections[:6])
    assert sections[6:] == ["In your place", "Check yourself", "Key points", "Go further", "Credits and review"]
    depths = [len(level) for level, _ in headings]
    assert all(deeper - shallower <= 1 for shallower, deeper in pairwise(depths))


def test_lesson_states_the_objectives_and_minutes_of_the_course(lesson: nbformat.NotebookNode) -> None:
    module = load_course().module("law")
    [overview] = [cell.source for cell in lesson.cells if cell.id == "law-overview"]
    assert [line[2:] for line in overview.splitlines() if line[2:] in module.objectives] == module.objectives
    assert f"**Minutes.** {module.minutes.lesson} alone" in overview
    assert module.question in overview


def test_every_quiz_option_has_feedback_and_one_is_right(lesson: nbformat.NotebookNode) -> None:
    questions = [cell.source for cell in lesson.cells if cell.source.startswith("### Question")]
    assert len(questions) == 5
    for question in questions:
        feedback = re.findall(r"<summary>[A-D]\. .+?</summary>\n\n(.+?)\n\n</details>", question)
        assert len(feedback) == question.count("<summary>") >= 3
        assert sum("Right" in answer for answer in feedback) == 1


def test_lesson_is_kept_without_outputs(lesson: nbformat.NotebookNode) -> None:
    code = [cell for cell in lesson.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    ids = [cell.id for cell in lesson.cells]
    assert len(set(ids)) == len(ids) and all(id.startswith("law-") for id in ids)


def test_every_citation_and_term_of_the_pages_exists() -> None:
    keys = set(re.findall(r"^@\w+\{(\w+),", (BOOK / "references.bib").read_text(encoding="utf-8"), re.MULTILINE))
    terms = set(re.findall(r"^(\S.*)\n  \S", (BOOK / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE))
    for page in ("chapter.md", "facilitator.md"):
        text = (BOOK / "law" / page).read_text(encoding="utf-8")
        assert {key for group in re.findall(r"\{cite\}`([^`]+)`", text) for key in group.split(",")} <= keys
        assert {term.lower() for term in re.findall(r"\{term\}`([^`]+)`", text)} <= terms
