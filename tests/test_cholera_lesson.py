"""The lesson and the pages of the module cholera: their numbers, figures, exercises and shape."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest

from cohort import figures, tree
from cohort.course import load_course

LESSON = tree.lesson("cholera")
BOOK = LESSON.parents[2] / "book"
SOLUTION = re.compile(r"<summary>Show one solution</summary>\n\n```python\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def lesson() -> nbformat.NotebookNode:
    return nbformat.read(LESSON, as_version=4)


@pytest.fixture(scope="module")
def printed() -> list[str]:
    return []


@pytest.fixture(scope="module")
def work(lesson: nbformat.NotebookNode, printed: list[str]) -> SimpleNamespace:
    """All names after the lesson's cells and solutions, run in this process for Kenya, with the figures shown."""
    shown = []
    names = {"display": lambda *_: None, "print": lambda *words: printed.append(" ".join(map(str, words)))}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "display", lambda *_, **__: None)
        show = figures.show
        patch.setattr(figures, "show", lambda *given: (shown.append(given[1:]), show(*given)))
        for cell in lesson.cells:
            codes = [cell.source] if cell.cell_type == "code" else SOLUTION.findall(cell.source)
            for code in codes:
                exec(compile(code.replace('place = "NG"', 'place = "KE"'), cell.id, "exec"), names)
    return SimpleNamespace(figures_shown=shown, **names)


def text_of(path: Path) -> str:
    return " ".join(path.read_text(encoding="utf-8").split())


def test_fifteen_countries_have_numbers_and_kenya_and_ghana_are_not_among_them(work: SimpleNamespace) -> None:
    assert (len(work.reporting), len(work.silent)) == (15, 25)
    assert {"KEN", "GHA"} <= set(work.silent)
    assert work.missing_share == pytest.approx(0.698, abs=0.0005)


def test_counts_agree_with_who_within_5_percent_except_nigeria(work: SimpleNamespace) -> None:
    expected = {
        "COD": (56_054, 56_696),
        "AGO": (29_289, 29_347),
        "ETH": (7_561, 7_558),
        "MOZ": (4_449, 4_266),
        "SSD": (76_528, 77_388),
        "NGA": (20_360, 10_353),
    }
    assert {country: (row["table"], row["WHO"]) for country, row in work.both.iterrows()} == expected
    assert work.differ_at_5 == ["NGA"]
    assert work.both.loc["NGA", "ratio"] == pytest.approx(1.97, abs=0.005)
    assert pd.isna(work.pair.loc["GHA", "table"]) and work.pair.loc["GHA", "WHO"] == 2_662


def test_case_fatality_of_angola_has_its_reference_number(work: SimpleNamespace) -> None:
    angola = work.cfr.loc["AGO"]
    assert (angola["deaths"], angola["cases"]) == (810, 29_289)
    assert angola["fatality"] == pytest.approx(0.0277, abs=0.00005)
    assert angola["low"] < angola["fatality"] < angola["high"]


def test_london_1849_has_the_rates_that_farr_and_snow_argued_about(work: SimpleNamespace) -> None:
    assert work.london["deaths"].sum() == 14_007
    rates = work.by_water["per 10,000"].round(1).to_dict()
    assert rates == {"Battersea": 114.4, "Kew": 17.8, "New River": 47.9}
    # Confounded: no district with the water of Battersea lies in the highest band.
    assert ("30 and more", "Battersea") not in work.within.index


def test_missing_countries_have_a_class_of_their_own_on_the_map(work: SimpleNamespace) -> None:
    shown = work.africa.set_index("country")["shown"]
    assert shown["KEN"] == shown["GHA"] == shown["SDN"] == "no data"
    assert (shown == "no data").sum() == 36
    assert "none reported" not in set(shown)


def test_learner_sees_what_the_tables_say_of_the_place(printed: list[str], work: SimpleNamespace) -> None:
    assert "Kenya: no number in the table, which is not zero" in printed
    assert "neighbours on this map: Ethiopia, S. Sudan, Somalia, Tanzania, Uganda" in printed
    assert not any("nan" in line for line in printed if not line.startswith("("))


def test_a_place_outside_africa_is_told_so(lesson: nbformat.NotebookNode, work: SimpleNamespace) -> None:
    [cell] = [cell for cell in lesson.cells if cell.id == "cholera-place-tables"]
    lines: list[str] = []
    exec(cell.source, {**vars(work), "place": "IN", "print": lines.append})
    assert lines[0].startswith("India is not in Africa")


