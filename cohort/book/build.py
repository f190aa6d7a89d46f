"""Jupyter Book per edition: stages the sources, builds the pages, checks what they load."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from nbformat import NotebookNode

from cohort import mathjax, pages, provenance, tree
from cohort.audit.page import audit_page
from cohort.course import Course, load_course
from cohort.done import Done, fingerprint, fingerprint_files
from cohort.errors import CourseError, must_exist
from cohort.files import whole_folder
from cohort.notebooks import read_notebook, write_notebook
from cohort.places import Place, load_place

Progress = Callable[[str, float], None]

# What decides how a page looks, beside the sources: a new version means a new build.
_PACKAGES = ("jupyter-book", "Sphinx", "myst-nb", "myst-parser", "sphinx-book-theme", "pydata-sphinx-theme")
_INSTALL = "run `make setup`, or install this folder with its extra `book`"
_WRITTEN = "<!-- Written by `cohort book`: do not edit. -->\n"


def build(place: str, *, progress: Progress | None = None) -> Path:
    """Build the book of a place, offline, from the lessons that papermill has run there.

    A warning is an error. Where nothing changed since the last build, nothing is done. A build
    that fails or is interrupted leaves the book of before.

    Parameters
    ----------
    place : str
        The code of a place, such as ``NG``.
    progress : callable, optional
        Called with a step in words and the share done, from 0 to 1.

    Returns
    -------
    pathlib.Path
        The first page, ``book/_build/<place>/html/index.html``.

    Raises
    ------
    CourseError
        If a lesson was not run, a figure has no alt text, a program is not installed, or the
        build gives a warning; the message names the file and the mend.

    Examples
    --------
    >>> build("NG").name  # doctest: +SKIP
    'index.html'
    """
    say = progress or (lambda step, share: None)
    here = load_place(place)
    edition = tree.root() / "book" / "_build" / place
    source, html = edition / "source", edition / "html"
    say("gathering the sources", 0.0)
    with whole_folder(source) as beside:
        stage(here, beside)
    key = fingerprint(fingerprint_files(_files(source), source), *map(_version, _PACKAGES), Path(__file__).read_bytes())
    done = Done(edition / "done.json")
    if not (html / "index.html").exists() or not done.has("html", key):
        _need_jupyter_book()
        work = edition / "work"
        shutil.rmtree(work, ignore_errors=True)
        try:
            built = _run(source, work, edition / "build.log", say)
            _check_alt_texts(built)
            _lighten(built)
            with whole_folder(html) as beside:
                beside.rmdir()
                built.rename(beside)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        done.add("html", key)
    say("done", 1.0)
    return html / "index.html"


def stage(place: Place, folder: Path) -> None:
    """Put everything that the book of a place is built from into an empty folder.

    That is ``book/`` itself, each module's executed lesson, the pages written from ``course.yml``,
    the pack and the dataset descriptors, and MathJax. Each page says who made and who checked it.

    Raises
    ------
    CourseError
        If the place has no scenario for a module, a lesson was not run there, or a figure in it has no alt text.
    """
    book = must_exist(tree.root() / "book" / "_config.yml", "run the command in a checkout of the course").parent
    course = load_course()
    shutil.copytree(book, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("_build", "node_modules", ".*"))
    for module in course.modules:
        place.scenario(module.name)
        path = tree.executed_lesson(module.name, place.code)
        notebook = read_notebook(path, f"run `cohort lessons {module.name} --place {place.code}`")
        (folder / module.name).mkdir(exist_ok=True)
        write_notebook(readable(notebook, path), folder / module.name / "lesson.ipynb")
    written = {
        "_generated/edition.md": pages.edition(place),
        "_generated/modules.md": pages.modules_table(course),
        "credits.md": pages.credits_page(course, place),
        "datasets.md": pages.datasets_page(course),
        "audit.md": audit_page(course),
    }
    for name, text in written.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(_WRITTEN + text, encoding="utf-8")
    _box_pages(course, place, folder)
    mathjax.copy(mathjax.fetch(), folder / "_extra" / "_static" / "mathjax")


def readable(notebook: NotebookNode, path: Path) -> NotebookNode:
    """An executed lesson as a page shows it: alt text on each figure, the parameters once.

    myst-nb reads the alt text of a figure from its cell, ``cohort.figures.show`` writes it to
    the output: it is copied over. Of the parameters, the cell with the values of this place
    stays and the cell with the defaults goes.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Changed in place.
    path : pathlib.Path
        Where it was read, for the messages.

    Raises
    ------
    CourseError
        If a figure has no alt text, or a cell shows more than one figure.
    """
    injected = any("injected-parameters" in cell.metadata.get("tags", []) for cell in notebook.cells)
    for number, cell in enumerate(notebook.cells, start=1):
        tags = cell.metadata.get("tags", [])
        if injected and "parameters" in tags:
            cell.metadata["tags"] = [*tags, "remove-cell"]
        figures = list(_figures(cell))
        where = f"{path}: cell {number} ({cell.get('id', 'no id')})"
        if len(figures) > 1:
            raise CourseError(
                f"{where} shows {len(figures)} figures: split it, one figure a cell, each with its alt text"
            )
        for about in figures:
            alt = " ".join(str(about.get("alt", "")).split())
            if not alt:
                raise CourseError(
                    f"{where} shows a figure without alt text: show it with cohort.figures.show(figure, alt, table)"
                )
            cell.metadata.setdefault("mystnb", {}).setdefault("image", {})["alt"] = alt
    # Pages show no widgets, and for their saved state myst-nb would load scripts from another host.
    notebook.metadata.pop("widgets", None)
    return notebook


def _box_pages(course: Course, place: Place, folder: Path) -> None:
    """Say on each page who made and who checked it; the page of credits says it of all."""
    boxes = {module.name: provenance.of_module(module, place) for module in course.modules}
    for path in folder.rglob("*.md"):
        name = path.relative_to(folder)
        if name.parts[0] == "_generated" or name == Path("credits.md"):
            continue
        text = pages.boxed(path.read_text(encoding="utf-8"), boxes.get(name.parts[0]) or provenance.of_page(course))
        if text is None:
            raise CourseError(f"book/{name}: no title with an empty line below it: begin the page with one")
        path.write_text(text, encoding="utf-8")


def _run(source: Path, work: Path, log: Path, say: Progress) -> Path:
    """Run Jupyter Book from `source` into `work`, and return the folder of the pages."""
    options = ["--path-output", work, "--warningiserror", "--nitpick", "--keep-going"]
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", *options, source]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    first = None
    pipe: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "env": environment}
    with (
        log.open("w", encoding="utf-8") as kept,
        subprocess.Popen(command, encoding="utf-8", errors="replace", **pipe) as program,
    ):
        try:
            for coloured in program.stdout:
                line = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
                kept.write(line)
                if found := re.match(r"(reading sources|writing output)\.\.\. \[ *(\d+)%\] *(\S*)", line):
                    step, percent, page = found.groups()
                    say(f"{step}: {page}", int(percent) / 200 + (0.5 if step == "writing output" else 0.0))
                elif first is None and re.search(r"\b(WARNING|ERROR|CRITICAL)\b:", line):
                    first = line.strip()
        except BaseException:
            program.kill()
            raise
    if program.returncode:
        reason = first or (log.read_text(encoding="utf-8").strip().splitlines() or ["Jupyter Book gave no reason"])[-1]
        reason = reason.replace(f"{source}{os.sep}", "book/")
        raise CourseError(f"the book was not built: {reason}. Mend that and run again; all messages: {log}")
    return work / "_build" / "html"


def _check_alt_texts(html: Path) -> None:
    """Refuse a picture without alt text; Sphinx puts the path of a picture where its author gave none."""
    for page in sorted(html.rglob("*.html")):
        for picture in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find_all("img"):
            alt = picture.get("alt", "").strip()
            suffix = Path(picture.get("src", "")).suffix
            if not alt or (suffix and Path(alt).suffix == suffix):
                name = page.relative_to(html).with_suffix("")
                raise CourseError(
                    f"book/{name}: the picture {picture.get('src')} has no alt text: write one, as in ![alt](file)"
                )


def _lighten(html: Path) -> None:
    """Leave out what a page does not need: the icon font, and MathJax where there is no formula.

    Sphinx loads MathJax also on a page whose contents list one with formulas. The icons are
    drawn by ``_static/course.css``.
    """
    for page in html.rglob("*.html"):
        text = re.sub(r"<script[^>]*/fontawesome\.js[^>]*></script>", "", page.read_text(encoding="utf-8"))
        if 'class="math ' not in text:
            text = re.sub(r"<script>window\.MathJax = [^<]*</script>|<script[^>]*/mathjax/[^>]*></script>", "", text)
        # Sizes as attributes, not as style, so that a narrow screen keeps the picture's proportions.
        size = r'style="width: (\d+)(?:px)?; height: (\d+)(?:px)?;"'
        page.write_text(re.sub(size, r'width="\1" height="\2"', text), encoding="utf-8")
    shutil.rmtree(html / "_static" / "vendor" / "fontawesome", ignore_errors=True)
    for sheet in html.rglob("pydata-sphinx-theme.css"):
        glyphs = r"@font-face\{[^}]*fontawesome[^}]*\}|(?:\.fa-[a-z0-9-]+:before,?)+\{content:[^}]*\}"
        sheet.write_text(re.sub(glyphs, "", sheet.read_text(encoding="utf-8")), encoding="utf-8")
    unused = ("*.map", "fontawesome.js*", "*webpack-macros.html")
    for file in {file for pattern in unused for file in html.rglob(pattern)}:
        file.unlink()


def _need_jupyter_book() -> None:
    if importlib.util.find_spec("jupyter_book") is None:
        raise CourseError(f"jupyter-book is not installed: {_INSTALL}")


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _version(package: str) -> str:
    try:
        return f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        return f"{package} absent"


def _figures(cell: NotebookNode) -> Iterator[dict[str, Any]]:
    """The output metadata of each picture that a cell shows."""
    for output in cell.get("outputs", []):
        kinds = [kind for kind in output.get("data", {}) if kind.startswith("image/")]
        if kinds:
            yield output.get("metadata", {}).get(kinds[0], {})
