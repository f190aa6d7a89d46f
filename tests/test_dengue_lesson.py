"""The lesson and the pages of the module dengue: their numbers, figures, exercises and shape."""

from __future__ import annotations

import re
from itertools import pairwise
from types import SimpleNamespace

import matplotlib.pyplot as plt
import nbformat
import pytest
from test_excess_lesson import HEADING, SOLUTION, prose

from cohort import figures, tree
from cohort.course import load_course

LESSON = tree.lesson("dengue")
BOOK = LESSON.parents[2] / "book"


@pytest.fixture(scope="module")
def lesson() -> nbformat.NotebookNode:
    return nbformat.read(LESSON, as_version=4)


@pytest.fixture(scope="module")
def executed(lesson: nbformat.NotebookNode) -> SimpleNamespace:
    """The names that the lesson leaves behind for India, each solution run after its exercise; and its figures."""
    drawn, names = [], {"display": lambda *_: None}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "show", lambda figure, alt, table: drawn.append((alt, table)) or plt.close(figure))
        for cell in lesson.cells:
            code = SOLUTION.findall(cell.source) if cell.cell_type == "markdown" else [cell.source]
            for one in code:
                exec(compile(one.replace('place = "NG"', 'place = "IN"'), cell.id, "exec"), names)
    return SimpleNamespace(drawn=drawn, **names)


def test_the_table_is_that_of_lowe_2021(executed: SimpleNamespace) -> None:
    assert executed.brazil["dengue_cases"].sum() == 12_895_293
    assert executed.brazil["micro_code"].nunique() == 558
    assert executed.damaged == 192
    assert executed.in_2000.isna().all() and len(executed.in_2000) == 6_696


def test_outbreaks_are_counted_without_the_future(executed: SimpleNamespace) -> None:
    assert (len(executed.test), executed.test["outbreak"].sum()) == (26_784, 3_394)
    assert executed.counts.iloc[:, 1].sum() == 2_664
    assert (executed.above_300, len(executed.yearly)) == (2_826, 10_602)


def test_sensitivity_and_ppv_have_their_reference_numbers(executed: SimpleNamespace) -> None:
    assert executed.found["sensitivity"] == pytest.approx(0.6273, abs=5e-5)
    assert executed.found["ppv"] == pytest.approx(0.606, abs=5e-4)
    assert executed.leads.loc[1, ["sensitivity", "ppv"]].tolist() == executed.found[["sensitivity", "ppv"]].tolist()


def test_all_misses_are_first_months_of_an_outbreak(executed: SimpleNamespace) -> None:
    test = executed.test
    first = (test["outbreak"] == 1) & (test["alarm"] == 0)
    assert first.sum() == executed.found["missed"] == 1_265


def test_climate_adds_little_once_recent_cases_are_known(executed: SimpleNamespace) -> None:
    assert executed.errors.tolist() == pytest.approx([1.036, 0.934, 0.414, 0.402], abs=0.001)


def test_no_lag_comes_from_another_microregion(executed: SimpleNamespace) -> None:
    first = executed.brazil.drop_duplicates("micro_code")
    assert first["rate_lag1"].isna().all()
    assert executed.stranger == 557


def test_a_dearer_miss_makes_the_best_alarm_more_nervous(executed: SimpleNamespace) -> None:
    assert executed.best[10] < executed.mine.idxmin() < executed.best[1]
    assert executed.curve.loc[2.0, "hits"] == executed.found["hits"]


def test_the_two_lists_of_three_have_no_place_in_common(executed: SimpleNamespace) -> None:
    assert not set(executed.by_gain["micro_code"]) & set(executed.by_rate["micro_code"])
    assert len(executed.message) <= 160


def test_every_figure_has_alternative_text_with_numbers_and_a_table(executed: SimpleNamespace) -> None:
    assert len(executed.drawn) == 7
    for alt, table in executed.drawn:
        assert len(re.findall(r"\d[\d,.]*", alt)) >= 2
        assert "nan" not in alt.split() and len(table)


def test_lesson_has_the_anatomy_of_a_lesson(lesson: nbformat.NotebookNode) -> None:
    text = "\n\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    headings = HEADING.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    module = load_course().module("dengue")
    assert [title for level, title in headings if level == "#"] == [module.title]
    sections = [title for level, title in headings if level == "##"]
    assert all(title[0].isdigit() for title in sections[:8])
    assert sections[8:] == ["In your place", "Check yourself", "Key points", "Go further", "Credits and review"]
    assert all(len(deeper) - len(shallower) <= 1 for (shallower, _), (deeper, _) in pairwise(headings))
    assert len(SOLUTION.findall(text)) == text.count("### Try it") == 8
    [overview] = [cell.source for cell in lesson.cells if cell.id == "dengue-overview"]
    assert [line[2:] for line in overview.splitlines() if line[2:] in module.objectives] == module.objectives
    assert module.question in overview and f"**Minutes.** {module.minutes.lesson} alone" in overview


