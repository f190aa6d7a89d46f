"""The lesson and the pages of the module disclosure: what it computes, its figures, exercises and shape."""

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

LESSON = tree.lesson("disclosure")
BOOK = LESSON.parents[2] / "book"
SOLUTION = re.compile(r"<summary>Show one solution</summary>\n\n.*?```python\n(.*?)```", re.DOTALL)
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)

# What a learner would see of each variable: the names in the lesson, as one JSON object.
NUMBERS = """
import json

print(json.dumps({
    "districts": len(counts), "small": small.sum(), "inside": inside, "by_sum": by_sum, "by_count": by_count,
    "under_ten": under_ten, "true_districts": [len(true_districts), small_districts], "smallest": smallest,
    "found": found, "monthly": monthly, "bridge": bridge, "factor": factor, "enough": enough[1.0],
    "clipped": [as_it_is, clipped], "cost": cost.to_dict(), "by_formula": by_formula, "of_people": of_people,
    "error": [error[0], error[51]],
}, default=lambda number: number.item()))
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


def test_small_counts_are_those_of_the_reference_numbers(executed: SimpleNamespace) -> None:
    numbers = executed.numbers
    assert (numbers["districts"], numbers["small"]) == (243, 129)
    assert (numbers["by_sum"], numbers["by_count"]) == (29, 28)
    assert "1.6 % of the people" in prose(BOOK / "disclosure" / "chapter.md")
    assert round(100 * numbers["inside"] / 15311, 1) == 1.6


def test_two_tables_without_a_small_count_give_people_away(executed: SimpleNamespace) -> None:
    assert executed.numbers["smallest"] >= 5
    assert executed.numbers["found"] > 0


def test_a_count_between_two_rectangles_is_known(executed: SimpleNamespace) -> None:
    assert executed.numbers["bridge"] == [[1, 2]]


def test_noise_costs_what_the_reference_numbers_say(executed: SimpleNamespace) -> None:
    cost = executed.numbers["cost"]["districts"]
    for epsilon, share in {"0.1": 73.9, "0.5": 52.8, "1.0": 40.8, "2.0": 28.0}.items():
        assert cost[epsilon] == pytest.approx(share, abs=0.6)
    assert executed.numbers["by_formula"] == pytest.approx(40.9, abs=0.1)
    assert "41 % of them get a number that is wrong" in prose(BOOK / "disclosure" / "chapter.md")
    assert round(executed.numbers["enough"]) == 15


def test_releases_average_out_and_clipping_does_not(executed: SimpleNamespace) -> None:
    assert executed.numbers["error"] == pytest.approx([2, 1 / 3], abs=0.1)
    assert executed.numbers["clipped"] == pytest.approx([1.0, 1.6], abs=0.15)


def test_facilitator_notes_have_the_numbers_of_the_exercises(executed: SimpleNamespace) -> None:
    notes, numbers = prose(BOOK / "disclosure" / "facilitator.md"), executed.numbers
    assert f"{numbers['under_ten']} of 243 names" in notes
    districts, small = numbers["true_districts"]
    assert f"there are {districts} districts, {small} of them with fewer than 5" in notes
    assert f"About {numbers['of_people']:.1f} % of the people" in notes
    assert numbers["monthly"] >= 12 and "Still a dozen or more small groups" in notes


def test_no_district_of_real_people_is_named(lesson: nbformat.NotebookNode, executed: SimpleNamespace) -> None:
    from cohort.datasets import dengue_peru

    shown = "".join(json.dumps(output.get("data", {}).get("text/html", "")) for output in outputs(executed.cells))
    shown += "".join(cell.source for cell in lesson.cells) + prose(BOOK / "disclosure" / "chapter.md")
    names = set(dengue_peru()["distrito"]) - {r"\N"}
    assert not [name for name in names if len(name) > 5 and re.search(rf"\b{re.escape(name)}\b", shown.upper())]


def test_the_slider_is_left_out_of_the_book_and_followed_by_a_figure(lesson: nbformat.NotebookNode) -> None:
    ids = [cell.id for cell in lesson.cells]
    [slider] = [cell for cell in lesson.cells if "ipywidgets" in cell.source]
    assert "remove-output" in slider.metadata.tags
    assert ids.index("disclosure-noise-bands-figure") - ids.index(slider.id) == 2


def test_every_figure_has_alternative_text_with_numbers_and_a_table(executed: SimpleNamespace) -> None:
    figures = [output for output in outputs(executed.cells) if "image/png" in output.get("data", {})]
    assert len(figures) == 7
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
    module = load_course().module("disclosure")
    [overview] = [cell.source for cell in lesson.cells if cell.id == "disclosure-overview"]
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
    assert len(set(ids)) == len(ids) and all(id.startswith("disclosure-") for id in ids)


def test_every_citation_and_term_of_the_pages_exists() -> None:
    keys = set(re.findall(r"^@\w+\{(\w+),", (BOOK / "references.bib").read_text(encoding="utf-8"), re.MULTILINE))
    terms = set(re.findall(r"^(\S.*)\n  \S", (BOOK / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE))
    for page in ("chapter.md", "facilitator.md"):
        text = (BOOK / "disclosure" / page).read_text(encoding="utf-8")
        assert {key for group in re.findall(r"\{cite\}`([^`]+)`", text) for key in group.split(",")} <= keys
        assert {term.lower() for term in re.findall(r"\{term\}`([^`]+)`", text)} <= {term.lower() for term in terms}
