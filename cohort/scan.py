"""Proves that what students are shown has no line and no value of a solution, a hidden check or a mark scheme."""

from __future__ import annotations

import builtins
import functools
import keyword
import math
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from nbformat import NotebookNode

from cohort.errors import CourseError
from cohort.literals import Code
from cohort.markers import HIDDEN_CHECK, MARKS, SOLUTION, marked_lines
from cohort.notebooks import is_solution, read_notebook

MARKER = re.compile(r"\b(BEGIN|END)\W+(SOLUTION|HIDDEN|MARK)\w*", re.IGNORECASE)
# Shorter lines ("else:", "return x") say nothing by themselves, nor do those of Python's own words alone.
TELLING_LINE = 12
COMMON = {*keyword.kwlist, *dir(builtins)}
# Shorter texts are parts of many words; numbers with fewer digits (10, 0.5, 1200) occur by chance.
TELLING_TEXT, TELLING_DIGITS = 4, 3
LARGEST = sys.float_info.max
WORD = re.compile(r"\w+")
NUMBER = re.compile(r"(?<![\w.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\w)")


class Number(NamedTuple):
    """A number as it stands in a text: its value, and its decimal places."""

    value: float
    decimals: int


@dataclass(frozen=True)
class Secrets:
    """What students must not see of an assignment, each with where it stands in the source.

    Attributes
    ----------
    lines : dict
        Telling lines by their words.
    texts, numbers : dict
        Telling values of hidden checks and solutions.
    open_text : str
        What students may see: the source without its secrets, and the messages of checks.
    """

    lines: dict[str, str]
    texts: dict[str, str]
    numbers: dict[float, str]
    open_text: str

    def lines_in(self, shown: str, own: str = "") -> Iterator[str]:
        """The secret lines in what is shown that are not in a student's own words, one sentence each.

        Lines are compared by their words, so that a line is also found where it was wrapped,
        coloured, or rendered from Markdown.
        """
        text = _words(shown)
        if found := [line for line in self.lines if line in text]:
            own_text = _words(own)
            yield from (self.lines[line] for line in found if line not in own_text)

    def values_in(self, shown: str, own: str = "") -> Iterator[str]:
        """The secret values in what is shown that are not in a student's own words, one sentence each.

        A number is found also where it is rounded to at least three digits.
        """
        for text, where in self.texts.items():
            if _holds(shown, text) and not _holds(own, text):
                yield f"{where}: {text!r}"
        if found := [
            (number, secret) for number in _numbers(shown) for secret in self.numbers if self._is(number, secret)
        ]:
            own_numbers = {number.value for number in _numbers(own)}
            yield from (
                f"{self.numbers[secret]}: {secret:.15g}" for one, secret in found if one.value not in own_numbers
            )

    def _is(self, number: Number, secret: float) -> bool:
        """Whether a number that is shown is a secret one, or that one rounded."""
        if not _is_telling(number.value):
            return False
        rounded = number.value not in self._open_numbers and round(secret, number.decimals)
        return math.isclose(secret, number.value) or math.isclose(rounded, number.value)

    @functools.cached_property
    def _open_numbers(self) -> set[float]:
        return {number.value for number in _numbers(self.open_text)}


def secrets(notebooks: Iterable[NotebookNode]) -> Secrets:
    """The secrets of an assignment's source notebooks.

    A line or value that stands also in what students may see of the same notebook is none; in
    another notebook it is: a solution may have been copied there.
    """
    found = Secrets({}, {}, {}, "")
    for each in map(_secrets, notebooks):
        found = Secrets(
            each.lines | found.lines,
            each.texts | found.texts,
            each.numbers | found.numbers,
            f"{found.open_text}\n{each.open_text}",
        )
    return found


def _secrets(notebook: NotebookNode) -> Secrets:
    lines, texts, numbers, open_parts = {}, {}, {}, []
    for cell in notebook.cells:
        secret = marked_lines(cell.source)
        if is_solution(cell) and SOLUTION not in secret.values():
            # Without marks the whole cell is the solution.
            secret = dict.fromkeys(range(1, cell.source.count("\n") + 2), SOLUTION) | secret
        for number, line in enumerate(cell.source.split("\n"), start=1):
            if number not in secret:
                open_parts.append(line)
            elif _tells(line) and not _is_mark(line, secret[number]):
                lines.setdefault(_words(line), f"{_where(secret[number], cell, number)}: {line.strip()!r}")
        if cell.cell_type == "code" and HIDDEN_CHECK in secret.values():
            open_parts += [part for message in Code(cell.source).messages() for part in message if part]
        for value, number in _values(cell, secret):
            where = _where(secret[number], cell, number)
            if isinstance(value, str):
                texts.setdefault(value, where)
            elif abs(value) < LARGEST:
                numbers.setdefault(abs(float(value)), where)
    open_text = "\n".join(open_parts)
    open_words, open_numbers = _words(open_text), {number.value for number in _numbers(open_text)}
    return Secrets(
        {line: where for line, where in lines.items() if line not in open_words},
        {text: where for text, where in texts.items() if _is_telling_text(text) and not _holds(open_text, text)},
        {one: where for one, where in numbers.items() if _is_telling(one) and one not in open_numbers},
        open_text,
    )


