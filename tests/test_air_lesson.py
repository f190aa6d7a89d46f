"""The lesson and the pages of the module air: what it computes, its figures, exercises and shape."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from types import SimpleNamespace

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell

from cohort import tree
from cohort.course import load_course

LESSON = tree.lesson("air")
BOOK = LESSON.parents[2] / "book"
SOLUTION = re.compile(r"<summary>Show one solution</summary>\n\n```python\n(.*?)```", re.DOTALL)
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)

# What a learner would see of each variable: the names in the lesson, as one JSON object.
NUMBERS = """
import json

print(json.dumps({
    "crude": crude.to_dict(), "series": series.to_dict(), "stratified": stratified.to_dict(),
    "no_heat": no_heat.to_dict(), "designs": designs["ratio"].to_dict(), "by_bends": by_bends["ratio"].to_dict(),
    "days": [len(chicago), len(used)], "missing": [missing.sum(), early, in_a_row.max(), negative.sum()],
    "strata": [strata_in_all, stratum.nunique()], "equal": abs(by_shares["ratio"] - by_constants["ratio"]),
    "january": months.loc[1, "deaths"], "june": months.loc[6, "deaths"],
    "within": within_slope, "between": between_slope, "per_year": per_year, "fewer": fewer.to_dict(),
    "one_season": one_season, "doors": still_open, "rows": not_yesterday.sum(),
    "without_heat": without_heat["ratio"], "month_only": month_only.to_dict(),
    "one_day": {lag: found["ratio"] for lag, found in one_day.items()},
    "other": other.to_dict(), "mine": my_doors,
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


def prose(text: str) -> str:
    return " ".join(text.split())


def page(name: str) -> str:
    return prose((BOOK / "air" / name).read_text(encoding="utf-8"))


def test_the_three_designs_find_the_reference_numbers(executed: SimpleNamespace) -> None:
    numbers = executed.numbers
    assert numbers["crude"]["ratio"] == pytest.approx(0.9984, abs=5e-5)
    assert list(numbers["series"].values()) == pytest.approx([1.0041, 1.0016, 1.0066], abs=5e-5)
    found = [numbers["stratified"][name] for name in ("ratio", "low", "high", "phi")]
    assert found == pytest.approx([1.0058, 1.0029, 1.0086, 1.318], abs=4e-4)
    assert numbers["stratified"]["ratio"] == pytest.approx(1.0057558, abs=2e-7)
    assert numbers["equal"] < 1e-5
    assert numbers["strata"] == [1176, 1172] and numbers["days"] == [5114, 4668]
    assert numbers["missing"] == [251, 179, 5, 7]


def test_the_sign_turns_between_and_within_months(executed: SimpleNamespace) -> None:
    assert executed.numbers["between"] < -5 < 0 < executed.numbers["within"]


def test_chapter_says_what_the_lesson_computes(executed: SimpleNamespace) -> None:
    n, chapter = executed.numbers, page("chapter.md")
    series, stratified, fewer, designs = n["series"], n["stratified"], n["fewer"], n["designs"]
    computed = "(computed in the lesson)"
    said = [
        f"the {{term}}`rate ratio` is {n['crude']['ratio']:.4f}",
        f"has {n['january']:.0f} deaths a day on average; June is warm and dusty and has {n['june']:.0f}",
        "about one death a day for 10 micrograms",
        f"is {series['ratio']:.4f}, "
        f"with a {{term}}`confidence interval` of {series['low']:.4f} to {series['high']:.4f}",
        f"falls from {n['by_bends']['0']:.4f} without any curve to {n['by_bends']['10']:.4f} with ten bends a year",
        f"have {n['strata'][0]:,.0f} of them: 14 times 12 times 7",
        f"is {stratified['ratio']:.4f}, with an interval of {stratified['low']:.4f} to {stratified['high']:.4f}",
        f"Of {n['days'][0]:,.0f} days, {n['missing'][0]:.0f} have no value of PM10, "
        "and most of these lie in the first three years",
        f"{designs['case-crossover, gaps interpolated']:.4f} with filled gaps, "
        f"and {designs['case-crossover, missing as zero']:.4f} if missing days count as zero",
        f"{n['per_year']:,.0f} people died in an average year; "
        f"with 10 micrograms less on each day, if the ratio is an effect, {fewer['ratio']:.0f} fewer would have died, "
        f"with an interval of {fewer['low']:.0f} to {fewer['high']:.0f}",
    ]
    assert [statement for statement in said if f"{statement} {computed}" not in chapter] == []
    assert chapter.count(computed) == len(said)
    assert 0.8 < n["within"] < 1.2 and n["missing"][1] > n["missing"][0] / 2


def test_facilitator_notes_give_the_answers_of_the_solutions(executed: SimpleNamespace) -> None:
    n, notes = executed.numbers, page("facilitator.md")
    winter, summer = n["one_season"].values()
    answers = [
        f"{winter:.4f} for December to February, {summer:.4f} for June to August",
        f"One: {', '.join(n['doors'][0])}.",
        f"{n['rows']:.0f} rows have another day than yesterday",
        f"{n['without_heat']:.4f}, about twice as far from 1",
        f"{n['month_only']['ratio']:.4f}, with a phi of {n['month_only']['phi']:.2f}",
        f"{n['one_day']['0']:.4f} for the same day and {n['one_day']['1']:.4f} for the day before",
        f"About {n['other']['ratio']:.0f} deaths a year, {n['other']['low']:.0f} to {n['other']['high']:.0f}",
        f"A ratio of {n['no_heat']['ratio']:.4f}",
        f"Phi is {n['stratified']['phi']:.3f}: the root of it is {n['stratified']['phi'] ** 0.5:.2f}",
    ]
    assert [answer for answer in answers if answer not in notes] == []
    assert len(n["doors"]) == 1


def test_prose_of_the_lesson_says_what_it_computes(executed: SimpleNamespace, lesson: nbformat.NotebookNode) -> None:
    n = executed.numbers
    text = prose("\n\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown"))
    low, middle, high = (round(n["fewer"][name], -1) for name in ("low", "ratio", "high"))
    assert f"About {middle:.0f} deaths in a year of some {round(n['per_year'], -3):,.0f}" in text
    assert f"from about {low:.0f} to {high:.0f}" in text
    assert f"About {round(n['other']['ratio'], -1):.0f} instead of {middle:.0f}" in text
    assert f"For all strata ({n['strata'][1]:,} of the 1,176" in text
    assert n["mine"] == [["particles", "dust", "dry season", "heat", "deaths"]]


def test_the_slider_is_left_out_of_the_book_and_followed_by_a_figure(lesson: nbformat.NotebookNode) -> None:
    ids = [cell.id for cell in lesson.cells]
    [slider] = [cell for cell in lesson.cells if "ipywidgets" in cell.source]
    assert "remove-output" in slider.metadata.tags
    assert ids.index("air-time-series-figure") - ids.index(slider.id) == 1


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


def test_every_exercise_has_one_solution_that_runs(executed: SimpleNamespace, lesson: nbformat.NotebookNode) -> None:
    exercises = [cell for cell in lesson.cells if cell.source.startswith("### Try it")]
    solutions = [cell for cell in executed.cells if cell.id.startswith("solution-")]
    assert [cell.id for cell in solutions] == [f"solution-{cell.id}" for cell in exercises]
    assert len(exercises) == 8 and all(cell.outputs for cell in solutions)


def test_lesson_has_the_anatomy_of_a_lesson(lesson: nbformat.NotebookNode) -> None:
    module = load_course().module("air")
    text = "\n\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    headings = HEADING.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    assert [title for level, title in headings if level == "#"] == [module.title]
    sections = [title for level, title in headings if level == "##"]
    assert all(title[0].isdigit() for title in sections[:7])
    assert sections[7:] == ["In your place", "Check yourself", "Key points", "Go further", "Credits and review"]
    depths = [len(level) for level, _ in headings]
    assert all(deeper - shallower <= 1 for shallower, deeper in pairwise(depths))
    [overview] = [cell.source for cell in lesson.cells if cell.id == "air-overview"]
    assert [line[2:] for line in overview.splitlines() if line[2:] in module.objectives] == module.objectives
    assert f"**Minutes.** {module.minutes.lesson} alone" in overview and module.question in overview


def test_every_quiz_option_has_feedback_and_one_is_right(lesson: nbformat.NotebookNode) -> None:
    questions = [cell for cell in lesson.cells if cell.source.startswith("### Question")]
    assert len(questions) == 5
    for cell in questions:
        feedback = re.findall(r"<summary>[A-D]\. .+?</summary>\n\n(.+?)\n\n</details>", cell.source)
        assert len(feedback) == cell.source.count("<summary>") >= 3
        assert sum(answer.startswith("Right") for answer in feedback) == 1


def test_lesson_is_kept_without_outputs_and_names_no_place(lesson: nbformat.NotebookNode) -> None:
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in lesson.cells)
    assert not any("Nigeria" in cell.source for cell in lesson.cells)
    ids = [cell.id for cell in lesson.cells]
    assert len(set(ids)) == len(ids) and all(id.startswith("air-") for id in ids)


def test_every_citation_and_term_of_the_pages_exists(lesson: nbformat.NotebookNode) -> None:
    bib = (BOOK / "references.bib").read_text(encoding="utf-8")
    keys = set(re.findall(r"^@\w+\{(\w+),", bib, re.MULTILINE))
    terms = set(re.findall(r"^(\S.*)\n  \S", (BOOK / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE))
    for name in ("chapter.md", "facilitator.md"):
        text = page(name)
        assert {key for group in re.findall(r"\{cite\}`([^`]+)`", text) for key in group.split(",")} <= keys
        named = {re.sub(r".*<(.+)>", r"\1", term) for term in re.findall(r"\{term\}`([^`]+)`", text)}
        assert {term.lower() for term in named} <= {term.lower() for term in terms}
    [further] = [cell.source for cell in lesson.cells if cell.id == "air-go-further"]
    cited = set(re.findall(r"\[doi:(.+?)\]\(https", further))
    assert len(cited) == 7 and cited <= set(re.findall(r"doi\s+= \{(.+)\},", bib))
