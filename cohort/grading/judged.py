"""A notebook as the judge hears it: which cells run, which are checks, and what a verdict leaves in the notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from nbformat import NotebookNode
from nbformat.v4 import new_output

from cohort import markers
from cohort.checks import in_words
from cohort.grading.mended import KEY
from cohort.grading.nodes import Zygote
from cohort.grading.trial import Check, Heard, Trial
from cohort.grading.verdict import State, Verdict
from cohort.markers import HIDDEN_CHECK, MARKS, marked_lines
from cohort.notebooks import code_cells, grade_id, is_check

# The kind of error that says so in a cell's output.
NOT_GRADED = "NotGraded"
# nbclient's own mark.
LEFT_OUT = "skip-execution"
BEGIN, END = MARKS[HIDDEN_CHECK]
# What is said where the results are those of a wrong answer: how the student came to them may be another way.
KNOWN = "One way to get these results: "
NONE_KNOWN: Mapping[str, Mapping[str, str]] = MappingProxyType({})


def steps(notebook: NotebookNode) -> dict[int, str | Check]:
    """The code cells that run, and the checks among them with their whole source, by their place in the notebook."""
    found: dict[int, str | Check] = {}
    for place, cell in enumerate(notebook.cells):
        if is_check(cell) and cell.cell_type == "code":
            found[place] = Check(grade_id(cell), cell.source, hidden_lines(cell.source))
        elif code_cells(NotebookNode(cells=[cell])):
            found[place] = cell.source
    return found


def leave_out_checks(notebook: NotebookNode) -> None:
    """Mark the checks so that nbclient passes them by: what students see comes from a run without them."""
    for place, step in steps(notebook).items():
        if isinstance(step, Check):
            _mark(notebook.cells[place])


def hear(
    notebook: NotebookNode,
    zygote: Zygote,
    judges: Zygote,
    files: dict[str, bytes],
    given: dict[str, bytes],
    shared: list[str],
    timeout: float,
) -> Heard:
    """The verdicts on a notebook. `stage` makes it ready for the run that students see.

    Parameters
    ----------
    notebook : NotebookNode
        With the whole source of its checks.
    zygote, judges : Zygote
        Where its cells run, and where checks do.
    files, given : dict
        Content of the files beside it, and of those beside the source, by path.
    shared : list of str
        The instructor's cells at its beginning.
    timeout : float
        Seconds for each cell and each check.
    """
    judges.share(shared, given, timeout)
    with Trial(zygote, judges, list(steps(notebook).values()), files, shared, timeout, files == given) as trial:
        return trial.hear()


def stage(notebook: NotebookNode, heard: Heard) -> None:
    """Make a notebook ready for the run that students see, in place.

    Its checks are left out, and so is a cell that ended Python, with what it did in its place. A check whose
    words were withheld runs as students have it: no hidden check was met in this run, so it can tell nothing.
    """
    leave_out_checks(notebook)
    for number, (place, step) in enumerate(steps(notebook).items()):
        cell = notebook.cells[place]
        if number in heard.fatal:
            message = f"this cell {heard.fatal[number]}: it was left out"
            cell.outputs = [new_output("error", ename="NotRun", evalue=message, traceback=[message])]
            _mark(cell)
        elif isinstance(step, Check) and heard.verdicts[step.name].withheld:
            cell.source = in_sight(step.source)
            _unmark(cell)


def settle(
    notebook: NotebookNode,
    heard: Heard,
    checks: Mapping[str, str],
    misconceptions: Mapping[str, Mapping[str, str]] = NONE_KNOWN,
) -> None:
    """Put the verdicts into the check cells, and take the marks away.

    Parameters
    ----------
    notebook : NotebookNode
        After the run that students see.
    heard : Heard
        The verdicts.
    checks : mapping
        The whole source of each check, by grade id.
    misconceptions : mapping
        For each check, by behaviour, words on the misconception that it is known of.
    """
    ungraded = notebook.metadata.get(KEY, {}).get("ungraded", {})
    for cell in notebook.cells:
        verdict = heard.verdicts.get(grade_id(cell))
        if verdict is not None:
            if reason := ungraded.get(grade_id(cell)):
                verdict = Verdict(State.NOT_GRADED, reason)
            if verdict.withheld:
                verdict = replace(verdict, message=_said(cell) or verdict.message)
            maximum = cell.metadata.nbgrader.points
            if words := misconceptions.get(grade_id(cell), {}).get(verdict.behaviour):
                verdict = _with_misconception(verdict, maximum, words)
            cell.source = checks[grade_id(cell)]
            cell.outputs = outputs(verdict, maximum)
            cell.execution_count = None
        if LEFT_OUT in cell.metadata.get("tags", []):
            _unmark(cell)


def _with_misconception(verdict: Verdict, maximum: float, words: str) -> Verdict:
    """A verdict that names a likely misconception, if points were lost.

    It tells no secret. The words are the course's own, scanned for hidden lines and values (`cohort.misconceptions`)
    and the same for all. No value gets into them, so they may stand beside a message that was withheld, too.
    What a student's code can choose, as it is given hidden values, is which sentence appears, or none: it must answer
    all that one wrong answer does, and the points are lost. It has such a choice already: at which assertion the check
    ends, and so which message appears. Sentences are about as many as messages, so this is about one bit
    more a check, and a bit could be told by failing one more check as well.
    """
    points = verdict.points(maximum)
    if points is None or (verdict.state is State.PASSED and points >= maximum):
        return verdict
    return replace(verdict, message=f"{verdict.message} {KNOWN}{words}".strip())


def left_open(cell: NotebookNode) -> str:
    """Why the judge left a check to a person; empty if it did not."""
    errors = (output for output in cell.outputs if output.output_type == "error" and output.ename == NOT_GRADED)
    return next((error.evalue for error in errors), "")


def _said(cell: NotebookNode) -> str:
    """The error that a cell ended with, in a line."""
    for output in cell.outputs:
        if output.output_type == "error":
            return output.evalue if output.ename == "AssertionError" else f"{output.ename}: {output.evalue}"
    return ""


def _mark(cell: NotebookNode) -> None:
    tags = cell.metadata.setdefault("tags", [])
    if LEFT_OUT not in tags:
        tags.append(LEFT_OUT)


def _unmark(cell: NotebookNode) -> None:
    cell.metadata.tags.remove(LEFT_OUT)
    if not cell.metadata.tags:
        del cell.metadata["tags"]


def in_sight(source: str) -> str:
    """A check as students have it."""
    return markers.in_sight(source, HIDDEN_CHECK)


def hidden_lines(source: str) -> frozenset[int]:
    """The lines of a check, from 1, that students do not have."""
    return frozenset(marked_lines(source, HIDDEN_CHECK))


def outputs(verdict: Verdict, maximum: float) -> list[NotebookNode]:
    """What a check cell shows, in the form that nbgrader reads its points from."""
    shown = [_printed(in_words(award.points, award.why)) for award in verdict.awards]
    points = verdict.points(maximum)
    if verdict.awards and points is not None:
        # nbgrader gives nothing where there is an error, and else the number that a cell shows last.
        shown += [_printed(verdict.message)] if verdict.message else []
        return [*shown, new_output("execute_result", data={"text/plain": repr(points)}, execution_count=None)]
    if verdict.state is not State.PASSED:
        name = "AssertionError" if verdict.state is State.FAILED else NOT_GRADED
        shown.append(new_output("error", ename=name, evalue=verdict.message, traceback=[verdict.message]))
    return shown


def _printed(line: str) -> NotebookNode:
    return new_output("stream", name="stdout", text=f"{line}\n")
