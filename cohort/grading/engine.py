"""Grades many submissions: workers run them, one writer saves them, and what is saved is not done again."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from math import ceil

from nbformat import NotebookNode
from traitlets.config import Config

from cohort.course import cohort_folder, load_course
from cohort.errors import CourseError, GradebookError, full_disk, must_exist
from cohort.grading import workers
from cohort.grading.course_directory import course_directory, nbgrader_config, nbgrader_log, open_gradebook
from cohort.grading.execute import setup, shared_cells
from cohort.grading.folders import Folders
from cohort.grading.gradebook import Writer
from cohort.grading.judged import left_open
from cohort.grading.marks import Marks
from cohort.grading.mended import KEY
from cohort.grading.mended import given as given_out
from cohort.grading.released import source_cells
from cohort.grading.unit import Assignment, Graded, Submission
from cohort.misconceptions import known
from cohort.notebooks import grade_id, is_check
from cohort.scores import scored

# Submissions that a worker takes at a time: enough to keep like ones together, few enough to share out.
MOST_IN_A_BATCH = 25
# Errors that the names of a submission's files cause, and no other submission's.
OF_THE_NAME = (errno.ENAMETOOLONG, errno.EILSEQ, errno.EINVAL, errno.ENOTDIR, errno.EISDIR, errno.EEXIST)


@dataclass(frozen=True)
class Outcome:
    """What became of one submission, in words, with the reason where it went wrong.

    Grading says ``graded``, ``unchanged`` or ``not graded``; feedback says ``written``,
    ``unchanged`` or ``no feedback``. `seconds` and `cpu_seconds` are what grading took, and
    `private_mb` the memory that its kernel shared with no other, where it was measured. `repairs`
    says what was mended in its notebooks, and `ungraded`, by grade id, why a check of a graded
    submission was left to a person.
    """

    student: str
    state: str
    reason: str = ""
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    private_mb: float | None = None
    repairs: list[str] = field(default_factory=list)
    ungraded: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class How:
    """How to grade.

    Attributes
    ----------
    workers : int
        Processes at work.
    fenced : bool
        Whether submissions run in the sandbox.
    fork_late : bool
        Whether the cells before the first solution cell run once for all.
    share : bool
        Whether submissions that are the same so far share what their cells did.
    measure : bool
        Whether to measure the memory of each kernel.
    dask : str
        Address of a Dask scheduler whose workers grade; empty for processes on this machine.
    watch : callable
        Called now and then with the seconds that each student's submission has run.
    """

    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    fenced: bool = True
    fork_late: bool = True
    share: bool = True
    measure: bool = False
    dask: str = ""
    watch: Callable[[dict[str, float]], None] = lambda _: None


def submissions(module: str) -> list[str]:
    """The students of whom there is a submission, in alphabetical order."""
    excluded = course_directory(module).student_id_exclude.split(",")
    found = (path.parent.name for path in (cohort_folder() / "submitted").glob(f"*/{module}") if path.is_dir())
    return sorted(student for student in found if student not in excluded)


def autograde(
    module: str,
    students: list[str] | None = None,
    force: bool = False,
    only_new: bool = False,
    how: How | None = None,
) -> Iterator[Outcome]:
    """Grade submissions and yield an outcome after each; those graded before are passed by.

    A submission is graded again when it, the source, nbgrader's configuration or the gradebook
    changed since, or with `force`. One that cannot be graded does not stop the others, and loses
    an earlier automatic score: it needs a manual grade.
    Stopping in the middle loses nothing: what was yielded is in the gradebook, and the next
    call begins where this one stopped.

    Parameters
    ----------
    module : str
        The assignment.
    students : list of str, optional
        Grade these only.
    force : bool
        Grade again, whatever has changed.
    only_new : bool
        Pass by all that have a score, whatever has changed.
    how : How, optional
        Workers, sandbox and sharing.

    Raises
    ------
    CourseError
        If the assignment was never released, a student has no submission, the sandbox cannot hold
        here, the gradebook cannot be used, or the disk is full.
    """
    waiting = submissions(module)
    for student in students or []:
        if student not in waiting:
            raise CourseError(f"there is no submission of {module} by {student!r}: collect it, or mend the name")
    how = how or How()
    chosen = list(dict.fromkeys(students or waiting))
    return _autograde(prepare(module, how), chosen, scored(module), force, only_new, how)


def prepare(module: str, how: How) -> Assignment:
    """An assignment as it was released, ready to be graded.

    Raises
    ------
    CourseError
        If it was never released, or the sandbox cannot hold here.
    """
    return _assignment(module, nbgrader_config(), how)


def _autograde(
    assignment: Assignment, students: list[str], known: set[str], force: bool, only_new: bool, how: How
) -> Iterator[Outcome]:
    folders = Folders(assignment.name, assignment.config)
    marks = Marks(assignment, folders)
    waiting = {}
    for student in students:
        mark = marks.now(student)
        graded = student in known and folders.autograded(student).is_dir()
        if not force and graded and (only_new or marks.graded(student, mark)):
            yield Outcome(student, "unchanged")
        else:
            waiting[student] = mark
    if not waiting:
        return
    try:
        with nbgrader_log(), Writer(assignment.name, assignment.config) as writer:
            for graded in _graded(assignment, folders, list(waiting), how):
                outcome = _save(writer, folders, graded, assignment.judged)
                if outcome.state == "graded":
                    marks.add(outcome.student, waiting[outcome.student])
                yield outcome
    except OSError as error:
        raise full_disk(error) or error from error


def _graded(assignment: Assignment, folders: Folders, students: list[str], how: How) -> Iterator[Graded]:
    """The submissions of these students, graded by whoever grades."""
    ready = []
    for student in students:
        try:
            ready.append(folders.submission(student, None if assignment.given else list(assignment.notebooks)))
        except (OSError, ValueError, RecursionError) as error:
            yield Graded(student, reason=f"its files cannot be read ({error}): ask the student to submit again")
    yield from run(assignment, ready, how)


def run(assignment: Assignment, submissions: list[Submission], how: How) -> Iterator[Graded]:
    """Run submissions and yield each when it is done, in no order; nothing is saved."""
    count = min(how.workers, len(submissions))
    batches = _batches(submissions, count)
    if how.dask:
        from cohort.grading import cluster

        yield from cluster.grade(assignment, batches, how.dask, how.measure, how.watch)
    else:
        yield from workers.grade(assignment, batches, count, how.measure, how.watch)


def _assignment(module: str, config: Config, how: How) -> Assignment:
    folders = Folders(module, config)
    with open_gradebook() as gradebook:
        notebooks = source_cells(gradebook, module)
    shared = {name: shared_cells(folders.source / f"{name}.ipynb") for name in notebooks}
    judged = load_course().checks == "judge"
    given = given_out(module) if judged else None
    for name in notebooks if given else []:
        must_exist(cohort_folder() / "release" / module / f"{name}.ipynb", f"run `cohort release {module}`")
    return Assignment(
        name=module,
        notebooks=notebooks,
        shared=shared if how.fork_late or judged else {},
        files=folders.source_files(),
        config=config,
        setup=setup(how.fenced),
        share=how.share,
        judged=judged,
        given=given,
        misconceptions=known(module) if judged else {},
    )


def _batches(ready: list[Submission], count: int) -> list[list[Submission]]:
    """Submissions in batches, those that begin alike together; the last ones are small, so that all end at one time."""
    ordered = sorted(ready, key=_beginning)
    batches = []
    while ordered:
        size = min(MOST_IN_A_BATCH, ceil(len(ordered) / (4 * max(1, count))))
        batches.append(ordered[:size])
        ordered = ordered[size:]
    return batches


def _beginning(submission: Submission) -> list[str]:
    """The text of the code cells of its first notebook."""
    for _, text in sorted(submission.notebooks.items()):
        # Where it is damaged its grader says how.
        with suppress(ValueError, LookupError, TypeError, AttributeError, RecursionError):
            cells = json.loads(text)["cells"]
            return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return []


def _ungraded(notebooks: dict[str, NotebookNode]) -> dict[str, str]:
    """Why cells were left to a person, by grade id."""
    found = {}
    for notebook in notebooks.values():
        found |= notebook.metadata.get(KEY, {}).get("ungraded", {})
        found |= {grade_id(cell): reason for cell in notebook.cells if is_check(cell) and (reason := left_open(cell))}
    return found


def _repairs(notebooks: dict[str, NotebookNode]) -> list[str]:
    """What was mended in a submission's notebooks."""
    return [
        each["what"] for notebook in notebooks.values() for each in notebook.metadata.get(KEY, {}).get("repairs", [])
    ]


def _save(writer: Writer, folders: Folders, graded: Graded, judged: bool) -> Outcome:
    """Write a graded submission's folder and rows, or take back what an earlier one left."""
    used = {"seconds": graded.seconds, "cpu_seconds": graded.cpu_seconds, "private_mb": graded.private_mb}
    reason, timestamp = graded.reason, None
    try:
        timestamp = folders.timestamp(graded.student)
    except CourseError as error:
        reason = reason or str(error)
    if not reason:
        try:
            folders.write(graded)
            notebooks = graded.parsed()
            writer.save(graded.student, timestamp, notebooks)
            told = {"repairs": _repairs(notebooks), "ungraded": _ungraded(notebooks)} if judged else {}
            return Outcome(graded.student, "graded", **told, **used)
        except GradebookError:
            raise
        except CourseError as error:
            reason = str(error)
        except (OSError, ValueError, RecursionError) as error:
            if isinstance(error, OSError) and error.errno not in OF_THE_NAME:
                raise
            reason = f"what its cells left cannot be written ({error}): ask the student to submit again"
    folders.remove(graded.student)
    writer.fail(graded.student, reason, timestamp)
    return Outcome(graded.student, "not graded", reason, **used)