def test_every_quiz_option_has_feedback_and_one_is_right(lesson: nbformat.NotebookNode) -> None:
    questions = [cell.source for cell in lesson.cells if cell.source.startswith("### Question")]
    assert len(questions) == 5
    for question in questions:
        feedback = re.findall(r"<summary>[A-D]\. .+?</summary>\n\n(.+?)\n\n</details>", question)
        assert len(feedback) == question.count("<summary>") >= 3
        assert sum("Right" in answer for answer in feedback) == 1


def test_chapter_says_what_the_lesson_computes(executed: SimpleNamespace) -> None:
    chapter = prose((BOOK / "dengue" / "chapter.md").read_text(encoding="utf-8"))
    found, errors, leads = executed.found, executed.errors, executed.leads["sensitivity"]
    by_year, test = executed.by_year, executed.test
    said = [
        f"{executed.brazil['dengue_cases'].sum():,.0f} cases (computed in the lesson)",
        f"had {by_year.min():,.0f} cases, and the worst {by_year.max():,.0f} (computed in the lesson)",
        f"{test['outbreak'].sum():,.0f} outbreak months among {len(test):,} (computed in the lesson)",
        f"only {executed.counts.iloc[:, 1].sum():,.0f} remain (computed in the lesson)",
        f"{found['sensitivity']:.4f} (computed in the lesson)",
        f"{found['ppv']:.3f} (computed in the lesson)",
        f"the alarm was right is {executed.accuracy:.2f} (computed in the lesson)",
        f"that never rings has {executed.never:.2f}",
        f"All of its {found['missed']:,.0f} misses",
        f"is {leads[1]:.2f}; three months before it is {leads[3]:.2f}, six months before {leads[6]:.2f} (computed",
        f"at {executed.best[1]} standard deviations",
        f"nervous one, at {executed.best[10]} (computed in the lesson)",
        f"the season only has {errors.iloc[0]:.3f}",
        f"it has {errors.iloc[1]:.3f}",
        f"it has {errors.iloc[2]:.3f}, and with both {errors.iloc[3]:.3f} (computed in the lesson)",
        f"{executed.above_300:,} of {len(executed.yearly):,} years of a microregion (computed in the lesson)",
        f"of one city it reaches {executed.elsewhere.iloc[2]['sensitivity']:.2f}",
    ]
    assert [one for one in said if one not in chapter] == []


def test_facilitator_notes_give_the_answers_of_the_solutions(executed: SimpleNamespace) -> None:
    notes = prose((BOOK / "dengue" / "facilitator.md").read_text(encoding="utf-8"))
    march, regions, mine = executed.march, executed.regions["sensitivity"], executed.curve.loc[executed.mine.idxmin()]
    spring = executed.test.loc[executed.flat, "month"].between(3, 5).mean()
    answers = [
        f"falls from {march.mean():,.0f} to {executed.filled.mean():,.0f}",
        f"{executed.flat.sum():,} outbreak months; {100 * spring:.0f} %",
        f"217, 301 and {executed.rolled:,}",
        f"{executed.brasilia['rate']['2019-02-01']:.1f}, the rate of February; March had "
        f"{executed.brasilia['rate']['2019-03-01']:.1f}",
        f"North {regions['North']:.2f} and South {regions['South']:.2f} are found least, Southeast "
        f"{regions['Southeast']:.2f}",
        f"At k = {mine.name}: sensitivity {mine['sensitivity']:.2f}, PPV {mine['ppv']:.2f}, about "
        f"{mine['false_alarms'] / 4:,.0f} false alarms",
        f"and {executed.error:.3f} with it",
    ]
    assert [one for one in answers if one not in notes] == []


def test_every_citation_and_term_of_the_pages_exists(lesson: nbformat.NotebookNode) -> None:
    bib = (BOOK / "references.bib").read_text(encoding="utf-8")
    keys = set(re.findall(r"^@\w+\{(\w+),", bib, re.MULTILINE))
    terms = set(re.findall(r"^(\S.*)\n  \S", (BOOK / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE))
    for page in ("chapter.md", "facilitator.md"):
        text = (BOOK / "dengue" / page).read_text(encoding="utf-8")
        assert {key for group in re.findall(r"\{cite\}`([^`]+)`", text) for key in group.split(",")} <= keys
        assert {term.lower() for term in re.findall(r"\{term\}`([^`]+)`", text)} <= {term.lower() for term in terms}
    dois = {doi.lower() for doi in re.findall(r"doi\s+= \{(.+)\},", bib)}
    [further] = [cell.source for cell in lesson.cells if cell.id == "dengue-go-further"]
    cited = {doi.lower() for doi in re.findall(r"\[doi:(.+?)\]\(https", further)}
    assert cited and cited <= dois
