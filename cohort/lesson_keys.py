"""What the outputs of a lesson depend on, as one fingerprint for each place."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from IPython.core.inputtransformer2 import TransformerManager

from cohort import datasets, places, tree
from cohort.course import load_cohort, load_course
from cohort.done import fingerprint, fingerprint_files
from cohort.notebooks import read_notebook

PACKAGE = Path(__file__).parent


def keys(module: str, at: list[str]) -> dict[str, str]:
    """A fingerprint by place: of the notebook, the packs, data and course code that it reads, and what is installed.

    Raises
    ------
    CourseError
        If the notebook is missing or damaged.
    """
    path = tree.lesson(module)
    parts = list(_code(path))
    files = set(_course_code(parts))
    about = load_course().module(module)
    shared = fingerprint(
        path.read_bytes(),
        about.model_dump_json(),
        str(load_cohort().seed),
        *(str(datasets.describe(name)) for name in about.datasets),
        fingerprint_files(files, PACKAGE.parent),
        *_installed(),
    )
    others = _packs([*parts, *(_parsed(file) for file in files if file.stem != "places")], parts)
    packs = tree.root() / "places"
    return {
        place: fingerprint(shared, fingerprint_files({packs / f"{code}.yml" for code in {place, *others}}, packs))
        for place in at
    }


def _code(lesson: Path) -> Iterator[ast.Module]:
    """The code cells of a lesson but for its parameters, which papermill replaces."""
    for cell in read_notebook(lesson).cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            with suppress(SyntaxError):  # running it will say so
                yield ast.parse(TransformerManager().transform_cell(cell.source))


def _course_code(parts: list[ast.Module]) -> Iterator[Path]:
    """The files of this package that code imports, and those that they import."""
    found: set[Path] = set()
    todo = list(parts)
    while todo:
        for name in _imported(todo.pop()):
            base = PACKAGE.parent.joinpath(*name.split("."))
            for path in (base.with_suffix(".py"), base / "__init__.py"):
                if name.startswith(PACKAGE.name) and path.is_file() and path not in found:
                    found.add(path)
                    todo.append(_parsed(path))
                    yield path


def _imported(code: ast.Module) -> Iterator[str]:
    """What an import may load: ``from a import b`` names a module ``a.b``, or ``b`` in ``a``."""
    for node in ast.walk(code):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from (module, *(f"{module}.{each.name}" for each in names))


def _packs(code: list[ast.Module], lesson: list[ast.Module]) -> set[str]:
    """The places that a lesson reads beside its own: those that it names, or all if it asks for their codes."""
    for part in code:
        for node in ast.walk(part):
            match node:
                case ast.Attribute(attr="codes") | ast.alias(name="codes"):
                    return set(places.codes())
    texts = {node.value for part in lesson for node in ast.walk(part) if isinstance(node, ast.Constant)}
    return {code for code in places.codes() if code in texts}


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


@cache
def _installed() -> list[str]:
    return [sys.version, *sorted(f"{each.name}=={each.version}" for each in distributions())]
