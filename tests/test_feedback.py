"""Feedback: what students are told, and that nothing of a check or a solution is in it."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import cell, copy_course, tiny_source, write_tiny_course
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.apps.api import NbGraderAPI

from cohort import answers, release
from cohort.course import cohort_folder
from cohort.errors import CourseError
from cohort.feedback import feedback
from cohort.grading import engine
from cohort.grading.course_directory import nbgrader_config, open_gradebook
from cohort.notebooks import read_notebook, write_notebook

RIGHT, WRONG = "def add(a, b):\n    return a + b", "def add(a, b):\n    return a * b"
PARTS = """\
from cohort.checks import award
### BEGIN HIDDEN TESTS
if add(700, 3) == 703:
    award(1, "small numbers")
if add(-500, 3) == -497:
    award(3, "negative numbers")
assert add(-500, 3) == -497, "Negative numbers count too."
right = 8642
assert add(8000, 642) == right, f"It is {right}."
### END HIDDEN TESTS"""
BROKEN = "# Check 3. 1 point\n### BEGIN HIDDEN TESTS\nimport no_such_module\n### END HIDDEN TESTS"
DRAWING = "## A drawing\n\nDraw it.\n\n=== BEGIN MARK SCHEME ===\n# Two axes with names\n=== END MARK SCHEME ==="
FIGURES = """\
from IPython.display import HTML, SVG, display
dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
display({"image/png": dot}, raw=True)
display({"image/png": dot}, metadata={"image/png": {"alt": "A dot."}}, raw=True)
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' width='2' height='2'></svg>"))
display(HTML("<style>body {display: none}</style><script src='https://example.org/x.js'></script>"
             "<table onclick='x()'><thead><tr><th></th><th>deaths</th></tr></thead>"
             "<tbody><tr><th>0</th><td>" + "3 " * 300 + "</td></tr></tbody></table>"))
print("wide " * 100)
1 / 0
"""
TEXT = "# My notes\n\n#### Below\n\n![a figure](https://example.org/x.png) $x^2$ <script>alert(1)</script>"
# It finds no hidden check before a judge; in its own process it does.
PRINTS = "print(In)"
WRITES = "from pathlib import Path\nPath('seen.txt').write_text(str(In))"
PART = "def add(a, b):\n    return abs(a) + b"
LARGE = "def add(a, b):\n    return a + b if a < 8000 else 0"
TELLS = "def add(a, b):\n    if a == 1:\n        return 2\n    raise ValueError(f'I got {a} and {b}')"


def source() -> nbformat.NotebookNode:
    """The tiny assignment with a named check, partial credit, and a check that fails by itself."""
    notebook = tiny_source()
    notebook.cells[0].source = "# Tiny\n\n## The sum"
    notebook.cells[3].source = f"# Check 1: the sum of two. 3 points\n{notebook.cells[3].source}"
    notebook.cells[4:4] = [
        cell("check_parts", PARTS, grade=True, locked=True, points=4),
        cell("check_broken", BROKEN, grade=True, locked=True, points=1),
        new_markdown_cell(DRAWING, id="draw", metadata=cell("draw", "", task=True, locked=True, points=5).metadata),
        new_markdown_cell("## Your reasons", id="reasons"),
    ]
    return notebook


def submit(student: str, answer: str, *more: str, text: str = "YOUR ANSWER HERE") -> None:
    """Hand in a notebook with an answer, and with further cells of code and one of text."""
    notebook = read_notebook(cohort_folder() / "release/tiny/tiny.ipynb")
    notebook.cells[2].source, notebook.cells[-1].source = answer, text
    notebook.cells += [new_code_cell(code, id=f"more-{number}") for number, code in enumerate(more)]
    notebook.cells.append(new_markdown_cell(TEXT, id="notes"))
    write_notebook(notebook, cohort_folder() / f"submitted/{student}/tiny/tiny.ipynb")


