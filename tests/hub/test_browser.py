"""Two students and an instructor work through the module `excess`, in a browser, on a hub of `cohort hub`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import ROOT, copy_course
from lab import Desk, Formgrader
from local_hub import LocalHub
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, expect

from cohort.answers import read_bank, reference

pytest_plugins = ["lab"]
pytestmark = pytest.mark.browser

# What the cells begin with, or hold.
FIRST, LAST = "# Check 1", "# Check 7"
UNANSWERED = "YOUR ANSWER HERE"
WRITTEN = ("one_number_tonight", "sources_and_help")
MESSAGE = "842 more people died in Chicago than in the same week of other years, between 747 and 937."
HELP = "None, but for the lesson."
COMMENT = "You name the number and its interval. Say also against which years you compared."


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The real course, never released, as the working directory."""
    root = copy_course(tmp_path_factory.mktemp("course"), only="excess")
    shutil.copytree(ROOT / "hub" / "local", root / "hub" / "local")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        yield root


@pytest.fixture(scope="module")
def hub(course: Path, chromium: Browser) -> Iterator[LocalHub]:
    hub = LocalHub(course)
    yield hub
    hub.stop()


@pytest.fixture(scope="module")
def desks(hub: LocalHub, chromium: Browser) -> dict[str, Desk]:
    """Two students and the instructor, each in JupyterLab."""
    opened = {user: Desk(chromium, hub, user).login_page() for user in ("ada", "bob", "instructor")}
    opened["ada"].picture("student-01-login")
    for desk in opened.values():
        desk.sign_in()
    for desk in opened.values():
        desk.enter()
    return opened


@pytest.fixture(scope="module")
def right(course: Path) -> dict[str, str]:
    """The answers that earn all points."""
    return reference("excess")


@pytest.fixture(scope="module")
def wrong(course: Path) -> dict[str, str]:
    """Two of the bank's mistakes: a peak in radians, and deaths that were never registered multiplied away."""
    bank = {each.name: each for each in read_bank("excess")}
    return bank["peak_in_radians"].cells | bank["undercount_multiplies"].cells


def write(desk: Desk, answers: dict[str, str]) -> None:
    """Write answers in code into their cells, and those in words."""
    for name, answer in answers.items():
        if name not in WRITTEN:
            desk.write(f"def {name}(", answer)
    for answer in (MESSAGE, HELP):
        desk.write(UNANSWERED, answer)


def test_a_student_finds_and_fetches_the_assignment(desks):
    ada = desks["ada"]
    ada.menu("Nbgrader")
    ada.picture("student-02-launcher")
    ada.menu("Assignment List")
    ada.listed("released", "excess").wait_for()
    ada.picture("student-03-assignments")
    ada.fetch("excess")
    ada.picture("student-04-fetched")
    ada.open("excess")
    ada.picture("student-05-notebook")


def test_a_check_says_what_to_look_at_until_the_answer_is_right(desks, right, wrong):
    ada = desks["ada"]
    ada.write("def harmonic_fit(", wrong["harmonic_fit"])
    ada.cell(FIRST).click()
    ada.menu("Run", "Run All Above Selected Cell")
    failed = ada.run(FIRST)
    assert "is the angle turned into days?" in failed.locator(".jp-OutputArea-output").inner_text()
    failed.locator(".jp-OutputArea-output").scroll_into_view_if_needed()
    ada.picture("student-06-failed-check")
    ada.write("def harmonic_fit(", right["harmonic_fit"])
    ada.run("def harmonic_fit(")
    passed = ada.run(FIRST)
    assert passed.locator(".jp-OutputArea-output").count() == 0
    ada.picture("student-07-passed-check")


def test_a_student_whose_answers_are_right_validates_and_submits(desks, right):
    ada = desks["ada"]
    write(ada, right)
    ada.run_all(LAST)
    ada.save()
    assert "Success! Your notebook passes all the tests." in ada.validate()
    ada.picture("student-09-validate-passed")
    ada.say_ok()
    ada.tab("Assignments")
    ada.submit("excess")
    expect(ada.attempts("excess")).to_have_count(1)
    ada.picture("student-10-submitted")


def test_a_student_with_two_mistakes_is_told_of_them_and_may_submit(desks, right, wrong):
    bob = desks["bob"]
    bob.menu("Nbgrader", "Assignment List")
    bob.fetch("excess")
    bob.open("excess")
    write(bob, right | wrong)
    bob.save()
    told = bob.validate()
    assert told.count("The following cell failed:") == 2
    assert "is the angle turned into days?" in told and "there were twice as many" in told
    bob.picture("student-08-validate-failed")
    bob.say_ok()
    bob.tab("Assignments")
    bob.submit("excess")
    expect(bob.attempts("excess")).to_have_count(1)


