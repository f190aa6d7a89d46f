"""Compares this engine's grading with plain nbgrader's, output by output and row by row."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import random
import re
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from PIL import Image

from cohort.course import cohort_folder, load_cohort
from cohort.errors import CourseError
from cohort.grading.course_directory import open_gradebook
from cohort.grading.engine import submissions
from cohort.grading.gradebook import rows
from cohort.grading.plain import plainly
from cohort.notebooks import grade_id
from cohort.scores import scored

# Bounded, as a student may print a path of a million parts.
FOLDERS = r"(?:/[\w.@+-]+){0,20}?"
# What two runs of plain nbgrader do not agree on either: the reason, what it looks like, what stands for it.
MASKS: dict[str, tuple[re.Pattern[str], str]] = {
    "an object's address in memory": (re.compile(r"\b0x[0-9a-f]{6,16}\b"), "0x"),
    "the file name of a cell holds the process id": (re.compile(FOLDERS + r"/ipykernel_\d+/\d+\.py"), "<cell>"),
    "each submission has a working folder of its own": (
        re.compile(FOLDERS + r"/(autograded/[\w.@+-]+/[\w.-]+|\d+/work)\b"),
        "<folder>",
    ),
    "a temporary file's name is drawn": (re.compile(rf"(?:{FOLDERS}/tmp[a-z0-9_]{{8}}\b)+"), "<temporary>"),
    "a process id": (re.compile(r"\b(pid)(\W{1,3})\d+\b", re.IGNORECASE), r"\1\2<pid>"),
    "how many threads the kernel itself has": (re.compile(r"\bThread-\d+\b"), "Thread-<n>"),
    "how long %time found": (re.compile(r"^(CPU times|Wall time): .*$", re.MULTILINE), r"\1: <time>"),
    "how long %timeit found": (re.compile(r"^.* per loop .*$", re.MULTILINE), "<time> per loop"),
    "how deep the stack was before": (re.compile(r"(similar frames:.*?) \(\d+ times\)"), r"\1 (<many> times)"),
    "drawn ids of widgets": (re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])"), "<id>"),
    "drawn ids of styled tables": (re.compile(r"\bT_[0-9a-f]{5}"), "T_"),
    "drawn ids inside an SVG figure": (re.compile(r"(?<=[#\"])[a-zA-Z]?[0-9a-f]{10}(?=[\")])"), "<id>"),
    "when an SVG figure was drawn": (re.compile(r"<dc:date>.*?</dc:date>"), "<dc:date/>"),
}
# Where an interrupt falls is chance, and so is the place that its traceback shows.
CHANCE_TRACEBACK = ("KeyboardInterrupt",)
# nbgrader cuts long outputs by the line, and counts one more wherever ipykernel's timer cut a stream.
CUT, CUT_KEEPS = "... Output truncated ...", 900
# What decoded content is compared for, as two files may differ that show the same.
IMAGES = ("image/png", "image/jpeg", "image/gif")
# What autograding decides anew after a person has graded; the person's word stands in the gradebook.
BY_PERSON = ("score", "needs_manual_grade", "late_submission_penalty")
EXCERPT = 160


@dataclass(frozen=True)
class Difference:
    """One thing in which two gradings differ; `notebook` is empty where it is the whole submission."""

    student: str
    notebook: str
    where: str
    ours: str
    plain: str


def verify(module: str, count: int, seed: int | None = None) -> Iterator[tuple[str, list[Difference]]]:
    """Grade a sample of graded submissions again with plain nbgrader, and compare.

    Nothing of the cohort changes. Each plain run starts a kernel: allow some seconds a submission.

    Parameters
    ----------
    module : str
        The assignment.
    count : int
        How many submissions; all of them if there are fewer.
    seed : int, optional
        Draws the sample; the cohort's own seed without it.

    Yields
    ------
    tuple of str and list of Difference
        The student and what differs, in the order of the students' names.

    Raises
    ------
    CourseError
        If nothing was graded, or the assignment was never released.
    """
    graded = sorted(scored(module) & set(submissions(module)))
    if not graded:
        raise CourseError(f"no submission of {module} was graded: run `cohort grade {module}` first")
    drawn = random.Random(load_cohort().seed if seed is None else seed)
    students = sorted(drawn.sample(graded, min(count, len(graded))))
    with tempfile.TemporaryDirectory(prefix="plain-", ignore_cleanup_errors=True) as into:
        for plain in plainly(module, students, Path(into)):
            with open_gradebook() as gradebook:
                ours = rows(gradebook, module, plain.student)
            folder = cohort_folder() / "autograded" / plain.student / module
            yield (
                plain.student,
                list(differences(folder, plain.folder, *_by_machine(ours, plain.rows), plain.student, plain.reason)),
            )


def differences(
    ours: Path, plain: Path, ours_rows: dict[str, Any], plain_rows: dict[str, Any], student: str, reason: str = ""
) -> Iterator[Difference]:
    """What differs between two gradings of a submission.

    Parameters
    ----------
    ours, plain : Path
        The autograded folders; one that does not exist stands for a submission that was not graded.
    ours_rows, plain_rows : dict
        What the gradebooks say, as `cohort.grading.gradebook.rows` gives it.
    student : str
        Whose submission.
    reason : str
        Why plain nbgrader did not grade it, for the message.
    """
    if ours.exists() != plain.exists():
        words = {True: "graded", False: "not graded"}
        because = f" ({reason})" if reason else ""
        yield Difference(student, "", "state", words[ours.exists()], words[plain.exists()] + because)
    elif ours.exists():
        for name in sorted(_files(ours) | _files(plain)):
            notebook = Path(name).stem if name.endswith(".ipynb") and "/" not in name else ""
            compare = _notebooks if notebook else _bytes
            for where, one, other in compare(name, ours / name, plain / name):
                yield Difference(student, notebook, where, *_excerpts(one, other))
    mine, theirs = _flat(ours_rows), _flat(plain_rows)
    for key in sorted(mine.keys() | theirs.keys()):
        one, other = mine.get(key, "no such row"), theirs.get(key, "no such row")
        if one != other:
            notebook, where = (key[1], key[2:]) if key[0] == "notebooks" else ("", key)
            words = ": ".join(part for part in where if part not in ("grades", "comments"))
            yield Difference(student, notebook, words, str(one), str(other))


def normalised(notebook: NotebookNode) -> list[dict[str, Any]]:
    """For each cell what must be equal, with what is chance masked.

    Returns
    -------
    list of dict
        ``cell`` (its kind and source), ``metadata``, ``number`` and ``outputs``. Streams that
        follow each other are joined, stdout before stderr: ipykernel's timers cut and order them.
    """
    return [
        {
            "cell": (cell.cell_type, cell.source),
            "metadata": {name: value for name, value in cell.metadata.items() if name != "execution"},
            "number": cell.get("execution_count"),
            "outputs": list(_outputs(cell.get("outputs", []))),
        }
        for cell in notebook.cells
    ]


def _outputs(outputs: list[NotebookNode]) -> Iterator[dict[str, Any]]:
    for is_stream, run in groupby(outputs, key=lambda output: output.output_type == "stream"):
        if is_stream:
            texts = {"stdout": "", "stderr": ""}
            for output in run:
                texts[output.name] += output.text
            yield from ({name: _uncut(masked(text))} for name, text in texts.items() if text)
        else:
            yield from map(_output, run)


def _output(output: NotebookNode) -> dict[str, Any]:
    if output.output_type == "error":
        lines = [] if output.ename in CHANCE_TRACEBACK else output.traceback
        return {"ename": output.ename, "evalue": masked(output.evalue), "traceback": masked("\n".join(lines))}
    return {
        "kind": output.output_type,
        "number": output.get("execution_count"),
        "metadata": output.metadata,
        "data": {kind: _content(kind, value) for kind, value in output.data.items()},
    }


def _content(kind: str, value: Any) -> str:
    if kind in IMAGES:
        return _picture(base64.b64decode(value))
    return masked(value if isinstance(value, str) else json.dumps(value, sort_keys=True))


def _picture(content: bytes) -> str:
    """Size and a hash of the pixels; of the bytes where it is no picture after all."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            size, content = image.size, image.convert("RGBA").tobytes()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        size = (0, 0)
    return f"{size[0]}x{size[1]} pixels, {_sum(content)}"


