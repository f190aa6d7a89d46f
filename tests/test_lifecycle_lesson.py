"""The lesson and the pages of the module lifecycle: what it computes, its figures, exercises and shape."""

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

from cohort import datasets, tree
from cohort.course import load_course

LESSON = tree.lesson("lifecycle")
BOOK = LESSON.parents[2] / "book"
GLOSSARY = BOOK / "glossary.md"
SOLUTION = re.compile(r"<summary>Show one solution</summary>\n\n.*?```python\n(.*?)```", re.DOTALL)
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)

# What a learner would see of each variable: the names in the lesson, as one JSON object.
NUMBERS = """
import json

print(json.dumps({
    "total": total, "rows": len(dengue), "regions": dengue["micro_code"].nunique(), "columns": dengue.shape[1],
    "missing_2000": int(year.isna().sum()), "sum_2000": year.sum(), "silent": silent, "open_ends": open_ends,
    "left_out": full.loc[full["what"].isna(), "stage"].tolist(), "differ": int(differ), "tables": len(licences),
    "unknown": licences.loc[licences["stated for the table"] == "unknown", "table"].tolist(),
    "answers": answers.loc["the whole way"].to_dict(), "opened": opened, "valid": report.valid,
    "guessed": {each.name: each.type for each in guessed.schema.fields}, "india": int(cases_2019.sum()),
    "india_missing": int(cases_2019.isna().sum()), "none": none, "everywhere": everywhere, "field": field["type"],
    "twins": int(dengue.duplicated(["micro_name_ibge", "time"]).sum()),
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


def test_the_sum_is_that_of_the_abstract(executed: SimpleNamespace) -> None:
    numbers = executed.numbers
    assert (numbers["total"], numbers["rows"], numbers["regions"]) == (12_895_293, 133_920, 558)
    assert numbers["columns"] == 27  # the 26 of the source and the date that is made here
    assert "12,895,293 (computed in the lesson)" in prose(BOOK / "lifecycle" / "chapter.md")


def test_a_year_without_counts_is_not_a_year_without_cases(executed: SimpleNamespace) -> None:
    assert (executed.numbers["sum_2000"], executed.numbers["missing_2000"]) == (0, 6_696)
    assert "all 6,696 values of 2000 are missing" in prose(BOOK / "lifecycle" / "facilitator.md")


def test_the_makers_of_the_table_state_no_licence_so_only_own_use_is_allowed(executed: SimpleNamespace) -> None:
    assert executed.numbers["silent"] == ["ministry", "study"]
    allowed = {use for use, yes in executed.numbers["answers"].items() if yes}
    assert allowed == {"use"}
    assert executed.numbers["opened"] == ["both say CC BY", "ministry NC, study CC BY"]


def test_the_licence_of_the_package_is_seldom_that_of_the_table(executed: SimpleNamespace) -> None:
    numbers = executed.numbers
    assert numbers["tables"] == len(datasets.names())
    assert numbers["differ"] > numbers["tables"] / 2
    assert "dengue_sri_lanka" in numbers["unknown"] and len(numbers["unknown"]) > 1
    assert "Most tables of this course have another licence than" in prose(BOOK / "lifecycle" / "chapter.md")


def test_a_word_for_missing_turns_a_column_into_text_until_it_is_declared(executed: SimpleNamespace) -> None:
    guessed = executed.numbers["guessed"]
    assert [name for name, kind in guessed.items() if kind == "string"] == ["States", "2019_Cases", "2019_Deaths"]
    assert executed.numbers["valid"]
    assert (executed.numbers["india"], executed.numbers["india_missing"]) == (157_315, 1)
    assert "157,315 cases in 35 states" in prose(BOOK / "lifecycle" / "chapter.md")


def test_names_are_no_key_and_people_are_whole_numbers(executed: SimpleNamespace) -> None:
    assert executed.numbers["twins"] == 4 * 240
    assert executed.numbers["field"] == "integer"


def test_stages_without_a_row_are_found(executed: SimpleNamespace) -> None:
    assert executed.numbers["left_out"] == ["plan", "use", "archive", "destroy"]
    assert executed.numbers["open_ends"] == ["archive", "destroy"]
    assert "Left out: plan, use, archive, destroy." in prose(BOOK / "lifecycle" / "facilitator.md")


def test_our_own_descriptions_lack_what_the_pages_say(executed: SimpleNamespace) -> None:
    assert executed.numbers["none"] == ["id", "contact", "as_of", "maker's country"]
    assert "sources" in executed.numbers["everywhere"]
    chapter = prose(BOOK / "lifecycle" / "chapter.md")
    assert "None has a contact, a name that stays or the day until which it tells, and of no maker do we say" in chapter


def test_every_figure_has_alternative_text_with_numbers_and_a_table(executed: SimpleNamespace) -> None:
    figures = [output for output in outputs(executed.cells) if "image/png" in output.get("data", {})]
    assert len(figures) == 4
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
    module = load_course().module("lifecycle")
    [overview] = [cell.source for cell in lesson.cells if cell.id == "lifecycle-overview"]
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
    assert len(set(ids)) == len(ids) and all(id.startswith("lifecycle-") for id in ids)


def test_every_citation_and_term_of_the_pages_exists() -> None:
    keys = set(re.findall(r"^@\w+\{(\w+),", (BOOK / "references.bib").read_text(encoding="utf-8"), re.MULTILINE))
    terms = {term.lower() for term in re.findall(r"^(\S.*)\n  \S", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)}
    for page in ("chapter.md", "facilitator.md"):
        text = (BOOK / "lifecycle" / page).read_text(encoding="utf-8")
        assert {key for group in re.findall(r"\{cite\}`([^`]+)`", text) for key in group.split(",")} <= keys
        assert {term.lower() for term in re.findall(r"\{term\}`([^`]+)`", text)} <= terms
