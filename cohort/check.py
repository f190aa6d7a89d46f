"""What a contributor runs before a pull request: every check yields one line per problem."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

from nbformat import NotebookNode
from nbgrader.nbgraderformat import ValidationError
from nbgrader.nbgraderformat import read as read_nbgrader
from nbgrader.preprocessors import CheckCellMetadata

from cohort import answers, datasets, misconceptions, place_check, place_schema, places, tree
from cohort.audit import report
from cohort.course import load_cohort, load_course
from cohort.errors import CourseError
from cohort.notebooks import grade_id, read_notebook
from cohort.scan import leaks_of_release, read_secrets

CELL_ID = re.compile(r"^[a-z][a-z0-9_-]{2,63}$")
METADATA = {"kernelspec", "language_info"}
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)|(?:href|src)=\"([^\"]+)\"")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)


def course_file() -> Iterator[str]:
    """``course.yml`` and ``cohort.yml`` validate, and every module has all its parts."""
    load_cohort()
    for module in load_course().modules:
        name = module.name
        for path in (
            tree.lesson(name),
            tree.source(name),
            tree.release(name),
            tree.root() / "answers" / name,
            tree.root() / "book" / name / "chapter.md",
            tree.root() / "book" / name / "facilitator.md",
        ):
            if not path.exists():
                yield f"{_short(path)}: missing: the module {name} of course.yml needs it"


def place_packs() -> Iterator[str]:
    """Every pack validates and lacks nothing, and the schema for editors is the one that validates them."""
    for code in places.codes():
        yield from place_check.check(code).faults
    if not place_schema.current():
        yield f"{_short(place_schema.path())}: out of date: run `cohort place schema`"
    if load_cohort().place not in places.codes():
        yield f"cohort.yml: there is no pack for its place {load_cohort().place}: add places/{load_cohort().place}.yml"


def notebooks() -> Iterator[str]:
    """Lessons and sources are clean: no outputs, readable ids that occur once, no stray metadata."""
    for module in load_course().modules:
        for path in (tree.lesson(module.name), tree.source(module.name)):
            notebook = read_notebook(path)
            # nbformat renames a repeated id when it reads, so these are the file's own.
            ids = Counter(cell.get("id") for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])
            for id in (id for id, count in ids.items() if count > 1):
                yield f"{_short(path)}: the cell id {id!r} stands {ids[id]} times: give each cell its own"
            yield from unclean(notebook, _short(path))
        lesson = read_notebook(tree.lesson(module.name))
        if not any("parameters" in cell.metadata.get("tags", []) for cell in lesson.cells):
            where = _short(tree.lesson(module.name))
            yield f"{where}: no cell is tagged `parameters`: tag the one that sets place and seed"


def unclean(notebook: NotebookNode, where: str) -> Iterator[str]:
    """What a notebook carries that does not belong into git."""
    extra = set(notebook.metadata) - METADATA
    if extra:
        yield f"{where}: notebook metadata {', '.join(sorted(extra))}: remove it"
    for cell in notebook.cells:
        if not CELL_ID.match(cell.id) or re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f-]+)?", cell.id):
            yield f"{where}: cell id {cell.id!r}: give it a readable name, such as `fit-one-harmonic`"
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count is not None):
            yield f"{where}: cell {cell.id} has outputs or a count: clear all outputs and save"


def assignments() -> Iterator[str]:
    """Sources carry valid nbgrader metadata, and grade ids equal cell ids."""
    for module in load_course().modules:
        path = tree.source(module.name)
        read_notebook(path)
        try:
            notebook = read_nbgrader(str(path), as_version=4)
            CheckCellMetadata().preprocess(notebook, {})
        except (ValidationError, RuntimeError) as error:
            yield f"{_short(path)}: nbgrader metadata: {str(error).splitlines()[0]}"
            continue
        for cell in notebook.cells:
            if grade_id(cell) not in (None, cell.id):
                yield f"{_short(path)}: cell {cell.id} has the grade_id {grade_id(cell)!r}: make them equal"


def releases() -> Iterator[str]:
    """No release shows a solution, a hidden check, a mark scheme or an output."""
    for module in load_course().modules:
        released = tree.release(module.name)
        if released.exists():
            for leak in leaks_of_release(read_secrets(tree.source(module.name).parent), released.parent):
                yield f"{_short(released)}: {leak}: run `cohort release {module.name}`"


def banks() -> Iterator[str]:
    """Every answer of every bank names cells and checks that exist."""
    for module in load_course().modules:
        bank = answers.read_bank(module.name)
        yield from misconceptions.leaks(module.name)
        for kind in answers.Kind:
            if not any(answer.kind == kind for answer in bank):
                yield f"answers/{module.name}/{kind}: no answer there: add at least one"
        for word in ("raises", "loops"):
            if not any(answer.kind == answers.Kind.HOSTILE and word in answer.name for answer in bank):
                yield f"answers/{module.name}/hostile: no answer there {word}: the demo needs one, such as {word}.py"


def audits() -> Iterator[str]:
    """Every module was audited as it is now, and its gate is open."""
    for module in load_course().modules:
        kept = report.read(module.name)
        if kept is None or kept.mark != report.mark(module.name):
            where = f"answers/{module.name}/{report.NAME}"
            yield f"{where}: not of the assignment as it is: run `cohort audit {module.name}`"
        else:
            yield from kept.faults()


def data_packages() -> Iterator[str]:
    """Every dataset's descriptor is a valid Data Package."""
    try:
        from frictionless import Package
    except ImportError:
        yield "frictionless is not installed: run `make setup-test`"
        return
    for name in datasets.names():
        for error in Package.metadata_validate(datasets.describe(name)):
            yield f"cohort/datapackages/{name}.json: {error.message}"


