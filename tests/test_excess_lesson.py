"""The lesson and the chapter of the module excess: their numbers, figures, exercises and shape."""

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
from cohort.places import codes

LESSON = tree.lesson("excess")
BOOK = LESSON.parents[2] / "book"
SOLUTION = re.compile(r"<summary>Show one solution</summary>\n\n```python\n(.*?)```", re.DOTALL)
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)

# What a learner would see of each variable: the names in the lesson, as one JSON object.
NUMBERS = """
import json

print(json.dumps({
    "amplitude": amplitude, "peak_day": peak_day, "ratio": ratio, "change": change, "dispersion": dispersion,
    "low": low, "high": high, "july": july_1995.to_dict(), "placebo": placebo["excess"].abs().max(),
    "choices": choices.to_dict(), "maria": maria.to_dict(), "maria_choices": maria_choices.to_dict(),
    "years_apart": years_apart, "width": width, "share": share, "seen": seen.to_dict(), "break_even": break_even,
    "factor": factor, "in_placebo": every[1995],
    "three_years": three_years, "seven_days": seven_days.max(), "summer": chicago.loc[summer, "smooth"].max(),
    "respiratory": np.exp(2 * np.hypot(b, c)), "wider": [july_1995["excess"] - wider, july_1995["excess"] + wider],
    "longer": (longer["deaths"] - longer["expected"]).sum(), "after": (after["deaths"] - after["expected"]).sum(),
    "before": before["excess"], "days_before": days_before, "days_after": days_after,
    "mine": mine["excess"], "worse": worse / seen["excess"],
}, default=float))
"""


def run(path: Path, place: str, folder: Path) -> nbformat.NotebookNode:
    """The notebook as papermill leaves it for a place."""
    out = folder / f"{path.stem}-{place}.ipynb"
    return papermill.execute_notebook(
        path, out, {"place": place}, kernel_name="python3", progress_bar=False, request_save_on_cell_execute=False
    )


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
    printed = notebook.cells[-1].outputs[0].text
    return SimpleNamespace(cells=notebook.cells, numbers=json.loads(printed))


def outputs(cells: list) -> list:
    return [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]


def shown(cells: list) -> str:
    """All that the outputs say, as text."""
    texts = []
    for output in outputs(cells):
        if output.output_type == "stream":
            texts.append(output.text)
        else:
            texts += [text for kind, text in output.get("data", {}).items() if kind.startswith("text/")]
    return "\n".join(texts)


def prose(text: str) -> str:
    return " ".join(text.split())


def test_season_of_chicago_has_its_reference_numbers(executed: SimpleNamespace) -> None:
    assert executed.numbers["peak_day"] == pytest.approx(21.8, abs=1)
    assert executed.numbers["ratio"] == pytest.approx(1.178, abs=0.002)
    assert executed.numbers["amplitude"] == pytest.approx(0.08185, abs=5e-5)


def test_excess_of_july_1995_is_842(executed: SimpleNamespace) -> None:
    assert executed.numbers["july"]["excess"] == pytest.approx(842)


def test_excess_after_hurricane_maria_is_1590_and_a_half(executed: SimpleNamespace) -> None:
    assert executed.numbers["maria"]["excess"] == pytest.approx(1590.5)


def test_learner_sees_the_reference_numbers(executed: SimpleNamespace) -> None:
    [table] = [cell for cell in executed.cells if cell.id == "excess-key-numbers"]
    text = shown([table])
    for number in ("0.08185", "21.8", "1.178", "842.0", "1,590.5"):
        assert number in text


def test_longer_window_has_its_reference_number(executed: SimpleNamespace) -> None:
    assert executed.numbers["longer"] == pytest.approx(933.5)


def test_baseline_with_the_year_of_the_event_hides_the_event(executed: SimpleNamespace) -> None:
    choices, maria = executed.numbers["choices"], executed.numbers["maria_choices"]
    assert choices["mistake: 1995 included"] == min(choices.values())
    assert maria["mistake: 2017 included"] == min(maria.values())


def test_leap_day_without_counterpart_takes_the_mean_of_its_neighbours(executed: SimpleNamespace) -> None:
    [example] = [cell for cell in executed.cells if cell.id == "excess-leap-example"]
    rows = {line.split()[1]: float(line.split()[-1]) for line in shown([example]).splitlines() if " 1996-" in line}
    assert rows["1996-02-29"] == (rows["1996-02-28"] + rows["1996-03-01"]) / 2


def test_register_shows_its_share_of_the_excess_and_no_more(executed: SimpleNamespace) -> None:
    numbers = executed.numbers
    assert numbers["seen"]["excess"] == pytest.approx(numbers["share"] * numbers["july"]["excess"])
    assert 0 < numbers["break_even"] < numbers["share"]


