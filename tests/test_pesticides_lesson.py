"""The lesson and the pages of the module pesticides: what it computes, its figures, exercises and shape."""

from __future__ import annotations

import ast
import re
from types import SimpleNamespace

import nbformat
import pytest
from IPython.display import Markdown

from cohort import figures, tree
from cohort.course import load_course

LESSON = tree.lesson("pesticides")
BOOK = LESSON.parents[2] / "book"
SOLUTION = re.compile(r"<summary>Show one solution</summary>\n\n.*?```python\n(.*?)```", re.DOTALL)
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def lesson() -> nbformat.NotebookNode:
    return nbformat.read(LESSON, as_version=4)


@pytest.fixture(scope="module")
def ran(lesson: nbformat.NotebookNode) -> SimpleNamespace:
    """The cells of the lesson, and each folded solution right after its exercise, in one namespace, for Nigeria."""
    shown = []

    def show(figure, alt, table):
        texts = [text.get_text() for axes in figure.axes for text in axes.texts]
        titles = [figure.get_suptitle(), *(axes.get_title("left") for axes in figure.axes)]
        shown.append(SimpleNamespace(alt=alt, table=table, texts=texts, titles=" ".join(titles)))
        figures.plt.close(figure)

    names = {"display": lambda *_: None}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "show", show)
        for cell in lesson.cells:
            if cell.cell_type == "code":
                exec(compile(ast.parse(cell.source), cell.id, "exec"), names)
            for code in SOLUTION.findall(cell.source) if cell.cell_type == "markdown" else []:
                exec(compile(code, f"solution of {cell.id}", "exec"), names)
    return SimpleNamespace(**names | {"pictures": shown})


def prose(page: str) -> str:
    return " ".join((BOOK / "pesticides" / page).read_text(encoding="utf-8").split())


def test_pounds_find_the_made_up_truth_and_counts_do_not(ran: SimpleNamespace) -> None:
    truth, pounds, counts = ran.ratios["ratio"]
    assert truth == pytest.approx(1.6, rel=0.15) and pounds == pytest.approx(1.6, rel=0.15)
    assert counts < 1.2 and ran.ratios["high"].iloc[2] < 1.36


def test_wells_of_bangladesh_have_their_reference_numbers(ran: SimpleNamespace) -> None:
    assert ran.logit.params.round(3).tolist() == [0.003, -0.897, 0.461]
    assert len(ran.wells) == 3020


def test_all_58_counties_are_on_the_map_and_hold_all_the_pounds(ran: SimpleNamespace) -> None:
    assert len(ran.counties) == 58 and ran.counties["pounds"].notna().all()
    assert ran.counties["pounds"].sum() == pytest.approx(ran.state["pounds"].sum())


def test_every_figure_of_made_up_data_says_so_on_the_picture_and_in_its_words(ran: SimpleNamespace) -> None:
    assert len(ran.pictures) == 9
    real = [figure for figure in ran.pictures if "SYNTHETIC" not in figure.texts]
    assert [figure.titles.strip()[:10] for figure in real] == ["A degree o", "At arsenic"]
    assert all("synthetic" in figure.alt for figure in ran.pictures if figure not in real)


def test_every_figure_has_alternative_text_with_numbers_and_a_short_table(ran: SimpleNamespace) -> None:
    for figure in ran.pictures:
        assert len(re.findall(r"\d[\d,.]*", figure.alt)) >= 2 and "nan" not in figure.alt
        assert 1 <= len(figure.table) <= 24


def test_no_county_is_named_beside_made_up_pounds(ran: SimpleNamespace, lesson: nbformat.NotebookNode) -> None:
    text = "".join(cell.source for cell in lesson.cells) + prose("chapter.md") + prose("facilitator.md")
    assert not [name for name in ran.counties["county"] if re.search(rf"\b{name} County\b", text)]


def statements(ran: SimpleNamespace) -> list[str]:
    """What the chapter says was computed in the lesson, written from the lesson's own numbers."""
    _, pounds, counts = (row for _, row in ran.ratios.iterrows())
    tops = [one["density"].max() for one in ran.tops.values()]
    missing = ran.counted["missing, %"]
    return [
        f"is {ran.length[0]:.0f} km long at the equator and {ran.length[60]:.0f} km at 60 degrees",
        f"five of the 144 sections have {100 * ran.top_five:.0f} % of the pounds",
        f"Of the ten schools with most pounds near them, {ran.both_top} is among the ten with most applications",
        f"{ran.together} schools cannot be told apart from the first one",
        f"An analysis by pounds finds {pounds['ratio']:.2f}, with an interval from {pounds['low']:.2f} to "
        f"{pounds['high']:.2f}",
        f"An analysis by number of applications finds {counts['ratio']:.2f}",
        f"{100 * ran.burden.iloc[0]:.0f} % of the children of farm workers go to a school of the more exposed half, "
        f"and {100 * ran.burden.iloc[1]:.0f} % of the other children",
        f"has {tops[0]:.1f} pounds per square kilometre, with squares of 50 km {tops[1]:.1f}, and with the same "
        f"squares moved by 25 km {tops[2]:.1f}",
        f"{ran.lone['farmworker']:.0f} % of the farm workers' families of the made-up area are left off the map, and "
        f"{ran.lone['other']:.0f} % of the others",
        f"In {ran.single} of the {len(ran.growers)} sections with a report, all reports are of one operator",
        f"falls by {-ran.logit.params['hundred_metres']:.3f}, and with each unit of arsenic it rises by "
        f"{ran.logit.params['arsenic']:.3f}",
        f"{missing['farmworker']:.0f} % of the families of farm workers are not in it, and {missing['other']:.0f} % of "
        "the others",
    ]