def graded(root: Path, patch: pytest.MonkeyPatch, how: str, **students: tuple[str, ...]) -> Path:
    """A course whose checks run `how`, with these submissions graded."""
    write_tiny_course(root)
    course = root / "course.yml"
    course.write_text(course.read_text().replace("language: en", f"language: en\nchecks: {how}"))
    write_notebook(source(), root / "source/tiny/tiny.ipynb")
    patch.chdir(root)
    release.release("tiny")
    for student, cells in students.items():
        submit(student, *cells, text="Because." if student == "ada" else "YOUR ANSWER HERE")
    assert all(each.state == "graded" for each in engine.autograde("tiny", how=engine.How(workers=1)))
    return root


@pytest.fixture(scope="module")
def judged_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        students = {"ada": (RIGHT, FIGURES), "bob": (WRONG,), "eve": (RIGHT, PRINTS, WRITES)}
        students |= {"part": (PART,), "large": (LARGE,)}
        return graded(tmp_path_factory.mktemp("judged"), patch, "judge", **students)


@pytest.fixture(scope="module")
def in_kernel_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        students = {"bob": (WRONG,), "prints": (RIGHT, PRINTS), "tells": (TELLS,), "writes": (RIGHT, WRITES)}
        return graded(tmp_path_factory.mktemp("in_kernel"), patch, "in_kernel", **students)


