"""The lesson and the chapter of the module breach: their numbers, figures, exercises and shape."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from test_excess_lesson import SOLUTION, outputs, prose, run, shown

from cohort import tree
from cohort.course import load_course
from cohort.places import codes

LESSON = tree.lesson("breach")
BOOK = LESSON.parents[2] / "book"
# The numbers that the text speaks of, as the notebook has them after its last cell and all solutions.
NUMBERS = """
import json

print(json.dumps({
    "breaches": len(breaches), "people": people.sum(), "median": people.median(), "mean": people.mean(),
    "above": above, "ten": share[9], "theft": any_theft, "laptop": laptop, "paper": paper,
    "alone": alone, "words": len(words), "shortest": known["hours"].min(), "longest": known["hours"].max(),
    "three_days": three_days, "meets": meets, "moved": moved.index.tolist(), "notice": len(notice.split()),
    "brazil": limit, "clocks": clocks["local end"].to_dict(),
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
    notebook = run(path, "NG", folder)
    return SimpleNamespace(cells=notebook.cells, numbers=json.loads(notebook.cells[-1].outputs[0].text))


def test_the_table_of_breaches_has_its_reference_numbers(executed: SimpleNamespace) -> None:
    found = executed.numbers
    assert (found["people"], found["median"], found["theft"], found["alone"]) == (41_181_144, 2365, 633, 577)
    assert found["ten"] == pytest.approx(0.568, abs=0.0005)


def test_one_friday_ends_at_the_moment_of_each_law(executed: SimpleNamespace) -> None:
    ends = executed.numbers["clocks"]
    assert ends["Nigeria: authority"] == "Mon 23 Nov 18:00"
    assert ends["Brazil: authority"] == "Wed 25 Nov 23:59"
    assert ends["Colombia: authority"] == "Mon 14 Dec 23:59"
    assert ends["Rwanda: authority"] == "Sun 22 Nov 18:00"
    assert ends["India: CERT-In"] == "Sat 21 Nov 00:00"
    assert ends["South Africa: authority"] == "no number"


def test_only_business_days_move_before_the_holidays(executed: SimpleNamespace) -> None:
    assert executed.numbers["moved"] == ["Brazil: authority", "Brazil: small agents", "Colombia: authority"]


def test_india_has_one_duty_before_its_new_rules_and_four_after(executed: SimpleNamespace) -> None:
    [cell] = [cell for cell in executed.cells if cell.id == "solution-breach-many-try"]
    before, after = shown([cell]).split("14 May 2027")
    assert (before.count("India:"), after.count("India:")) == (1, 4)


def test_every_figure_has_alternative_text_with_numbers_and_a_table(executed: SimpleNamespace) -> None:
    figures = [output for output in outputs(executed.cells) if "image/png" in output.get("data", {})]
    assert len(figures) == 5
    for figure in figures:
        alt = figure.metadata["image/png"]["alt"]
        assert len(re.findall(r"\d[\d,.]*", alt)) >= 2
        assert "nan" not in alt
    assert shown(executed.cells).count("<summary>The table behind this figure</summary>") == len(figures)


def test_every_exercise_has_one_solution_that_runs(executed: SimpleNamespace, lesson: nbformat.NotebookNode) -> None:
    exercises = [cell.id for cell in lesson.cells if cell.source.startswith("### Try it")]
    solutions = [cell for cell in executed.cells if cell.id.startswith("solution-")]
    assert [cell.id for cell in solutions] == [f"solution-{id}" for id in exercises]
    assert len(exercises) == 7
    assert all(cell.outputs for cell in solutions)
    assert [o.text for o in outputs(executed.cells) if o.output_type == "stream" and o.name == "stderr"] == []


# Mexico has a clock that nobody verified and the European Union no holidays; --all tries the others.
FIRST = ("MX", "EU")
OTHERS = [pytest.param(code, marks=[] if code in FIRST else [pytest.mark.matrix]) for code in codes() if code != "NG"]


@pytest.mark.parametrize("place", OTHERS)
def test_lesson_runs_for_every_other_place_and_computes_nothing_unverified(place: str, tmp_path: Path) -> None:
    cells = run(LESSON, place, tmp_path).cells
    [clocks] = [cell for cell in cells if cell.id == "breach-place-clocks"]
    rows = re.findall(r"<tr>(?:(?!<tr>).)*<td>[CD]</td>\s*</tr>", shown([clocks]), re.DOTALL)
    assert all("unverified" in row for row in rows)
    assert bool(rows) == (place == "MX")


def test_lesson_states_title_objectives_and_minutes_of_the_course(lesson: nbformat.NotebookNode) -> None:
    module = load_course().module("breach")
    [overview] = [cell.source for cell in lesson.cells if cell.id == "breach-overview"]
    assert lesson.cells[0].source == f"# {module.title}"
    assert [line[2:] for line in overview.splitlines() if line[2:] in module.objectives] == module.objectives
    assert f"**Minutes.** {module.minutes.lesson} alone" in overview
    assert module.question in overview


def test_every_quiz_option_has_feedback_and_one_is_right(lesson: nbformat.NotebookNode) -> None:
    questions = [cell.source for cell in lesson.cells if cell.source.startswith("### Question")]
    assert len(questions) == 5
    for question in questions:
        feedback = re.findall(r"<summary>[A-C]\. .+?</summary>\n\n(.+?)\n\n</details>", question)
        assert len(feedback) == question.count("<summary>") == 3
        assert sum(answer.startswith("Right.") for answer in feedback) == 1


def statements(numbers: dict) -> list[str]:
    """What the chapter says that the lesson computes."""
    return [
        f"{numbers['breaches']:,} breaches that reached {numbers['people']:,.0f} people",
        f"the median is {numbers['median']:,.0f} people",
        f"The mean is {numbers['mean']:,.0f}, which is {numbers['mean'] / numbers['median']:.0f} times as much",
        f"only {100 * numbers['above']:.0f} % of the breaches are larger than it",
        f"the ten largest hold {100 * numbers['ten']:.1f} % of all people",
        f"Theft is named in {numbers['theft']:.0f} reports, "
        f"a laptop in {numbers['laptop']:.0f} and paper in {numbers['paper']:.0f}",
        f"run from {numbers['shortest']:.0f} hours to {numbers['longest'] / 24:.1f} days",
        f"Both lines bend at a turnover of {numbers['meets']['KES']:,.0f}",
    ]


def test_chapter_says_what_the_lesson_computes(executed: SimpleNamespace) -> None:
    chapter = prose((BOOK / "breach" / "chapter.md").read_text(encoding="utf-8"))
    said = statements(executed.numbers)
    assert [statement for statement in said if statement not in chapter] == []
    assert chapter.count("(computed in the lesson)") == len(said)
    assert executed.numbers["meets"]["KES"] == executed.numbers["meets"]["NGN"]


def test_prose_and_notes_say_what_the_lesson_computes(executed: SimpleNamespace, lesson: nbformat.NotebookNode) -> None:
    text = prose("\n\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown"))
    notes = prose((BOOK / "breach" / "facilitator.md").read_text(encoding="utf-8"))
    numbers = executed.numbers
    assert numbers["three_days"] == 6 and "Six clocks have 72 hours" in text
    said = [
        f"Half of the breaches reached fewer than {numbers['median']:,.0f} people",
        f"The mean is {numbers['mean'] / numbers['median']:.0f} times as large",
        f"Ten breaches hold {100 * numbers['ten']:.1f} % of all people",
        f"Some theft is named in {numbers['theft']:.0f} of {numbers['breaches']:,} breaches",
    ]
    assert [statement for statement in said if statement not in text] == []
    answers = [
        f"Theft alone: {numbers['alone']:.0f} reports. Any theft: {numbers['theft']:.0f}.",
        f"The words are {numbers['words']:,}, more than the {numbers['breaches']:,} reports",
        f"From {numbers['brazil']:,.0f} reais on",
    ]
    assert [answer for answer in answers if answer not in notes] == []
    assert numbers["notice"] <= 60


def test_every_citation_and_term_of_the_pages_exists() -> None:
    keys = set(re.findall(r"^@\w+\{(\w+),", (BOOK / "references.bib").read_text(encoding="utf-8"), re.MULTILINE))
    terms = set(re.findall(r"^(\S.*)\n  \S", (BOOK / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE))
    text = (BOOK / "breach" / "chapter.md").read_text(encoding="utf-8")
    assert {key for group in re.findall(r"\{cite\}`([^`]+)`", text) for key in group.split(",")} <= keys
    assert {term.lower() for term in re.findall(r"\{term\}`([^`]+)`", text)} <= {term.lower() for term in terms}
