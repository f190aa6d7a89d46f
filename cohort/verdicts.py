"""What students are told of each check and each answer that a person grades, taken from notebook and gradebook."""

from __future__ import annotations

import builtins
import functools
import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Grade, Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Any, Bool

from cohort.course import load_course
from cohort.grading.judged import NOT_GRADED
from cohort.grading.mended import KEY
from cohort.literals import Code, Message, matches
from cohort.markers import HIDDEN_CHECK, MARK_SCHEME, in_sight
from cohort.notebooks import grade_id, is_check, is_solution

AWARD = re.compile(r"[\d.]+ points?: .+")
POINTS = re.compile(r"[\s.,;:(]*\d+(\.\d+)? points?\)?\.?\s*$")
HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
# Each state with a sign and words, so that no colour is needed.
STATES = {
    "passed": ("✓", "passed"),
    "partly": ("◐", "passed in part"),
    "failed": ("✗", "failed"),
    "waiting": ("…", "not graded yet: waits for a person"),
    "by-person": ("✎", "graded by a person"),
    "unanswered": ("○", "no answer"),
    "unscored": ("–", "gives no points"),
}


@dataclass(frozen=True)
class Row:
    """One check, or one answer that a person grades.

    `awards` and `message` are what the check said; `points` is None as long as nobody has given any.
    """

    name: str
    asked: str
    state: str
    message: str
    awards: tuple[str, ...]
    points: float | None
    maximum: float

    @property
    def sign(self) -> str:
        """The verdict as a sign."""
        return STATES[self.state][0]

    @property
    def verdict(self) -> str:
        """The verdict in words."""
        return STATES[self.state][1]


class GetVerdicts(NbGraderPreprocessor):
    """In the place of nbgrader's GetGrades: gives each check its verdict and takes its source away.

    Whatever template is used then, no source of a check and none of its own outputs is there to show.
    """

    judged = Bool(False, help="Whether the outputs of checks are a judge's.").tag(config=True)
    gradebook = Any(None, help="The open gradebook; without it, each notebook opens the course's.")

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Put the verdicts into ``resources["feedback"]``, and rows and comments into the cells' metadata."""
        about = resources["nbgrader"]
        with nullcontext(self.gradebook) if self.gradebook else Gradebook(about["db_url"]) as gradebook:
            graded = gradebook.find_submission_notebook(about["notebook"], about["assignment"], about["student"])
            grades = {grade.name: grade for grade in graded.grades}
            comments = {comment.name: comment for comment in graded.comments}
            rows = {row.name: row for row in self._rows(nb, grades)}
            for cell in nb.cells:
                comment = comments.get(grade_id(cell))
                row, words = rows.get(grade_id(cell)), (comment.comment if comment else None) or ""
                cell.metadata["feedback"] = {"row": row, "comment": words}
            penalty = graded.late_submission_penalty or 0.0
            resources["feedback"] = {
                "title": _title(about["assignment"], about["notebook"]),
                "rows": list(rows.values()),
                "points": graded.score - penalty,
                "maximum": graded.max_score,
                "penalty": penalty,
                "waiting": sum(row.state == "waiting" for row in rows.values()),
                "repairs": _repairs(nb),
            }
        for cell in nb.cells:
            _leave_what_may_be_seen(cell)
        return nb, resources

    def _rows(self, nb: NotebookNode, grades: dict[str, Grade]) -> Iterator[Row]:
        heading, left_open = "", _noted(nb, "ungraded", dict)
        for cell in nb.cells:
            if cell.cell_type == "markdown" and not is_solution(cell):
                heading = [heading, *HEADING.findall(in_sight(cell.source))][-1]
            grade = grades.get(grade_id(cell))
            if grade is None:
                continue
            told = {"name": grade.name, "points": _points(grade), "maximum": grade.max_score}
            if is_check(cell) and cell.cell_type == "code":
                message, awards = said(cell, self.judged)
                yield Row(asked=asked(cell), state=_state(grade, message), message=message, awards=awards, **told)
            else:
                state, why = _state_by_hand(grade), str(left_open.get(grade.name, ""))
                yield Row(asked=heading or grade.name, state=state, message=why, awards=(), **told)


