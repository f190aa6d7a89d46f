"""The checks of an assignment that changed, and what the change gives whom: records to show and to log."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass, field
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode
from nbgrader import api
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateAssignment
from sqlalchemy import select

from cohort import tree
from cohort.course import cohort_folder, load_cohort
from cohort.done import fingerprint
from cohort.grading.copied import copy_gradebook
from cohort.grading.course_directory import course_directory, nbgrader_config, nbgrader_log, open_gradebook
from cohort.grading.judged import NOT_GRADED
from cohort.grading.marks import checks_of
from cohort.grading.released import SourceCells, source_cells
from cohort.notebooks import read_notebook, set_parameters, write_notebook

if TYPE_CHECKING:
    from cohort.grading.engine import Outcome
    from cohort.regrade import Regrade

# A check by the names of its notebook and its cell.
Name = tuple[str, str]


@dataclass(frozen=True)
class Version:
    """A check as it was or is: its whole text and its points."""

    text: str
    points: float

    def about(self) -> dict[str, object]:
        """The version for a record that must not show the text."""
        return {"sha256": fingerprint(self.text), "points": self.points}


@dataclass(frozen=True)
class Change:
    """A check that changed, and the students who were graded with the version before."""

    notebook: str
    check: str
    before: Version
    after: Version
    students: tuple[str, ...]

    def diff(self) -> str:
        """What changed in the text."""
        texts = self.before.text.splitlines(), self.after.text.splitlines()
        return "\n".join(unified_diff(*texts, "before", "after", lineterm="", n=1))

    def about(self) -> dict[str, object]:
        """The change without the texts, which hold what is hidden."""
        versions = {"before": self.before.about(), "after": self.after.about()}
        return {"notebook": self.notebook, "check": self.check, **versions, "students": len(self.students)}


@dataclass(frozen=True)
class Given:
    """What a check gave: points (None if it waits for a person) out of a maximum, and what it said."""

    points: float | None
    maximum: float
    message: str


@dataclass(frozen=True)
class Row:
    """One changed check of one student. A manual score, where there is one, counts and stays."""

    notebook: str
    check: str
    before: Given
    after: Given
    manual: float | None

    @property
    def differs(self) -> bool:
        """Whether the automatic score or its maximum is another one."""
        return (self.before.points, self.before.maximum) != (self.after.points, self.after.maximum)


@dataclass(frozen=True)
class Regraded:
    """What the changed checks give one student, or the reason why they could not be heard.

    `cells` holds the check cells as they were heard.
    """

    student: str
    rows: tuple[Row, ...] = ()
    cells: dict[Name, NotebookNode] = field(default_factory=dict)
    reason: str = ""

    @property
    def gain(self) -> float:
        """By how much the student's score changes."""
        return sum((row.after.points or 0) - (row.before.points or 0) for row in self.rows if row.manual is None)


def totals(regraded: list[Regraded]) -> dict[str, int]:
    """How many students were run, and whose scores go up, go down and stay."""
    heard = [each for each in regraded if not each.reason]
    up, down = sum(each.gain > 0 for each in heard), sum(each.gain < 0 for each in heard)
    return {"run": len(heard), "up": up, "down": down, "stay": len(heard) - up - down}


def report(work: Regrade, regraded: list[Regraded], outcomes: list[Outcome], diff: bool = False) -> dict[str, Any]:
    """A regrade for programs: plain values; the changed lines, hidden ones too, only with `diff`."""
    became = {outcome.student: outcome for outcome in outcomes}
    return {
        "assignment": work.module,
        "cohort": load_cohort().id,
        "changes": [each.about() | ({"diff": each.diff()} if diff else {}) for each in work.changes],
        "left_out": work.left_out,
        "students": {
            each.student: {
                "state": became[each.student].state if each.student in became else "not applied",
                "reason": became[each.student].reason if each.student in became else each.reason,
                "checks": [asdict(row) for row in each.rows],
            }
            for each in sorted(regraded, key=lambda each: each.student)
        },
        "totals": totals(regraded),
    }


def to_be_released(module: str) -> dict[str, SourceCells]:
    """The cells that ``cohort release`` would enter in the gradebook now, by notebook; the cohort stays as it is.

    Raises
    ------
    CourseError
        If the source is damaged, or nbgrader refuses it.
    """
    cohort, source = load_cohort(), tree.source(module)
    with TemporaryDirectory(prefix="cohort-regrade-") as folder, nbgrader_log() as log:
        copy = Path(folder, "source", module)
        shutil.copytree(source.parent, copy)
        if cohort_folder() != tree.root():
            notebook = read_notebook(source)
            set_parameters(notebook, {"place": cohort.place, "seed": cohort.seed}, source)
            write_notebook(notebook, copy / source.name)
        url = f"sqlite:///{folder}/gradebook.db"
        copy_gradebook(course_directory(module).db_url, url, module, [])
        config = nbgrader_config()
        config.CourseDirectory.root, config.CourseDirectory.db_url = folder, url
        directory = course_directory(module, config=config)
        GenerateAssignment(coursedir=directory, config=config, force=True, log=log).start()
        with Gradebook(url, cohort.id) as gradebook:
            return source_cells(gradebook, module)


def versions(notebooks: dict[str, SourceCells]) -> dict[Name, Version]:
    """The checks of a released assignment."""
    return {
        (notebook, name): Version(cell.source, points)
        for notebook, cells in notebooks.items()
        for name, (cell, points) in checks_of(cells).items()
    }


def grades(module: str) -> dict[tuple[str, str, str], tuple[float | None, float | None]]:
    """Automatic and manual score by student, notebook and cell."""
    submission, cell = api.SubmittedAssignment, api.BaseCell.__table__
    query = (
        select(submission.student_id, api.Notebook.name, cell.c.name, api.Grade.auto_score, api.Grade.manual_score)
        .select_from(api.Grade)
        .join(cell, cell.c.id == api.Grade.cell_id)
        .join(api.Notebook, api.Notebook.id == cell.c.notebook_id)
        .join(api.SubmittedNotebook, api.SubmittedNotebook.id == api.Grade.notebook_id)
        .join(submission, submission.id == api.SubmittedNotebook.assignment_id)
        .join(api.Assignment, api.Assignment.id == submission.assignment_id)
        .where(api.Assignment.name == module)
    )
    with open_gradebook() as gradebook:
        return {tuple(key): (auto, manual) for *key, auto, manual in gradebook.db.execute(query)}


def said(cell: NotebookNode) -> str:
    """What a check said, in a line."""
    for output in cell.outputs:
        if output.output_type == "error":
            name = "" if output.ename in ("AssertionError", NOT_GRADED) else f"{output.ename}: "
            return " ".join(f"{name}{output.evalue}".split())
    printed = (output.text for output in cell.outputs if output.output_type == "stream" and output.name == "stdout")
    return " ".join("".join(printed).split())