def test_chapter_says_what_the_lesson_computes(ran: SimpleNamespace) -> None:
    chapter = prose("chapter.md")
    said = statements(ran)
    assert [statement for statement in said if statement not in chapter] == []
    assert chapter.count("(computed in the lesson)") == len(said)


def test_facilitator_notes_give_the_answers_of_the_solutions(ran: SimpleNamespace) -> None:
    notes = prose("facilitator.md")
    answers = [
        f"{ran.lost:,.0f} pounds, {ran.lost_share:.1f} %",
        f"are {ran.north_web:,.0f} m long",
        f"By the centres {ran.half_mile['centre']:,.0f} pounds, by the shares {ran.half_mile['share']:,.0f}",
        f"With 500 m {ran.same[500]}, with 2000 m {ran.same[2000]} of the first ten",
        f"in {100 * ran.fifth:.0f} % of the draws, the fifteenth in {100 * ran.fifteenth:.0f} %",
        f"gives {ran.mean_ratio:.2f}, the sums {ran.pound_row['ratio']:.2f}",
        f"has {ran.large:.2f} pounds per square kilometre, the highest of 50 km {ran.grid_top:.2f}",
        f"{ran.ten['farmworker']:.0f} % of the farm workers' families and {ran.ten['other']:.0f} % of the others",
    ]
    assert [answer for answer in answers if answer not in notes] == []


def test_lesson_has_the_anatomy_of_a_lesson(lesson: nbformat.NotebookNode) -> None:
    module = load_course().module("pesticides")
    text = "\n\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    headings = HEADING.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    assert [title for level, title in headings if level == "#"] == [module.title]
    sections = [title for level, title in headings if level == "##"]
    assert all(title[0].isdigit() for title in sections[:9])
    assert sections[9:] == ["In your place", "Check yourself", "Key points", "Go further", "Credits and review"]
    assert module.question in text and all(f"- {objective}" in text for objective in module.objectives)
    exercises = [cell.source for cell in lesson.cells if cell.source.startswith("### Try it")]
    assert len(exercises) == 8 and all(len(SOLUTION.findall(exercise)) == 1 for exercise in exercises)


def test_every_quiz_option_has_feedback_and_one_is_right(lesson: nbformat.NotebookNode) -> None:
    questions = [cell.source for cell in lesson.cells if cell.source.startswith("### Question")]
    assert len(questions) == 5
    for question in questions:
        feedback = re.findall(r"<summary>[A-D]\. .+?</summary>\n\n(.+?)\n\n</details>", question)
        assert len(feedback) == question.count("<summary>") >= 3
        assert sum(answer.startswith("Right") for answer in feedback) == 1


def test_the_slider_is_left_out_of_the_book_and_followed_by_a_figure(lesson: nbformat.NotebookNode) -> None:
    ids = [cell.id for cell in lesson.cells]
    [slider] = [cell for cell in lesson.cells if "ipywidgets" in cell.source]
    assert "remove-output" in slider.metadata.tags
    assert ids[ids.index(slider.id) + 1] == "pesticides-buffer-figure"


def test_a_place_without_a_fact_says_so_and_california_shows_its_law() -> None:
    from cohort import cards

    nigeria, california = (cards.facts(place, "pesticide.reporting") for place in ("NG", "US-CA"))
    assert isinstance(nigeria, Markdown) and "12979" not in nigeria.data
    assert "12979" in california.data and "3 CCR 6626" in california.data


def test_every_citation_and_term_of_the_pages_exists() -> None:
    keys = set(re.findall(r"^@\w+\{(\w+),", (BOOK / "references.bib").read_text(encoding="utf-8"), re.MULTILINE))
    terms = set(re.findall(r"^(\S.*)\n  \S", (BOOK / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE))
    text = prose("chapter.md") + prose("facilitator.md")
    cited = {key for group in re.findall(r"\{cite\}`([^`]+)`", text) for key in group.split(",")}
    assert cited <= keys
    assert set(re.findall(r"\{term\}`([^`<]+)`", text)) <= terms