@pytest.fixture(scope="module")
def formgrader(desks: dict[str, Desk]) -> Formgrader:
    """The instructor's formgrader, where submissions wait."""
    instructor = desks["instructor"]
    instructor.menu("Nbgrader")
    instructor.picture("instructor-01-launcher")
    instructor.page.keyboard.press("Escape")
    return Formgrader(instructor)


def test_the_instructor_collects_and_autogrades(formgrader):
    desk = formgrader.desk
    expect(formgrader.row("excess")).to_contain_text("released")
    desk.picture("instructor-02-formgrader")
    assert "Successfully collected" in formgrader.press("excess", "collect")
    expect(formgrader.row("excess").locator(".num-submissions")).to_have_text("2")
    desk.picture("instructor-03-collected")
    formgrader.go("2")
    expect(formgrader.row("ada")).to_contain_text("needs autograding")
    desk.picture("instructor-04-submissions")
    for student, score in (("ada", "24 / 30"), ("bob", "19 / 30")):
        assert "Successfully autograded" in formgrader.press(student, "autograde")
        expect(formgrader.row(student).locator(".score")).to_have_text(score)
        expect(formgrader.row(student)).to_contain_text("needs manual grading")
    desk.picture("instructor-05-autograded")


def test_the_instructor_gives_points_and_comments_by_hand(formgrader):
    desk = formgrader.desk
    for student, points in (("ada", 6), ("bob", 4)):
        formgrader.go("Manual Grading", "excess", "excess")
        formgrader.names()
        formgrader.row(student).wait_for()
        if student == "ada":
            desk.picture("instructor-06-manual-grading")
        formgrader.go(student)
        formgrader.grade("one_number_tonight", points)
        formgrader.comment("one_number_tonight", COMMENT)
        if student == "bob":
            desk.picture("instructor-07-submission")
        formgrader.grade("sources_and_help", 0)
    formgrader.go("Manual Grading")
    expect(formgrader.row("excess")).to_contain_text("26.5 / 30")
    formgrader.go("excess", "excess")
    formgrader.names()
    expect(formgrader.row("bob").locator(".score")).to_have_text("23 / 30")
    expect(formgrader.row("bob").locator(".written-score")).to_have_text("4 / 6")
    desk.picture("instructor-08-gradebook")


def test_the_instructor_hands_feedback_back(formgrader):
    formgrader.go("Manage Assignments")
    assert "Successfully generated feedback" in formgrader.press("excess", "generate-feedback")
    assert "Successfully released feedback" in formgrader.press("excess", "release-feedback")
    formgrader.go("2")
    expect(formgrader.row("ada")).to_contain_text("graded")
    expect(formgrader.row("ada").locator(".score")).to_have_text("30 / 30")
    expect(formgrader.row("bob").locator(".score")).to_have_text("23 / 30")
    formgrader.desk.picture("instructor-09-graded")


@pytest.mark.parametrize(("student", "score"), [("ada", "30"), ("bob", "23")])
def test_a_student_reads_the_score_and_the_comment(desks, student, score):
    desk = desks[student]
    desk.refresh()
    expect(desk.attempts("excess")).to_contain_text("(feedback available to fetch)")
    desk.fetch_feedback("excess")
    if student == "bob":
        desk.picture("student-11-feedback-fetched")
    desk.page.get_by_text("(view feedback)").click()
    desk.page.get_by_role("listitem").filter(has_text="excess.html").dblclick()
    page = desk.page.frame_locator(".jp-HTMLViewer iframe").locator("body")
    expect(page).to_contain_text(COMMENT)
    expect(page).to_contain_text(f"{score} of 30")
    if student == "bob":
        desk.picture("student-12-feedback-page")


def test_the_gradebook_holds_the_expected_scores(course):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "demo") as gradebook:
        graded = {each.student.id: each for each in gradebook.assignment_submissions("excess")}
        assert {name: each.score for name, each in graded.items()} == {"ada": 30, "bob": 23}
        assert not any(each.needs_manual_grade for each in graded.values())
        lost = {each.name: each.max_score - each.score for each in graded["bob"].notebooks[0].grades}
        assert {name for name, points in lost.items() if points} == {
            "check_harmonic_fit",
            "check_undercount",
            "one_number_tonight",
        }


def test_a_student_reads_no_other_s_feedback(course, desks):
    homes = course / "_build/hub/homes"
    [page] = homes.glob("bob/excess/feedback/*/excess.html")
    address = f"{desks['bob'].hub.url}/user/bob/files/{quote(str(page.relative_to(homes / 'bob')))}"
    for student, status in (("bob", 200), ("ada", 403)):
        with desks[student].context.new_page() as tab:
            assert tab.goto(address).status == status


def test_a_student_needs_no_other_host(desks):
    assert desks["ada"].asked == desks["bob"].asked == set()
