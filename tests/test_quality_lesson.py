"""The lesson and the pages of the module quality: their numbers, figures, exercises and shape."""

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

LESSON = tree.lesson("quality")
BOOK = LESSON.parents[2] / "book"
# The numbers that the text speaks of, as the notebook has them after its last cell and all solutions.
NUMBERS = """
import json

print(json.dumps({
    "rows": len(sri_lanka), "twice": sri_lanka.duplicated(["City", "Date"]).sum(),
    "india": india_sum, "states": cases_2019.count(), "missing": india_missing,
    "known": len(known), "silent": list(silent), "impossible": impossible.sum(), "lines": len(found),
    "percent": violations.loc["deaths_le_cases", "percent"], "months": months_found.to_dict(),
    "affected": {limit: affected[limit] for limit in (1, 5, 20, 100)}, "fatality": fatality.to_dict(),
    "digits": digits.to_dict("list"), "share": result["share of 0 and 5, %"].to_dict(), "counts": n.to_dict(),
    "p": result["p, at least so many"].to_dict(), "gaps": gaps, "ratio": ratio.to_dict(), "agree": len(agree),
    "left_out": angola.mean(), "as_zero": angola.fillna(0).mean(), "jumps": jumps, "odd": len(odd), "half": half,
    "preference": 100 * k / n_counts, "first_days": weeks.iloc[1, [1, 3]].tolist(),
}, default=lambda number: number.item()))
"""


@pytest.fixture(scope="module")
def lesson() -> nbformat.NotebookNode:
    return nbformat.read(LESSON, as_version=4)