def read_secrets(folder: Path) -> Secrets:
    """The secrets of the source notebooks in a folder.

    Raises
    ------
    CourseError
        If there is none, or one is damaged.
    """
    paths = sorted(folder.glob("*.ipynb"))
    if not paths:
        raise CourseError(f"{folder} has no notebook, so nobody can say what is secret: restore it from git")
    return secrets(read_notebook(path) for path in paths)


def leaks_of_release(hidden: Secrets, folder: Path) -> Iterator[str]:
    """What a release shows of the secrets, one sentence each that names file and cell.

    Notebooks are scanned for lines, values, outputs, and marks of nbgrader's; all other files for
    lines and marks: a table of data may hold any number.
    """
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder)
        if path.suffix == ".ipynb":
            yield from (f"{name}: {leak}" for leak in leaks_of_notebook(hidden, read_notebook(path)))
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        yield from (f"{name} shows {leak}" for leak in hidden.lines_in(text))
        if marker := MARKER.search(text):
            yield f"{name} has a mark of nbgrader's: {marker[0]!r}"


def leaks_of_notebook(hidden: Secrets, released: NotebookNode) -> Iterator[str]:
    """What a released notebook shows of the secrets, one sentence each that names the cell."""
    about = {name: value for name, value in released.metadata.items() if name not in ("kernelspec", "language_info")}
    parts = [("its metadata", "\n".join(strings(about)))]
    for cell in released.cells:
        rest = {name: value for name, value in cell.items() if name != "metadata"}
        rest["metadata"] = {name: value for name, value in cell.metadata.items() if name != "nbgrader"}
        parts.append((f"cell {cell.id}", "\n".join(strings(rest))))
    for place, text in parts:
        yield from (f"{place} shows {leak}" for leak in (*hidden.lines_in(text), *hidden.values_in(text)))
        if marker := MARKER.search(text):
            yield f"{place} still has a marker of nbgrader's, or a misspelt one: {marker[0]!r}"
    for cell in released.cells:
        if cell.get("outputs"):
            yield f"cell {cell.id} has outputs"


def strings(value: Any) -> Iterator[str]:
    """All texts in plain data."""
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from strings(each)
        case list():
            for each in value:
                yield from strings(each)


def _values(cell: NotebookNode, secret: dict[int, str]) -> Iterator[tuple[str | float, int]]:
    """The values in the secret lines of a cell, each with its line."""
    if cell.cell_type == "code":
        yield from Code(cell.source).values(secret)
        return
    for number, line in enumerate(cell.source.split("\n"), start=1):
        if number in secret:
            yield from ((found.value, number) for found in _numbers(line))


def _where(kind: str, cell: NotebookNode, number: int) -> str:
    return f"line {number} of cell {cell.id} in the source ({kind})"


def _is_mark(line: str, kind: str) -> bool:
    return any(mark in line for mark in MARKS[kind])


def _tells(line: str) -> bool:
    return len(line.strip()) >= TELLING_LINE and bool(set(WORD.findall(line)) - COMMON)


def _words(text: str) -> str:
    return f" {' '.join(WORD.findall(text))} "


def _holds(text: str, part: str) -> bool:
    return part in text and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None


def _numbers(text: str) -> Iterator[Number]:
    for found in NUMBER.finditer(text):
        whole, _, decimals = found[0].replace(",", "").partition(".")
        places = len(re.match(r"\d*", decimals)[0])
        yield Number(float(f"{whole}.{decimals}" if decimals else whole), places)


def _is_telling_text(text: str) -> bool:
    return len(text.strip()) >= TELLING_TEXT and WORD.search(text) is not None


def _is_telling(number: float) -> bool:
    """Whether a number has enough digits, zeros at both ends not counted, not to occur by chance."""
    digits = f"{abs(number):.15g}".partition("e")[0].replace(".", "").strip("0")
    return len(digits) >= TELLING_DIGITS