def test_every_figure_has_alternative_text_with_numbers_and_a_table(executed: SimpleNamespace) -> None:
    figures = [output for output in outputs(executed.cells) if "image/png" in output.get("data", {})]
    assert len(figures) == 9
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
    assert 6 <= len(exercises) <= 8
    solutions = [cell for cell in executed.cells if cell.id.startswith("solution-")]
    assert [cell.id for cell in solutions] == [f"solution-{cell.id}" for cell in exercises]
    assert all(cell.outputs for cell in solutions)


# The data are the same at every place: one more place shows that scenario and facts change, --all tries the others.
OTHERS = [pytest.param(code, marks=[] if code == "IN" else [pytest.mark.matrix]) for code in codes() if code != "NG"]


@pytest.mark.parametrize("place", OTHERS)
def test_lesson_runs_for_every_other_place(place: str, tmp_path: Path) -> None:
    cells = run(LESSON, place, tmp_path).cells
    text = shown(cells)
    assert "1,590.5" in text
    assert "Nigeria" not in text


def test_lesson_has_the_anatomy_of_a_lesson(lesson: nbformat.NotebookNode) -> None:
    text = "\n\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    headings = HEADING.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    assert [title for level, title in headings if level == "#"] == [load_course().module("excess").title]
    sections = [title for level, title in headings if level == "##"]
    assert all(title[0].isdigit() for title in sections[:8])
    assert sections[8:] == ["In your place", "Check yourself", "Key points", "Go further", "Credits and review"]
    depths = [len(level) for level, _ in headings]
    assert all(deeper - shallower <= 1 for shallower, deeper in pairwise(depths))
    for part in ("**Questions**", "**Objectives.**", "**Minutes.**", "**You need**"):
        assert part in text
    assert len(re.findall(r"^### Question \d", text, re.MULTILINE)) == 5


def test_lesson_states_the_objectives_and_minutes_of_the_course(lesson: nbformat.NotebookNode) -> None:
    module = load_course().module("excess")
    [overview] = [cell.source for cell in lesson.cells if cell.id == "excess-overview"]
    assert [line[2:] for line in overview.splitlines() if line[2:] in module.objectives] == module.objectives
    assert f"**Minutes.** {module.minutes.lesson} alone" in overview
    assert module.question in overview


def test_every_quiz_option_has_feedback_and_one_is_right(lesson: nbformat.NotebookNode) -> None:
    for cell in lesson.cells:
        if cell.source.startswith("### Question"):
            feedback = re.findall(r"<summary>[A-D]\. .+?</summary>\n\n(.+?)\n\n</details>", cell.source)
            assert len(feedback) == cell.source.count("<summary>") >= 3
            assert sum("Right" in answer for answer in feedback) == 1