def _sum(content: bytes) -> str:
    return f"{len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()[:16]}"


def masked(text: str) -> str:
    """`text` without what is chance: addresses, process ids, temporary names, timings, drawn ids."""
    for pattern, instead in MASKS.values():
        text = pattern.sub(instead, text)
    return text


def _uncut(text: str) -> str:
    return "\n".join([*text.split("\n")[:CUT_KEEPS], CUT]) if text.rstrip().endswith(CUT) else text


def _files(folder: Path) -> set[str]:
    """The regular files, links not followed: what lies there was written by a student's code."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if stat.S_ISREG(path.lstat().st_mode) and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
    }


def _bytes(name: str, ours: Path, plain: Path) -> Iterator[tuple[str, Any, Any]]:
    one, other = (path.read_bytes() if path.exists() else None for path in (ours, plain))
    if one != other:
        yield f"file {name}", *("no such file" if each is None else _sum(each) for each in (one, other))


def _notebooks(name: str, ours: Path, plain: Path) -> Iterator[tuple[str, Any, Any]]:
    if not (ours.exists() and plain.exists()):
        yield from _bytes(name, ours, plain)
        return
    one, other = (nbformat.read(path, as_version=4) for path in (ours, plain))
    for key in sorted(one.metadata.keys() | other.metadata.keys()):
        pair = [_unordered(notebook.metadata.get(key)) for notebook in (one, other)]
        if pair[0] != pair[1]:
            yield f"metadata {key}", *pair
    pairs = zip_longest(normalised(one), normalised(other), fillvalue={})
    for number, (mine, theirs) in enumerate(pairs, 1):
        cell = (one if number <= len(one.cells) else other).cells[number - 1]
        yield from _cells(grade_id(cell) or f"cell {number}", mine, theirs)


def _cells(name: str, ours: dict[str, Any], plain: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for part in ("cell", "metadata", "number"):
        if ours.get(part) != plain.get(part):
            yield name if part == "cell" else f"{name} {part}", ours.get(part), plain.get(part)
    pairs = zip_longest(ours.get("outputs", []), plain.get("outputs", []))
    for number, (mine, theirs) in enumerate(pairs, 1):
        if mine != theirs:
            yield f"{name} output {number}", mine, theirs


def _unordered(value: Any) -> Any:
    """Metadata as masked text; the states of widgets stand under drawn ids, so their order says nothing."""
    if isinstance(value, dict):
        return sorted(f"{masked(key)}: {_unordered(each)}" for key, each in value.items())
    return masked(json.dumps(value, sort_keys=True))


def _excerpts(ours: Any, plain: Any) -> tuple[str, str]:
    """Both as text, cut to where they begin to differ."""
    one, other = str(ours), str(plain)
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, same - EXCERPT // 4)
    return tuple(("..." if start else "") + text[start : start + EXCERPT] for text in (one, other))


def _flat(value: Any, key: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    if not isinstance(value, dict):
        return {key: value}
    return {path: leaf for name, each in value.items() for path, leaf in _flat(each, (*key, name)).items()}


def _by_machine(ours: dict[str, Any], plain: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both without what a person's grading has changed since."""
    graded_by_person = any(
        grade["manual_score"] is not None
        for notebook in ours["notebooks"].values()
        for grade in notebook["grades"].values()
    )
    return (_without(ours), _without(plain)) if graded_by_person else (ours, plain)


def _without(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: _without(each) for name, each in value.items() if name not in BY_PERSON}