def links() -> Iterator[str]:
    """Links to files inside the repository lead somewhere."""
    for path in _tracked(".md", ".ipynb"):
        text = (
            "\n\n".join(cell.source for cell in read_notebook(path).cells if cell.cell_type == "markdown")
            if path.suffix == ".ipynb"
            else path.read_text(encoding="utf-8")
        )
        for match in LINK.finditer(FENCE.sub("", text)):
            target = unquote(match[1] or match[2]).partition("#")[0]
            if not target or re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue
            if not (path.parent / target).exists() and not _staged(path, target):
                yield f"{_short(path)}: the link to {target} leads nowhere"


def lint() -> Iterator[str]:
    """Ruff finds nothing in the code."""
    ruff = shutil.which("ruff", path=str(Path(sys.executable).parent)) or shutil.which("ruff")
    if ruff is None:
        yield "ruff is not installed: run `make setup-test`"
        return
    command = [ruff, "check", "--quiet", "--output-format=concise", "."]
    done = subprocess.run(command, cwd=tree.root(), capture_output=True, text=True)
    yield from done.stdout.splitlines()
    if done.returncode > 1:
        yield f"ruff itself failed: {(done.stderr.strip().splitlines() or ['no reason given'])[0]}"


CHECKS: dict[str, Callable[[], Iterator[str]]] = {
    "course.yml and the tree": course_file,
    "places": place_packs,
    "notebooks": notebooks,
    "assignments": assignments,
    "releases": releases,
    "answers": banks,
    "audits": audits,
    "data packages": data_packages,
    "links": links,
    "lint": lint,
}


def run(name: str) -> list[str]:
    """The problems that one of `CHECKS` finds, one line each."""
    try:
        return list(CHECKS[name]())
    except CourseError as error:
        return str(error).splitlines()


def _tracked(*suffixes: str) -> list[Path]:
    """Files with these suffixes that git tracks, or would."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=tree.root(), capture_output=True, text=True)
    if done.returncode:
        raise CourseError(f"git cannot list the files of {tree.root()}: {done.stderr.strip()}")
    paths = [tree.root() / line for line in done.stdout.split("\0") if line]
    return [path for path in paths if path.suffix in suffixes and path.exists()]


def _staged(path: Path, target: str) -> bool:
    """Whether the target is a page that the book's build puts there."""
    return path.is_relative_to(tree.root() / "book") and Path(target).name in (
        "lesson.ipynb",
        "audit.md",
        "credits.md",
        "datasets.md",
    )


def _short(path: Path) -> str:
    return str(path.relative_to(tree.root()))