def test_lesson_takes_its_place_from_the_pack(lesson: nbformat.NotebookNode) -> None:
    [parameters] = [cell for cell in lesson.cells if "parameters" in cell.metadata.get("tags", [])]
    assert re.fullmatch(r'# .+\nplace = "NG"\nseed = 1995', parameters.source)
    assert not any("{place}" in cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    assert not any("Nigeria" in cell.source for cell in lesson.cells)


def test_lesson_is_kept_without_outputs(lesson: nbformat.NotebookNode) -> None:
    code = [cell for cell in lesson.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    ids = [cell.id for cell in lesson.cells]
    assert len(set(ids)) == len(ids) and all(id.startswith("excess-") for id in ids)


def statements(numbers: dict) -> list[str]:
    """What the chapter says was computed in the lesson, written from the lesson's own numbers."""
    july, maria = numbers["july"], numbers["maria"]
    choices = [value for name, value in numbers["choices"].items() if not name.startswith("mistake")]
    alone = numbers["maria_choices"]
    return [
        f"most days had between {numbers['low']:.0f} and {numbers['high']:.0f} deaths",
        f"a log-{{term}}`amplitude` of {numbers['amplitude']:.5f}, and its peak is on day {numbers['peak_day']:.1f}",
        f"At the peak {numbers['ratio']:.3f} times as many people die as at the trough",
        f"deaths fell by {-100 * numbers['change']:.1f} % in ten years",
        f"they vary {numbers['factor']:.1f} times as much as chance alone would make them",
        f"{july['observed']:,.0f} people died in the study's area; the same days of 1993, 1994, 1996 and 1997 had "
        f"{july['expected']:,.0f} on average",
        f"{july['excess']:,.0f} more deaths than expected, or {july['observed'] / july['expected']:.1f} times the",
        f"The interval goes from {july['low']:,.0f} to {july['high']:,.0f}",
        f"None of them is further from zero than {numbers['placebo']:.0f} deaths",
        f"Baselines that leave out 1995 give between {min(choices):,.0f} and {max(choices):,.0f} excess deaths",
        f"the excess falls to {numbers['choices']['mistake: 1995 included']:,.0f}",
        f"{maria['observed']:,.0f} deaths were registered; the mean of the same days in 2015 and 2016 is "
        f"{maria['expected']:,.1f}",
        f"The excess is {maria['excess']:,.1f} deaths",
        f"Against 2015 alone the excess is {alone['2015 only']:,.0f}, against 2016 alone {alone['2016 only']:,.0f}, "
        f"and against a model of season and trend {alone['model of season and trend']:,.0f}",
        f"are {numbers['years_apart']:,.0f} deaths apart, more than the whole width of the Poisson interval, "
        f"{numbers['width']:,.0f}",
    ]


def test_chapter_says_what_the_lesson_computes(executed: SimpleNamespace) -> None:
    chapter = prose((BOOK / "excess" / "chapter.md").read_text(encoding="utf-8"))
    said = statements(executed.numbers)
    assert [statement for statement in said if statement not in chapter] == []
    assert chapter.count("(computed in the lesson)") == len(said)


def test_facilitator_notes_give_the_answers_of_the_solutions(executed: SimpleNamespace) -> None:
    notes = prose((BOOK / "excess" / "facilitator.md").read_text(encoding="utf-8"))
    numbers = executed.numbers
    low, high = numbers["wider"]
    before, after = numbers["before"] / numbers["days_before"], numbers["maria"]["excess"] / numbers["days_after"]
    answers = [
        f"at {numbers['seven_days']:.0f} deaths a day",
        f"the 31-day mean of that summer reaches only {numbers['summer']:.0f}",
        f"a ratio of about {numbers['respiratory']:.2f}, against {numbers['ratio']:.2f}",
        f"A María excess of about {numbers['maria_choices']['mistake: 2017 included']:,.0f}",
        f"or {100 * numbers['three_years']:.1f} %",
        f"{numbers['longer']:,.1f} excess deaths from 21 June to 10 August, and {numbers['after']:,.1f} from",
        f"About {low:,.0f} to {high:,.0f}",
        f"The five years after give about {numbers['mine']:,.0f}",
        f"{numbers['before']:,.1f} excess deaths before the storm, {before:.1f} a day; {after:.1f} a day after it",
        f"falls to {100 * numbers['worse']:.0f} % of what",
    ]
    assert [answer for answer in answers if answer not in notes] == []


def test_prose_of_the_lesson_says_what_it_computes(executed: SimpleNamespace, lesson: nbformat.NotebookNode) -> None:
    text = prose("\n\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown"))
    numbers = executed.numbers
    july, maria = numbers["july"], [v for k, v in numbers["maria_choices"].items() if not k.startswith("mistake")]
    said = [
        f"{5 * round(july['low'] / 5)} to {5 * round(july['high'] / 5)}*. Round when you speak",
        f"The quiet years vary about {numbers['factor']:.1f} times as much as chance",
        f"The bar of 1995 is {numbers['in_placebo']:.0f} and not {july['excess']:.0f}",
        f"one week with about {july['expected']:.0f} deaths",
        f"The Poisson interval is about {round(numbers['width'] / 2, -1):.0f} to each side",
        f"other baselines give {round(min(maria), -2):,.0f} to {round(max(maria), -2):,.0f}",
    ]
    assert [statement for statement in said if statement not in text] == []


def test_every_citation_and_term_of_the_pages_exists() -> None:
    keys = set(re.findall(r"^@\w+\{(\w+),", (BOOK / "references.bib").read_text(encoding="utf-8"), re.MULTILINE))
    terms = set(re.findall(r"^(\S.*)\n  \S", (BOOK / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE))
    for page in ("chapter.md", "facilitator.md"):
        text = (BOOK / "excess" / page).read_text(encoding="utf-8")
        assert {key for group in re.findall(r"\{cite\}`([^`]+)`", text) for key in group.split(",")} <= keys
        assert {term.lower() for term in re.findall(r"\{term\}`([^`]+)`", text)} <= terms


def test_every_reference_has_a_doi_and_the_lesson_names_it_the_same(lesson: nbformat.NotebookNode) -> None:
    bib = (BOOK / "references.bib").read_text(encoding="utf-8")
    dois = {doi.lower() for doi in re.findall(r"doi\s+= \{(.+)\},", bib)}
    assert all(re.search(r"^  doi\s+= ", entry, re.MULTILINE) for entry in bib.split("\n@") if "article{" in entry)
    [further] = [cell.source for cell in lesson.cells if cell.id == "excess-go-further"]
    cited = {doi.lower() for doi in re.findall(r"\[doi:(.+?)\]\(https", further)}
    assert cited and cited <= dois
