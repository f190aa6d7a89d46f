"""Who made this, who checked this: on every lesson, assignment and page, and what it says."""

from __future__ import annotations

import ast
import re
import shutil
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from cohort import cards, module_new, pages, provenance, tree
from cohort.book import build
from cohort.course import Credits, Localism, Person, Reviewer, load_course
from cohort.errors import CourseError
from cohort.notebooks import code_cells, read_notebook
from cohort.places import load_place

MODULES = load_course().modules
NOTEBOOKS = {
    **{f"lesson {module.name}": (tree.lesson(module.name), module.name) for module in MODULES},
    **{f"assignment {module.name}": (tree.source(module.name), module.name) for module in MODULES},
    **{f"template {part}": (module_new.TEMPLATE / f"{part}.ipynb", "${name}") for part in ("lesson", "assignment")},
}
ADA = Person(name="Ada *Obi*", role="epidemiologist", country="NG")
BOLA = Reviewer(name="Bola <b>Eze</b>", role="lawyer", country="NG", reviewed_on=date(2026, 5, 4))


def calls(path: Path, name: str) -> list[list[object]]:
    """The constant arguments of each call of a function of ``cohort.cards`` in a notebook."""
    found = []
    for node in ast.walk(ast.parse("\n".join(code_cells(read_notebook(path))))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name:
            found.append([each.value for each in node.args if isinstance(each, ast.Constant)])
    return found


def shown(markdown: str) -> BeautifulSoup:
    return BeautifulSoup(MarkdownIt().render(markdown), "html.parser")


def text_of(element: BeautifulSoup) -> str:
    return " ".join(element.get_text().split())


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_lesson_and_assignment_says_who_made_it_and_who_checked_it(name):
    path, module = NOTEBOOKS[name]
    assert calls(path, "provenance") == [[module]]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_the_topics_of_a_module_cover_all_that_its_notebooks_tell(module):
    if module.topics is not None:
        for path in (tree.lesson(module.name), tree.source(module.name)):
            told = {topic for arguments in calls(path, "facts") for topic in arguments}
            assert all({topic, topic.partition(".")[0]} & set(module.topics) for topic in told)


def test_one_line_shows_and_the_rest_folds_under_it():
    box = shown(cards.provenance("excess", "NG").data)
    (details,) = box.find_all(recursive=False)
    assert details.name == "details" and not details.has_attr("open")
    line = details.find("summary", recursive=False)
    assert text_of(line) == "Made by Common Ground team; reviewer wanted; 1 of 3 statements unverified"
    assert text_of(line.strong) == "wanted"
    folded = text_of(details)
    assert "What it says about Nigeria: made by Common Ground team (authors); reviewer wanted (not yet" in folded
    assert "Statements about Nigeria: 3. Not yet reviewed by a local expert: 3." in folded


def test_it_lists_what_is_unverified_of_what_the_module_tells_and_nothing_else():
    place = load_place("MX")
    told = [fact for fact in place.facts if fact.topic.startswith(("deaths.", "season"))]
    box = shown(cards.provenance("excess", "MX").data)
    listed = box.select("details > ul ul > li")
    assert [each.a["href"] for each in listed] == [str(fact.source) for fact in told if not fact.verified]
    assert len(listed) < sum(not fact.verified for fact in place.facts)


def test_a_module_without_topics_answers_for_all_that_is_said_of_the_place():
    place = load_place("NG")
    module = load_course().module("excess").model_copy(update={"topics": None})
    assert f"of {len(place.facts)} statements unverified" in provenance.of_module(module, place)
    silent = module.model_copy(update={"topics": []})
    assert "statements" not in provenance.of_module(silent, place)


def test_people_are_named_with_role_and_country_and_no_name_is_markup():
    credits = Credits(authors=[ADA], reviewers=[BOLA])
    module = load_course().module("excess").model_copy(update={"credits": credits})
    box = shown(provenance.of_module(module, load_place("NG")))
    assert text_of(box.summary).startswith("Made by Ada *Obi*; reviewed by Bola <b>Eze</b>; ")
    first = text_of(box.li)
    assert first.endswith(
        "made by Ada *Obi* (epidemiologist, NG); reviewed by Bola <b>Eze</b> (lawyer, NG), 2026-05-04."
    )
    assert not box.find("b")


def test_open_seats_and_open_questions_of_the_localism_lens_say_so():
    module = load_course().module("excess")
    wanted = Credits(authors="wanted", reviewers="wanted")
    asked = module.model_copy(update={"credits": wanted, "localism": Localism(curated="Two *clinics* of Lagos.")})
    box = shown(provenance.of_module(asked, load_place("NG")))
    assert text_of(box.summary).startswith("Author wanted; reviewer wanted; ")
    answers = [text_of(each) for each in box.select("details > ul > li")][-len(provenance.QUESTIONS) :]
    assert answers[0] == "Who curated this? Two *clinics* of Lagos."
    assert answers[1:] == [
        f"{question} Open: nobody has answered yet." for question in list(provenance.QUESTIONS.values())[1:]
    ]
    assert set(provenance.QUESTIONS) == set(Localism.model_fields)


def test_a_topic_that_does_not_exist_is_named_with_those_there_are(tiny):
    path = tiny / "course.yml"
    path.write_text(path.read_text().replace("    datasets: []", "    topics: [moon]\n    datasets: []"))
    with pytest.raises(CourseError, match=r"course.yml:13: modules.0.topics: there is no topic moon: choose from br"):
        load_course()


# Pages of the book


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the book with their boxes, as the edition for Nigeria stages them."""
    folder = tmp_path_factory.mktemp("staged") / "book"
    shutil.copytree(tree.root() / "book", folder, ignore=shutil.ignore_patterns("_build", "node_modules"))
    build._box_pages(load_course(), load_place("NG"), folder)
    return folder


def test_every_page_says_who_made_and_who_checked_it_below_its_title(staged):
    names = {module.name for module in MODULES}
    paths = [path.relative_to(staged) for path in staged.rglob("*.md")]
    assert Path("excess/chapter.md") in paths and Path("guides/student.md") in paths
    for path in paths:
        before = (tree.root() / "book" / path).read_text().splitlines()
        now = (staged / path).read_text().splitlines()
        assert len(now) == len(before), "a message of Sphinx would name another line"
        ((line, box),) = [(number, text) for number, text in enumerate(now) if 'class="provenance"' in text]
        assert before[line] == "" and before[line - 1].startswith("# ")
        assert now[:line] + now[line + 1 :] == before[:line] + before[line + 1 :]
        assert ("about Nigeria" in box) == (path.parts[0] in names)


def test_a_page_without_a_title_is_refused_by_name(tmp_path):
    (tmp_path / "guide.md").write_text("# Guide\nText.\n")
    with pytest.raises(CourseError, match=r"book/guide.md: no title with an empty line below it: begin the page"):
        build._box_pages(load_course(), load_place("NG"), tmp_path)


def test_the_box_is_one_line_of_html_that_ends_by_itself():
    text = pages.boxed("(target)=\n# Title\n\nText *here*.\n", provenance.of_page(load_course()))
    assert text.count("\n") == 4
    page = shown(text.partition("\n")[2])
    assert [each.name for each in page.find_all(recursive=False)] == ["h1", "details", "p"]
    assert page.p.em.get_text() == "here"
    assert re.search(r"This page: made by Common Ground team", unescape(text))