def test_every_figure_has_alternative_text_with_numbers_and_a_table(work: SimpleNamespace) -> None:
    assert len(work.figures_shown) == 8
    for alt, table in work.figures_shown:
        assert len(re.findall(r"\d[\d,.]*", alt)) >= 2 and "nan" not in alt
        assert len(table) > 0


def test_what_the_slider_says_is_there_without_it(lesson: nbformat.NotebookNode, work: SimpleNamespace) -> None:
    ids = [cell.id for cell in lesson.cells]
    place = ids.index("cholera-reconcile-slider")
    assert lesson.cells[place].metadata["tags"] == ["remove-output"]
    assert ids[place + 1] == "cholera-reconcile-figure"
    work.slider.value = 1
    assert work.words.value == "2 agree, 4 differ: SSD, COD, MOZ, NGA"


def test_every_exercise_has_one_solution(lesson: nbformat.NotebookNode) -> None:
    exercises = [cell for cell in lesson.cells if cell.source.startswith("### Try it")]
    assert len(exercises) == 9
    assert all(len(SOLUTION.findall(cell.source)) == 1 for cell in exercises)


def test_lesson_states_the_objectives_and_minutes_of_the_course(lesson: nbformat.NotebookNode) -> None:
    module = load_course().module("cholera")
    [overview] = [cell.source for cell in lesson.cells if cell.id == "cholera-overview"]
    assert [line[2:] for line in overview.splitlines() if line[2:] in module.objectives] == module.objectives
    assert f"**Minutes.** {module.minutes.lesson} alone" in overview
    assert module.question in overview


def test_every_quiz_option_has_feedback_and_one_is_right(lesson: nbformat.NotebookNode) -> None:
    quiz = [cell for cell in lesson.cells if cell.source.startswith("### Question")]
    assert len(quiz) == 5
    for cell in quiz:
        feedback = re.findall(r"<summary>[A-D]\. .+?</summary>\n\n([^<]+?)\n\n</details>", cell.source)
        assert len(feedback) == cell.source.count("<summary>") >= 3
        assert sum(answer.startswith("Right") for answer in feedback) == 1


def statements(work: SimpleNamespace) -> list[str]:
    """What the chapter says was computed in the lesson, written from the lesson's own numbers."""
    angola, rwanda, namibia = (work.cfr.loc[country] for country in ("AGO", "RWA", "NAM"))
    ratio, gap = work.both["ratio"], work.both["apart, percent"]
    water = work.by_water["per 10,000"]
    ethiopia, label = work.implied.loc["ETH"], work.suitable
    return [
        f"within a week they differ by at most {work.apart:.0f} case",
        f"finds a doubt that is {work.as_weeks / work.as_days:.2f} times too small",
        f"for Tanzania the whole weeks have {work.edges.loc['TZA', 'more, percent']:.1f} % more cases",
        f"{len(work.reporting)} have numbers and {len(work.silent)} have none; {100 * work.missing_share:.1f} % of the",
        f"is {angola['deaths']:.0f} of {angola['cases']:,.0f}, or {100 * angola['fatality']:.1f} %",
        f"The mean of the weekly ratios is {100 * work.of_ratios:.2f} %",
        f"the interval still reaches {100 * rwanda['high']:.1f} %",
        f"the interval goes from {100 * namibia['low']:.1f} to {100 * namibia['high']:.1f} %",
        f"the variance of the weekly deaths is {work.spread:.1f} times that of chance",
        f"ratios of {ratio['COD']:.3f} for DR Congo, {ratio['AGO']:.3f} for Angola, {ratio['ETH']:.3f} for Ethiopia, "
        f"{ratio['MOZ']:.3f} for Mozambique and {ratio['SSD']:.3f} for South Sudan",
        f"Nigeria's ratio is {ratio['NGA']:.2f}",
        f"every tolerance from 5 to {int(gap['NGA'])} % flags the same one country",
        f"{100 * work.cfr.loc['NGA', 'fatality']:.2f} and {100 * work.fatality_who:.2f} %",
        f"it fits {ethiopia['WHO, at least']:.0f} to {ethiopia['WHO, at most']:.0f} million people, while the table "
        f"of the course has {ethiopia['here, millions']:.0f} million",
        f"agree on Ethiopia's cases to {gap['ETH']:.2f} %",
        f"nothing is known of {work.counts['no data']} of {len(work.africa)} areas",
        f"cholera killed {work.london['deaths'].sum():,} people in London",
        f"Bridge {water['Battersea']:.1f} of 10,000 people died, with water of the New River {water['New River']:.1f}, "
        f"and with water from further up, at Kew, {water['Kew']:.1f}",
        f"suitable in {label.loc['COD', 'weeks above 200']} of {label.loc['COD', 'weeks']} weeks and Namibia in none "
        f"of {label.loc['NAM', 'weeks']}",
        f"its suitable weeks falls from {label.loc['NGA', 'weeks above 200']} to {work.half}",
        f"are {work.dead.loc['ETH', 'apart, percent']:.1f} % in Ethiopia",
    ]