def asked(check: NotebookNode) -> str:
    """What a check asks: its first line, if that is a comment that students have, else its grade id."""
    first = in_sight(check.source).lstrip().partition("\n")[0]
    words = POINTS.sub("", first.lstrip("#").strip()) if first.startswith("#") else ""
    return words.rstrip(". ") or grade_id(check)


def said(check: NotebookNode, judged: bool) -> tuple[str, tuple[str, ...]]:
    """The message of a check and its awards, as its outputs hold them.

    A judge's outputs are its words. Those of a check that ran in the student's process can be
    anything that the student's code printed or raised there, with what hidden checks gave to it:
    of them only messages that stand in the check are told.
    """
    lines = [line for each in check.outputs if each.output_type == "stream" for line in each.text.splitlines()]
    errors = [each for each in check.outputs if each.output_type == "error"]
    own = _messages(check.source)

    def known(words: str) -> bool:
        # A message that is nothing but a value would be any text.
        return any(any(message) and matches(message, words) for message in own)

    awards = tuple(line for line in lines if AWARD.fullmatch(line) and (judged or known(line.split(": ", 1)[1])))
    words = [line for line in lines if judged and line not in awards]
    words += [_told(error, judged, known(error.evalue)) for error in errors]
    if not judged and not errors and any(each.get("name") == "stderr" for each in check.outputs):
        words.append("Something was written to the error stream, and nbgrader gives no points then.")
    return " ".join(words), awards


@functools.lru_cache(maxsize=100)
def _messages(check: str) -> list[Message]:
    """What a check says; the same for all students."""
    return Code(check).messages()


def _told(error: NotebookNode, judged: bool, known: bool) -> str:
    if error.ename in ("AssertionError", NOT_GRADED) and (judged or known):
        return error.evalue
    if error.ename == "AssertionError":
        return "The check is not met. It gives no reason that can be shown."
    # A class may be called anything: only names that are not of the student's making are told.
    return f"The check ended with {error.ename if hasattr(builtins, error.ename) else 'an error'}."


def _points(grade: Grade) -> float | None:
    open_still = grade.auto_score is None and grade.manual_score is None
    return None if open_still and grade.max_score else grade.score


def _state(grade: Grade, message: str) -> str:
    if grade.needs_manual_grade:
        return "waiting"
    if grade.manual_score is not None:
        return "by-person"
    if grade.score >= grade.max_score and (grade.max_score or not message):
        return "passed"
    return "partly" if grade.score > 0 else "failed"


def _state_by_hand(grade: Grade) -> str:
    if grade.max_score == 0:
        return "unscored"
    if grade.needs_manual_grade:
        return "waiting"
    return "by-person" if grade.manual_score is not None else "unanswered"


def _leave_what_may_be_seen(cell: NotebookNode) -> None:
    """Take from a cell what students must not see, and give its pictures words."""
    if is_check(cell) and cell.cell_type == "code":
        cell.source, cell.outputs = "", []
    else:
        cell.source = in_sight(cell.source, HIDDEN_CHECK, MARK_SCHEME)
    for output in cell.get("outputs", []):
        for kind in output.get("data", {}):
            if kind.startswith("image/"):
                about = output.metadata.setdefault(kind, {})
                given = about.get("alt") or output.metadata.get("alt") or cell.metadata.get("alt")
                about["alt"] = given or "Figure made by the code above"


def _noted(nb: NotebookNode, what: str, kind: type) -> list | dict:
    """What grading noted in the notebook; in the kernel, a student may have written there."""
    about = nb.metadata.get(KEY)
    found = about.get(what) if isinstance(about, dict) else None
    return found if isinstance(found, kind) else kind()


def _repairs(nb: NotebookNode) -> list[str]:
    """What grading put right."""
    found = [each.get("what") for each in _noted(nb, "repairs", list) if isinstance(each, dict)]
    return [each for each in found if isinstance(each, str)]


def _title(assignment: str, notebook: str) -> str:
    titles = {module.name: module.title for module in load_course().modules}
    title = titles.get(assignment, assignment)
    return title if notebook == assignment else f"{title}: {notebook}"