def copied(course: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(course, target, dirs_exist_ok=True)
    monkeypatch.chdir(target)
    return target


@pytest.fixture
def judged(judged_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A judged course with five graded submissions; also the working directory."""
    return copied(judged_once, tmp_path, monkeypatch)


@pytest.fixture
def in_kernel(in_kernel_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same course with checks in the students' own processes; also the working directory."""
    return copied(in_kernel_once, tmp_path, monkeypatch)


def page(student: str, module: str = "tiny") -> BeautifulSoup:
    path = cohort_folder() / "feedback" / student / module / f"{module}.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def written(*students: str) -> dict[str, str]:
    """Write feedback; the state of each student."""
    return {each.student: each.state for each in feedback("tiny", list(students) or None)}


def table(student: str) -> dict[str, list[str]]:
    """The rows of a page's table by what was asked: verdict, message, points."""
    rows = page(student).select("table.verdicts tbody tr")
    return {row.th.get_text(): [" ".join(each.get_text(" ").split()) for each in row.find_all("td")] for row in rows}


# What students are told


def test_each_check_has_a_row_with_verdict_message_and_points(judged):
    written("ada", "bob")
    assert table("ada") == {
        "Check 1: the sum of two": ["✓ passed", "", "3 of 3"],
        "check_parts": ["✓ passed", "1 point: small numbers 3 points: negative numbers", "4 of 4"],
        "Check 3": [
            "… not graded yet: waits for a person",
            "the check failed by itself (ModuleNotFoundError)",
            "– of 1",
        ],
        "A drawing": ["… not graded yet: waits for a person", "", "– of 5"],
        "Your reasons": ["… not graded yet: waits for a person", "", "– of 2"],
    }
    assert table("bob")["Check 1: the sum of two"] == ["✗ failed", "Return the sum of both numbers.", "0 of 3"]
    assert table("bob")["check_parts"] == ["✗ failed", "Negative numbers count too.", "0 of 4"]
    assert table("bob")["Your reasons"] == ["○ no answer", "", "0 of 2"]
    assert page("ada").select_one(".total").get_text() == "7 of 15 points so far: 3 parts wait for a person."


def test_a_check_that_awards_a_part_shows_what_for(judged):
    written("part")
    row = ["◐ passed in part", "1 point: small numbers Negative numbers count too.", "1 of 4"]
    assert table("part")["check_parts"] == row


def test_what_a_person_gave_and_wrote_is_shown(judged):
    with open_gradebook() as gradebook:
        grade = gradebook.find_grade("why", "tiny", "tiny", "ada")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 1.5, 0.25, False
        gradebook.find_comment("why", "tiny", "tiny", "ada").manual_comment = "Well **said**."
        gradebook.find_submission_notebook("tiny", "tiny", "ada").late_submission_penalty = 2
        gradebook.db.commit()
    written("ada")
    assert table("ada")["Your reasons"] == ["✎ graded by a person", "", "1.75 of 2"]
    assert page("ada").select_one("#cell-why .comment").get_text().split() == ["Comment", "Well", "said."]
    total = page("ada").select_one(".total").get_text()
    assert total == "6.75 of 15 points so far: 2 parts wait for a person; 2 were taken off because it came late."


def test_the_notebook_follows_and_a_check_is_a_block_without_source(judged):
    written("bob")
    block = page("bob").select_one("#cell-check_add")
    assert " ".join(block.get_text(" ").split()) == (
        "Check 1: the sum of two ✗ failed Points: 0 of 3 Back to the table Return the sum of both numbers."
    )
    assert WRONG in page("bob").select_one("#notebook").get_text()
    everything = (judged / "feedback/bob/tiny/tiny.html").read_text()
    assert not re.search(r"assert|BEGIN HIDDEN|42\.5|no_such_module|two parts|Two axes|negative numbers", everything)


def test_repairs_are_listed(judged):
    assert written("bob") and "put right" not in page("bob").get_text()
    path = judged / "autograded/bob/tiny/tiny.ipynb"
    path.chmod(0o644)
    notebook = read_notebook(path)
    what = [{"cell": "add", "what": "the cell `add` was joined"}, {"cell": "", "what": "its form was <old>"}, 7, {}]
    notebook.metadata["cohort"] = {"repairs": what, "ungraded": {"why": "nobody can tell where it is"}}
    write_notebook(notebook, path)
    assert written("bob") == {"bob": "written"}
    heading = page("bob").find("h2", string="What was put right in your notebook")
    assert [each.get_text() for each in heading.find_next("ul").find_all("li")] == [
        "the cell `add` was joined",
        "its form was <old>",
    ]
    assert "nobody can tell where it is" in page("bob").table.get_text()


def test_nbgraders_command_and_the_formgraders_button_write_the_same_page(judged):
    written("bob")
    path = judged / "feedback/bob/tiny/tiny.html"
    ours = path.read_bytes()
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", "tiny", "--student=bob", "--force"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == ours
    path.unlink()
    answer = NbGraderAPI(config=nbgrader_config()).generate_feedback("tiny", "bob")
    assert answer["success"], answer
    assert path.read_bytes() == ours


# Again only where something changed


def test_feedback_is_written_again_only_where_something_that_it_shows_changed(judged):
    some = ("ada", "bob", "eve")
    assert written(*some) == dict.fromkeys(some, "written")
    assert written(*some) == dict.fromkeys(some, "unchanged")
    with open_gradebook() as gradebook:
        gradebook.find_comment("add", "tiny", "tiny", "bob").manual_comment = "Look again."
        gradebook.db.commit()
    assert written(*some) == {"ada": "unchanged", "bob": "written", "eve": "unchanged"}
    course = judged / "course.yml"
    course.write_text(course.read_text().replace("A tiny module", "A small module"))
    assert written("eve") == {"eve": "written"}
    assert page("eve").title.get_text() == "Feedback: A small module"


# No secret


def test_before_a_judge_a_cell_that_prints_all_it_can_shows_no_secret(judged):
    assert written("eve") == {"eve": "written"}
    assert "703" not in page("eve").get_text()


def test_whoever_makes_a_secret_show_gets_no_feedback_and_the_others_do(in_kernel):
    done = subprocess.run([sys.executable, "-m", "cohort.cli", "feedback", "tiny"], capture_output=True, text=True)
    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert [line for line in said if line.startswith("error: prints: tiny.html for prints: the page shows line ")]
    assert [line for line in said if line.startswith("error: writes: tiny.html for writes: seen.txt shows line ")]
    assert len([line for line in said if line.startswith("error: ")]) == 2
    assert sorted(path.parent.parent.name for path in in_kernel.glob("feedback/*/tiny/*")) == ["bob", "tells"]


def test_no_earlier_page_is_left_where_a_new_one_would_leak(in_kernel):
    old = in_kernel / "feedback/prints/tiny/tiny.html"
    old.parent.mkdir(parents=True)
    old.write_text("assert add(20, 22.5) == 42.5")
    assert written("prints") == {"prints": "no feedback"}
    assert not old.exists()


def test_of_a_check_in_the_students_process_only_its_own_words_are_told(in_kernel):
    written("bob", "tells")
    assert table("bob")["Check 1: the sum of two"] == ["✗ failed", "Return the sum of both numbers.", "0 of 3"]
    assert table("tells")["Check 1: the sum of two"] == ["✗ failed", "The check ended with ValueError.", "0 of 3"]
    assert "I got 20" not in page("tells").get_text()


def test_a_message_with_a_hidden_value_in_it_is_not_shown(judged):
    outcomes = {each.student: each for each in feedback("tiny")}
    assert {each.student for each in outcomes.values() if each.state != "written"} == {"large"}
    assert outcomes["large"].reason.startswith(
        "tiny.html for large: the row of check_parts shows line 8 of cell check_parts in the source (hidden check)"
    )
    assert not (judged / "feedback/large/tiny").exists()


def test_a_comment_that_quotes_a_solution_is_not_shown_and_one_with_a_number_is(judged):
    def comment(words):
        with open_gradebook() as gradebook:
            gradebook.find_comment("add", "tiny", "tiny", "bob").manual_comment = words
            gradebook.db.commit()
        return written("bob")

    assert comment("Nearly: 42.5 is what I get.") == {"bob": "written"}
    assert comment("Write `total_of_both = a + b` instead.") == {"bob": "no feedback"}


def test_a_source_that_is_gone_stops_the_scan_and_with_it_the_page(judged):
    shutil.rmtree(judged / "source/tiny")
    (outcome,) = feedback("tiny", ["bob"])
    assert outcome.state == "no feedback" and "nobody can say what is secret: restore it" in outcome.reason


def test_a_name_that_was_not_graded_is_an_error(judged):
    with pytest.raises(CourseError, match="no submission of tiny by 'zoe' is autograded"):
        feedback("tiny", ["zoe"])


# The second fails where a hidden check names what it found wrong.
BANK = ("right/words_on_the_figure", "wrong/compare_expected_per_day")


def test_answers_of_the_course_give_no_false_alarm(tmp_path, monkeypatch):
    copy_course(tmp_path, only="excess")
    monkeypatch.chdir(tmp_path)
    released = read_notebook(release.release("excess"))
    bank = {f"{answer.kind}/{answer.name}": answer for answer in answers.read_bank("excess")}
    for number, name in enumerate(BANK):
        notebook = answers.answered(released, bank[name], answers.reference("excess"))
        write_notebook(notebook, tmp_path / f"submitted/student-{number}/excess/excess.ipynb")
    assert all(each.state == "graded" for each in engine.autograde("excess", how=engine.How(workers=1)))
    assert [(each.state, each.reason) for each in feedback("excess")] == [("written", "")] * len(BANK)
    assert "The expected of four years is not right." in page("student-1", "excess").get_text()


# For everyone


def test_the_page_is_one_light_file_with_one_first_heading_and_all_in_order(judged):
    written("ada")
    html = page("ada")
    assert html.html["lang"] == "en"
    levels = [int(each.name[1]) for each in html.find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert not html.find_all(["script", "link", "iframe"]) and len(html.find_all("style")) == 1
    assert not html.find_all(onclick=True)
    assert [each["alt"] for each in html.find_all("img")] == [
        "Figure made by the code above",
        "A dot.",
        "Figure made by the code above",
        "a figure",
    ]
    ids = [each["id"] for each in html.find_all(id=True)]
    links = [each["href"][1:] for each in html.find_all("a", href=re.compile("^#"))]
    assert links and set(links) <= set(ids)
    assert (judged / "feedback/ada/tiny/tiny.html").stat().st_size < 30_000


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 320])
def test_in_a_browser_the_page_fits_and_asks_no_other_host_and_has_no_barrier(judged, browser, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    written("ada", "bob")
    for student in ("ada", "bob"):
        address = (judged / f"feedback/{student}/tiny/tiny.html").as_uri()
        window = {"viewport": {"width": width, "height": 800}}
        tab, asked = browser.new_page(**window, java_script_enabled=False), []
        tab.on("requestfinished", lambda request, asked=asked: asked.append(request.url))
        tab.goto(address, wait_until="networkidle")
        assert {url for url in asked if not url.startswith("data:")} == {address}
        tab = browser.new_page(**window, bypass_csp=True)  # the page lets no script run, and axe is one
        tab.goto(address)
        assert tab.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = axe.Axe().run(tab, options={"runOnly": {"type": "tag", "values": rules}})
        assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []
