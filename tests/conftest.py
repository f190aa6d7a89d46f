"""Courses to test with: a tiny one made here, and copies of the real one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# The files that take longest go first, so that no worker is left alone with one of them at the end.
SLOWEST = (
    "book/test_build.py",
    "audit/test_audit.py",
    "test_answers.py",
    "grading/test_engine.py",
    "test_demo.py",
    "hub/test_browser.py",
    "hub/test_server.py",
    "grading/test_parity.py",
    "hub/test_local.py",
    "hub/test_browser_faults.py",
)

COURSE = """\
title: Tiny course
language: en
tracks:
  - id: B
    title: Climate and health
modules:
  - name: tiny
    code: B1
    title: A tiny module
    question: Does the machinery work?
    minutes: {lesson: 5, assignment: 5}
    objectives: [Add two numbers.]
    datasets: []
    prerequisites: []
    credits: {authors: wanted, reviewers: wanted}
"""

ANSWERS = {
    "right/other_order": "# shows: The other order.\n# %% add\ndef add(a, b):\n    return b + a\n",
    "wrong/product": "# shows: Multiplies.\n# loses: [check_add]\n# %% add\ndef add(a, b):\n    return a * b\n",
    "blank/released": "# shows: Nothing answered.\n# rest: blank\n",
    "hostile/raises": "# shows: Raises.\n# loses: [check_add]\n# %% add\ndef add(a, b):\n    raise RuntimeError\n",
    "hostile/loops": "# shows: Loops.\n# loses: [check_add]\n# %% add\ndef add(a, b):\n    while True:\n        pass\n",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run the tests marked `matrix` too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    order = {ROOT / "tests" / name: place for place, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: order.get(item.path, len(order)))  # keeps the order within a file
    if not config.getoption("--all"):
        for item in items:
            if item.get_closest_marker("matrix"):
                item.add_marker(pytest.mark.skip(reason="only with --all, as in `make test-all`"))


def cell(id: str, source: str, **nbgrader: object) -> nbformat.NotebookNode:
    """A code cell with nbgrader metadata."""
    about = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3} | nbgrader
    metadata = {"nbgrader": about | {"grade_id": id}}
    if "parameters" in id:
        metadata["tags"] = ["parameters"]
    return new_code_cell(source, id=id, metadata=metadata)


def tiny_source() -> nbformat.NotebookNode:
    """An assignment with one function to write, a visible and a hidden check, and a written answer."""
    notebook = new_notebook(
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"},
            "language_info": {"name": "python"},
        }
    )
    text = {"grade": True, "solution": True, "locked": False, "task": False, "schema_version": 3, "points": 2}
    notebook.cells = [
        new_markdown_cell("# Tiny", id="title"),
        cell("parameters", 'place = "NG"\nseed = 1995', locked=True),
        cell(
            "add",
            "def add(a, b):\n    ### BEGIN SOLUTION\n    total_of_both = a + b\n    return total_of_both\n"
            "    ### END SOLUTION",
            solution=True,
        ),
        cell(
            "check_add",
            'assert add(1, 1) == 2, "Return the sum of both numbers."\n### BEGIN HIDDEN TESTS\n'
            "assert add(20, 22.5) == 42.5\n### END HIDDEN TESTS",
            grade=True,
            locked=True,
            points=3,
        ),
        new_markdown_cell(
            "Say why.\n\n=== BEGIN MARK SCHEME ===\nBecause a sum has two parts.\n=== END MARK SCHEME ===",
            id="why",
            metadata={"nbgrader": text | {"grade_id": "why"}},
        ),
    ]
    return notebook


def tiny_lesson() -> nbformat.NotebookNode:
    """A lesson that says which place it ran for."""
    notebook = new_notebook(metadata=tiny_source().metadata)
    notebook.cells = [
        new_markdown_cell("# Tiny lesson", id="title"),
        new_code_cell('place = "NG"\nseed = 1995', id="parameters", metadata={"tags": ["parameters"]}),
        new_code_cell('print("ran for", place)', id="say-where"),
    ]
    return notebook


def write_tiny_course(root: Path) -> None:
    """Lay out a course with one tiny module; a cell may take 3 seconds."""
    (root / "course.yml").write_text(COURSE)
    shutil.copy(ROOT / "cohort.yml", root)
    config = (ROOT / "nbgrader_config.py").read_text()
    (root / "nbgrader_config.py").write_text(config.replace("timeout = 20", "timeout = 3"))
    (root / "places").mkdir()
    for code in ("NG", "IN"):
        pack = (ROOT / "places" / f"{code}.yml").read_text()
        (root / "places" / f"{code}.yml").write_text(pack.replace("  excess: >-", "  tiny: >-"))
    for folder, notebook in (("source", tiny_source()), ("notebooks", tiny_lesson())):
        (root / folder / "tiny").mkdir(parents=True)
        nbformat.write(notebook, root / folder / "tiny" / "tiny.ipynb")
    for name, text in ANSWERS.items():
        path = root / "answers" / "tiny" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture(autouse=True, scope="session")
def no_cohort_chosen() -> Iterator[None]:
    """The tests run for the demo cohort, whatever COHORT says outside."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COHORT", raising=False)
        yield


@pytest.fixture(scope="session")
def tiny_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny course, released once: making a gradebook takes seconds, copying one does not."""
    from cohort.release import release

    root = tmp_path_factory.mktemp("tiny")
    write_tiny_course(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.delenv("COHORT", raising=False)
        release("tiny")
    return root


@pytest.fixture
def released(tiny_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of a course with one tiny module, released; also the working directory."""
    shutil.copytree(tiny_once, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COHORT", raising=False)
    return tmp_path


@pytest.fixture
def tiny(released: Path) -> Path:
    """The root of a course with one tiny module that was never released."""
    shutil.rmtree(released / "release")
    (released / "gradebook.db").unlink()
    return released


def copy_course(target: Path, only: str | None = None) -> Path:
    """A copy of the real course's sources, or of one module of it, with nothing built, released or submitted."""
    keep = ("course.yml", "cohort.yml", "nbgrader_config.py", "places", "notebooks", "source", "answers", "book")
    for name in keep:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("_build", "node_modules"))
        else:
            shutil.copy(ROOT / name, target / name)
    # MathJax was fetched by the set-up; the copy uses the same files.
    if (ROOT / "book" / "node_modules").exists():
        (target / "book" / "node_modules").symlink_to(ROOT / "book" / "node_modules")
    if only:
        _leave_out(target, [path.name for path in (target / "source").iterdir() if path.name != only])
    return target


def _leave_out(root: Path, modules: list[str]) -> None:
    """Take modules out of a copy: what a test does with one module costs the same, however many there are."""
    about = yaml.safe_load((root / "course.yml").read_text())
    about["modules"] = [module for module in about["modules"] if module["name"] not in modules]
    (root / "course.yml").write_text(yaml.safe_dump(about, sort_keys=False))
    contents = yaml.safe_load((root / "book/_toc.yml").read_text())
    for part in contents["parts"]:
        part["chapters"] = [each for each in part["chapters"] if each["file"].split("/")[0] not in modules]
    contents["parts"] = [part for part in contents["parts"] if part["chapters"]]
    (root / "book/_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False))
    for module in modules:
        for folder in ("notebooks", "source", "answers", "book"):
            shutil.rmtree(root / folder / module, ignore_errors=True)


@pytest.fixture(scope="session")
def course_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the real course for the whole session; tests that use it must not change its sources."""
    return copy_course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def in_course(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The session's copy of the course as the working directory."""
    monkeypatch.chdir(course_copy)
    monkeypatch.delenv("COHORT", raising=False)
    yield course_copy


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The system's Chromium; without one the test is skipped."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    return path or pytest.skip(f"no Chromium here: looked for {', '.join(BROWSERS)}")


@pytest.fixture
def browser(browser_path: str) -> Iterator[Browser]:
    """A Chromium of the test's own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield opened
        opened.close()
