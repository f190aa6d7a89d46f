"""The lesson and the chapter of the module heat: reference numbers, figures, exercises and what the pages say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from cohort import tree

LESSON = tree.lesson("heat")
BOOK = LESSON.parents[2] / "book"
SOLUTION = re.compile(r"<summary>Show one solution</summary>\n\n```python\n(.*?)```", re.DOTALL)
# Runs the cells and, after each exercise, its folded solution; then writes the numbers that a learner sees.
SCRIPT = """
import json, re, sys

lesson, solution, out = json.loads(sys.argv[1]), re.compile(sys.argv[2], re.DOTALL), sys.argv[3]
shown = []
names = {"display": lambda *_: None}
for cell in lesson:
    for code in [cell["source"]] if cell["code"] else solution.findall(cell["source"]):
        exec(compile(code, cell["id"], "exec"), names)
    if cell["id"] == "heat-provenance":  # before the first figure
        names["figures"].show = lambda figure, alt, table: shown.append((alt, len(table)))
found = {
    "risk": names["risk"].to_numpy().tolist(), "overall": names["hot_rr"], "product": names["product"],
    "mmt": [names["mmt"].mmt, names["mmt"].low, names["mmt"].high, names["mmt"].percentile],
    "shares": names["shares"].T.to_dict(), "again": names["again"]["fit"].tolist(),
    "heat_without": names["heat_without"],
    "degree": {degree: list(row) for degree, row in names["by_degree"].items()},
    "choices": names["choices_rr"]["RR"].to_dict(), "choices_low": names["choices_rr"]["low"].min(),
    "week": names["week"], "ten_days": names["ten_days"], "july": names["july"]["deaths"].tolist(),
    "january": [names["by_tenth"].iloc[0], names["by_tenth"].iloc[-1]], "by_lag": names["by_lag"],
    "columns": names["n_columns"], "against": list(names["against"].values()),
    "growing": [names["growing"][3], names["growing"].max(), names["growing"].idxmax(), names["growing"][21]],
    "cold_growing": [names["cold_growing"][3], names["cold_growing"][21]],
    "rows_dropped": names["wrong_rr"], "counts_left_out": names["right_rr"], "figures": shown,
    "hot_days": int((names["temperature"] > 30).sum()), "hottest": float(names["temperature"].max()),
}
json.dump(found, open(out, "w"), default=float)
"""


@pytest.fixture(scope="module")
def lesson() -> nbformat.NotebookNode:
    return nbformat.read(LESSON, as_version=4)


@pytest.fixture(scope="module")
def found(lesson: nbformat.NotebookNode, tmp_path_factory: pytest.TempPathFactory) -> dict:
    """The numbers of the lesson, from a process of its own, as its first cell says how many processors numpy uses."""
    out = tmp_path_factory.mktemp("heat") / "numbers.json"
    cells = [{"id": cell.id, "code": cell.cell_type == "code", "source": cell.source} for cell in lesson.cells]
    arguments = [sys.executable, "-W", "ignore", "-c", SCRIPT, json.dumps(cells), SOLUTION.pattern, str(out)]
    subprocess.run(arguments, check=True, cwd=tree.root(), env=os.environ | {"MPLBACKEND": "Agg"}, capture_output=True)
    return json.loads(out.read_text())


def prose(path: Path) -> str:
    return " ".join(path.read_text(encoding="utf-8").split())


def test_lowest_mortality_is_at_25_and_a_half_degrees(found):
    assert found["mmt"] == pytest.approx([25.5, 25.2, 25.8, 94.2], abs=0.06)


def test_risks_at_the_first_and_last_percentile_are_those_of_the_reference(found):
    assert found["risk"][0] == pytest.approx([-15, 1.3349, 1.2431, 1.4334], abs=1e-4)
    assert found["risk"][1][1:] == pytest.approx([1.1930, 1.1215, 1.2691], abs=1e-4)


def test_overall_risk_is_the_product_of_the_lags(found):
    assert found["product"] == pytest.approx(found["overall"], abs=1e-4)


def test_attributable_fractions_are_those_of_the_reference(found):
    cold, heat = found["shares"]["cold"], found["shares"]["heat"]
    assert cold["fraction"] == pytest.approx(0.1383, abs=1e-4)
    assert (heat["fraction"], heat["deaths"]) == (pytest.approx(0.00604, abs=1e-5), 3564)
    assert (heat["low"], heat["high"]) == pytest.approx((0.0042, 0.0079), abs=3e-4)  # simulated


def test_ten_days_of_july_1995_carry_half_of_the_heat(found):
    assert found["again"] == pytest.approx([1.2691, 1.1061], abs=1e-4)
    assert found["heat_without"] == pytest.approx(0.00303, abs=1e-5)
    assert found["july"][5:12] == [121, 226, 411, 287, 228, 159, 142]


def test_the_degree_that_nobody_stated_makes_the_difference(found):
    assert found["degree"]["3"] == pytest.approx([1.9790951, 1.4254926, 2.7476938], abs=1e-5)
    assert found["degree"]["2"] == pytest.approx([1.3108, 1.0754, 1.5977], abs=1e-4)


def test_every_figure_has_words_with_numbers_and_a_table(found):
    assert len(found["figures"]) == 8
    for alt, rows in found["figures"]:
        assert 30 <= len(alt.split()) <= 130 and len(re.findall(r"\d+", alt)) >= 2 and rows >= 2


def test_chapter_says_what_the_lesson_computes(found):
    chapter = prose(BOOK / "heat" / "chapter.md")
    choices, shares = found["choices"], found["shares"]
    said = [
        f"Two days later it was 30.0 °C, and {max(found['july'])} people died",
        f"the risk {found['against'][0]:.2f} against a day of 25.5 °C and {found['against'][2]:.2f} against a day of 0",
        f"In Chicago it is {found['mmt'][0]:.1f} °C, which is warmer than {found['mmt'][3]:.0f} of 100 days",
        f"gives {100 * shares['cold']['fraction']:.1f} % to cold and {100 * shares['heat']['fraction']:.2f} % to heat, "
        f"{shares['heat']['deaths']:,.0f} deaths",
        f"falls to {100 * found['heat_without']:.2f} %, and the risk at 28.6 °C from {found['overall']:.2f} to "
        f"{found['again'][1]:.2f}",
        f"lies between {min(choices.values()):.2f} and {max(choices.values()):.2f}",
        f"comes out as {found['degree']['3'][0]:.3f}. With the degree for which its bends were placed, it is "
        f"{found['degree']['2'][0]:.3f}",
        f"attributes {found['week']:.0f} deaths of that week to heat",
    ]
    assert [each for each in said if each not in chapter] == []
    assert chapter.count("(computed in the lesson)") == len(said)


def test_facilitator_notes_give_the_answers_of_the_solutions(found):
    notes = prose(BOOK / "heat" / "facilitator.md")
    growing, cold = found["growing"], found["cold_growing"]
    said = [
        f"{found['january'][0]:.1f} deaths a day on the coldest tenth of January days, {found['january'][1]:.1f} on",
        f"Highest at lag 0, {found['by_lag'][0]:.2f}, then falling to {found['by_lag'][5]:.2f} at lag 5",
        f"{found['columns']} columns",
        f"{found['against'][1]:.2f} against 21 °C, {found['against'][2]:.2f} against 0 °C",
        f"Heat: {growing[0]:.2f} up to lag 3, highest {growing[1]:.2f} at lag {growing[2]:.0f}, {growing[3]:.2f} after",
        f"Cold: {cold[0]:.2f} up to lag 3, {cold[1]:.2f} after 21 days",
        f"{found['ten_days']:.0f} deaths on the ten days",
        f"{found['rows_dropped']:.2f} with the rows dropped, {found['counts_left_out']:.2f} with the counts left out",
    ]
    assert [each for each in said if each not in notes] == []


def test_prose_of_the_lesson_says_what_it_computes(found, lesson):
    text = " ".join(" ".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown").split())
    low, high = 100 * (min(found["choices"].values()) - 1), 100 * (max(found["choices"].values()) - 1)
    said = [
        f"goes with {100 * (found['overall'] - 1):.0f} % more deaths than a day of {found['mmt'][0]:.1f} °C",
        f"only {found['hot_days']} days above 30 °C",
        f"between {low:.0f} % and {high:.0f} %",
    ]
    assert [each for each in said if each not in text] == []
    assert found["choices_low"] < 1  # "one interval reaches below"


def test_every_question_has_one_right_answer_and_feedback_for_each(lesson):
    questions = [cell.source for cell in lesson.cells if cell.source.startswith("### Question")]
    assert len(questions) == 5
    for question in questions:
        feedback = re.findall(r"<summary>[A-D]\. .+?</summary>\n\n(.+?)\n\n</details>", question)
        assert len(feedback) == question.count("<summary>") >= 3
        assert sum(answer.startswith("Right") for answer in feedback) == 1


def test_every_citation_and_term_of_the_pages_exists(lesson):
    bib = (BOOK / "references.bib").read_text(encoding="utf-8")
    keys = set(re.findall(r"^@\w+\{(\w+),", bib, re.MULTILINE))
    terms = set(re.findall(r"^(\S.*)\n  \S", (BOOK / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE))
    for page in ("chapter.md", "facilitator.md"):
        text = (BOOK / "heat" / page).read_text(encoding="utf-8")
        assert {key for group in re.findall(r"\{cite\}`([^`]+)`", text) for key in group.split(",")} <= keys
        assert {term.lower() for term in re.findall(r"\{term\}`([^`]+)`", text)} <= terms
    dois = {doi.lower() for doi in re.findall(r"doi\s+= \{(.+)\},", bib)}
    [further] = [cell.source for cell in lesson.cells if cell.id == "heat-go-further"]
    cited = {doi.lower() for doi in re.findall(r"\[doi:(.+?)\]\(https", further)}
    assert cited and cited <= dois