@pytest.fixture(scope="module")
def executed(lesson: nbformat.NotebookNode, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """The lesson run for Kenya, each folded solution run right after its exercise, then the numbers."""
    folder = tmp_path_factory.mktemp("lesson")
    cells = []
    for cell in lesson.cells:
        cells.append(cell)
        if cell.cell_type == "markdown":
            cells += [new_code_cell(code, id=f"solution-{cell.id}") for code in SOLUTION.findall(cell.source)]
    cells.append(new_code_cell(NUMBERS, id="numbers"))
    path = folder / "with-solutions.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=lesson.metadata), path)
    notebook = run(path, "KE", folder)
    return SimpleNamespace(cells=notebook.cells, numbers=json.loads(notebook.cells[-1].outputs[0].text))


def test_the_specimens_have_their_reference_numbers(executed: SimpleNamespace) -> None:
    found = executed.numbers
    assert found["impossible"] == 18
    assert found["digits"]["Pakistan"] == [363, 0, 0, 0, 0, 57, 0, 0, 0, 0]
    assert found["rows"] == 3432
    assert (found["india"], found["states"], found["missing"]) == (157_315, 35, 1)


def test_kenya_has_no_number_and_that_is_not_zero(executed: SimpleNamespace) -> None:
    assert (executed.numbers["known"], len(executed.numbers["silent"])) == (15, 25)
    assert "KEN" in executed.numbers["silent"]
    [here] = [cell for cell in executed.cells if cell.id == "quality-place-tables"]
    assert "no number, which is not zero" in shown([here])


def test_nigeria_is_twice_who_and_congo_agrees(executed: SimpleNamespace) -> None:
    assert executed.numbers["ratio"]["NGA"] == pytest.approx(1.97, abs=0.005)
    assert executed.numbers["ratio"]["COD"] == pytest.approx(0.99, abs=0.005)
    assert executed.numbers["agree"] == 4


def test_honest_totals_of_brazil_are_not_called_rounded(executed: SimpleNamespace) -> None:
    assert 0.05 < executed.numbers["p"]["Brazil, national"] < 0.95
    assert executed.numbers["p"]["Pakistan"] == executed.numbers["p"]["Brazil, microregions"] == 0


def test_sri_lanka_is_a_little_above_a_fifth_without_a_peak_at_five(executed: SimpleNamespace) -> None:
    digits = executed.numbers["digits"]["Sri Lanka"]
    assert executed.numbers["p"]["Sri Lanka"] == pytest.approx(0.03, abs=0.006)
    assert digits[5] <= max(digits[3], digits[7])
    assert f"{100 * (digits[0] + digits[5]) / sum(digits):.1f}" == "21.4"


def test_weeks_depend_on_their_first_day(executed: SimpleNamespace) -> None:
    monday, sunday = executed.numbers["first_days"]
    assert monday != sunday


def test_every_figure_has_alternative_text_with_numbers_and_a_table(executed: SimpleNamespace) -> None:
    figures = [output for output in outputs(executed.cells) if "image/png" in output.get("data", {})]
    assert len(figures) == 7
    for figure in figures:
        alt = figure.metadata["image/png"]["alt"]
        assert len(re.findall(r"\d[\d,.]*", alt)) >= 2
        assert "nan" not in alt
    assert shown(executed.cells).count("<summary>The table behind this figure</summary>") == len(figures)


def test_nothing_is_written_to_stderr(executed: SimpleNamespace) -> None:
    streams = [output for output in outputs(executed.cells) if output.output_type == "stream"]
    assert [output.text for output in streams if output.name == "stderr"] == []


def test_every_exercise_has_one_solution_that_runs(executed: SimpleNamespace, lesson: nbformat.NotebookNode) -> None:
    exercises = [cell for cell in lesson.cells if cell.source.startswith("### Try it")]
    assert len(exercises) == 9
    solutions = [cell for cell in executed.cells if cell.id.startswith("solution-")]
    assert [cell.id for cell in solutions] == [f"solution-{cell.id}" for cell in exercises]
    assert all(cell.outputs for cell in solutions)


def test_what_the_slider_shows_is_there_without_it(lesson: nbformat.NotebookNode) -> None:
    ids = [cell.id for cell in lesson.cells]
    [slider] = [cell for cell in lesson.cells if "IntSlider(" in cell.source]
    assert slider.metadata["tags"] == ["remove-output"]
    assert ids[ids.index(slider.id) + 1] == "quality-limit-figure"


# The data are the same at every place: one covered by no table, and with --all the others.
OTHERS = [pytest.param(code, marks=[] if code == "CO" else [pytest.mark.matrix]) for code in codes() if code != "KE"]


@pytest.mark.parametrize("place", OTHERS)
def test_lesson_runs_for_every_other_place(place: str, tmp_path: Path) -> None:
    text = shown(run(LESSON, place, tmp_path).cells)
    assert "157,315, and 1" in text
    assert "no number, which is not zero" not in text or place in ("GH", "UG", "ZA")


def test_lesson_states_the_objectives_and_minutes_of_the_course(lesson: nbformat.NotebookNode) -> None:
    module = load_course().module("quality")
    [overview] = [cell.source for cell in lesson.cells if cell.id == "quality-overview"]
    assert [line[2:] for line in overview.splitlines() if line[2:] in module.objectives] == module.objectives
    assert f"**Minutes.** {module.minutes.lesson} alone" in overview
    assert module.question in overview
    assert lesson.cells[0].source == f"# {module.title}"


def test_every_quiz_option_has_feedback_and_one_is_right(lesson: nbformat.NotebookNode) -> None:
    questions = [cell for cell in lesson.cells if cell.source.startswith("### Question")]
    assert len(questions) == 5
    for cell in questions:
        feedback = re.findall(r"<summary>[A-D]\. .+?</summary>\n\n(.+?)\n\n</details>", cell.source)
        assert len(feedback) == cell.source.count("<summary>") >= 3
        assert sum("Right" in answer for answer in feedback) == 1


def test_lesson_is_kept_without_outputs(lesson: nbformat.NotebookNode) -> None:
    code = [cell for cell in lesson.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    ids = [cell.id for cell in lesson.cells]
    assert len(set(ids)) == len(ids) and all(id.startswith("quality-") for id in ids)


def statements(found: dict) -> list[str]:
    """What the chapter says was computed in the lesson, written from the lesson's own numbers."""
    affected, fatality = found["affected"], found["fatality"]["deaths cut to cases"]
    pakistan, regions = found["digits"]["Pakistan"], "Brazil, microregions"
    return [
        f"Read as what it is, it has {found['rows']:,} rows",
        f"The other {found['states']} states and territories have {found['india']:,.0f} cases together",
        f"has numbers for {found['known']} of them from January to September 2025, and none for {len(found['silent'])}",
        f"South Sudan {found['gaps']} weeks have no number",
        f"has {found['impossible']} rows with more deaths than cases",
        f"The size is small: {found['percent']:.1f} % of the rows",
        f"{affected['5']} rows have more than 5 deaths per 100 cases, and {affected['20']} of them more than 20",
        f"{pakistan[0]} counts end in 0, {pakistan[5]} in 5, and none in any other",
        f"{found['share'][regions]:.0f} % of {found['counts'][regions]:,} counts end in 0 or 5",
        "Four agree within 5 %",
        f"Nigeria's count is {found['ratio']['NGA']:.2f} times as large",
        f"still has {fatality['2016']:.1f} deaths per 100 cases, and 2019 has {fatality['2019']:.1f}",
    ]


def test_chapter_says_what_the_lesson_computes(executed: SimpleNamespace) -> None:
    chapter = prose((BOOK / "quality" / "chapter.md").read_text(encoding="utf-8"))
    said = statements(executed.numbers)
    assert [statement for statement in said if statement not in chapter] == []
    assert chapter.count("(computed in the lesson)") == len(said)


def test_facilitator_notes_give_the_answers_of_the_solutions(executed: SimpleNamespace) -> None:
    notes = prose((BOOK / "quality" / "facilitator.md").read_text(encoding="utf-8"))
    found = executed.numbers
    answers = [
        f"are {found['rows']:,} rows; all are there, none twice",
        f"{found['left_out']:.1f} cases a day with them left out, {found['as_zero']:.1f} with them as zero",
        f"{found['jumps']} row has more than five times",
        f"All {found['odd']} lie in September to November",
        f"{found['preference']:.1f} % end in 0 or 5",
        f"Half is {found['half']:,.0f}",
        f"{found['lines']} rows that break a rule, not {found['impossible']}",
    ]
    assert [answer for answer in answers if answer not in notes] == []


def test_prose_of_the_lesson_says_what_it_computes(executed: SimpleNamespace, lesson: nbformat.NotebookNode) -> None:
    text = prose("\n\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown"))
    found = executed.numbers
    between = found["affected"]["5"] - found["affected"]["20"]
    said = [
        f"{found['impossible']} of 1,020 rows cannot be true",
        f"Between 5 and 20 deaths per 100 cases lie {between} rows, above 20 lie {found['affected']['20']}",
        f"With {found['counts']['Brazil, microregions']:,} counts even this small slope",
        f"Only without all {found['affected']['5']} rows do the five years look alike",
        f"The {len(found['silent'])} countries are in the picture",
    ]
    assert [statement for statement in said if statement not in text] == []
    assert set(found["months"]) == {"September", "October"}


def test_every_citation_and_term_of_the_pages_exists() -> None:
    keys = set(re.findall(r"^@\w+\{(\w+),", (BOOK / "references.bib").read_text(encoding="utf-8"), re.MULTILINE))
    terms = set(re.findall(r"^(\S.*)\n  \S", (BOOK / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE))
    text = (BOOK / "quality" / "chapter.md").read_text(encoding="utf-8")
    cited = {key for group in re.findall(r"\{cite\}`([^`]+)`", text) for key in group.split(",")}
    assert cited and cited <= keys
    assert {term.lower() for term in re.findall(r"\{term\}`([^`]+)`", text)} <= terms


def test_the_lesson_names_works_as_the_bibliography_does(lesson: nbformat.NotebookNode) -> None:
    bib = (BOOK / "references.bib").read_text(encoding="utf-8").lower()
    [further] = [cell.source for cell in lesson.cells if cell.id == "quality-go-further"]
    dois = re.findall(r"\[doi:(.+?)\]\(https", further)
    assert len(dois) == 5
    assert [doi for doi in dois if doi.lower() not in bib] == []