def test_chapter_says_what_the_lesson_computes(work: SimpleNamespace) -> None:
    chapter = text_of(BOOK / "cholera" / "chapter.md")
    said = statements(work)
    assert [statement for statement in said if statement not in chapter] == []
    assert chapter.count("(computed in the lesson)") == len(said)


def test_facilitator_notes_give_the_answers_of_the_solutions(work: SimpleNamespace) -> None:
    notes = text_of(BOOK / "cholera" / "facilitator.md")
    early, late = (100 * part["deaths"] / part["cases"] for part in (work.early, work.late))
    means = work.london.groupby("water")["rate"].mean()
    answers = [
        f"{work.first_week:,.0f} cases in 2025-W01; {work.cut:,.0f} from 1 January on",
        f"Up to {work.last.iloc[0]:%A}, {work.last.iloc[0]:%d %B %Y}; Somalia stops first",
        f"Angola has {early:.2f} % up to 30 March and {late:.2f} % after",
        f"{100_000 * work.ours.loc['AGO', 'cases'] / work.old:.0f} per 100,000 with the people of 2005",
        f"Malawi's, {work.rate['MWI']:.2f}",
        "Six neighbours; the Central African Republic, Kenya, Sudan and Uganda",
        f"Battersea {means['Battersea']:.1f} instead of 114.4, Kew {means['Kew']:.1f} instead of 17.8",
        "South Sudan, Somalia and Angola",
    ]
    assert [answer for answer in answers if answer not in notes] == []
    assert work.last.index[0] == "SOM" and work.rate.idxmin() == "MWI" and work.lost == {"Sudan", "Ethiopia"}
    assert list(work.per_person.index[:3]) == ["SSD", "SOM", "AGO"]


def test_prose_of_the_lesson_says_what_it_computes(work: SimpleNamespace, lesson: nbformat.NotebookNode) -> None:
    text = " ".join(" ".join(cell.source.split()) for cell in lesson.cells if cell.cell_type == "markdown")
    ssd = work.iso_weeks["cases"]["SSD"] / work.who.loc["SSD", "cases"]
    assert f"gives you {len(work.weeks)} weeks of Angola" in text
    assert f"up to {100 * work.cfr.loc['RWA', 'high']:.1f} % would still fit" in text
    assert abs(ssd - 1) < 0.002 and "to within 0.2 % of WHO's count" in text
    assert f"{len(work.silent)} countries never speak" in text
    assert work.dead.loc["ETH", "apart, percent"] > 5 and "Four deaths of difference are 5.7 %" in text
    assert 64 < work.never < 69 and "right in about two thirds of all weeks" in text


def test_every_citation_and_term_of_the_pages_exists() -> None:
    keys = set(re.findall(r"^@\w+\{(\w+),", (BOOK / "references.bib").read_text(encoding="utf-8"), re.MULTILINE))
    terms = re.findall(r"^(\S.*)\n  \S", (BOOK / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    for page in ("chapter.md", "facilitator.md"):
        text = (BOOK / "cholera" / page).read_text(encoding="utf-8")
        assert {key for group in re.findall(r"\{cite\}`([^`]+)`", text) for key in group.split(",")} <= keys
        named = [re.sub(r".*<(.+)>", r"\1", term) for term in re.findall(r"\{term\}`([^`]+)`", text)]
        assert {term.lower() for term in named} <= {term.lower() for term in terms}


def test_the_lesson_names_works_as_the_bibliography_does(lesson: nbformat.NotebookNode) -> None:
    bib = (BOOK / "references.bib").read_text(encoding="utf-8").lower()
    [further] = [cell.source for cell in lesson.cells if cell.id == "cholera-go-further"]
    cited = re.findall(r"\[doi:(.+?)\]\(https", further)
    assert cited and all(doi.lower() in bib for doi in cited)
    pages = re.findall(r"\]\((https://(?!doi)[^)]+)\)", further)
    assert pages and all(page.lower() in bib for page in pages)
