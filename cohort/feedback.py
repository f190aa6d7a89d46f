"""Writes feedback for students with nbgrader, again only where something that it shows changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback

from cohort import tree
from cohort.course import cohort_folder, load_course
from cohort.done import Done, fingerprint, fingerprint_files
from cohort.errors import CourseError, full_disk
from cohort.feedback_page import TEMPLATES, FeedbackExporter
from cohort.grading.course_directory import course_directory, nbgrader_config, nbgrader_log, open_gradebook
from cohort.grading.engine import Outcome
from cohort.verdicts import GetVerdicts

# What decides how a page looks and what it may show: a new version means new pages.
_MAKERS = ("feedback_page", "verdicts", "scan", "literals", "markers")


def feedback(module: str, students: list[str] | None = None, force: bool = False) -> Iterator[Outcome]:
    """Write ``feedback/<student>/<module>/`` and yield an outcome after each student.

    A student whose page would show a secret of the assignment gets none, also no earlier one; the
    outcome names what would show, and the others go on.

    Parameters
    ----------
    module : str
        The assignment.
    students : list of str, optional
        These only; without it, everyone whose submission was autograded.
    force : bool
        Write again, whatever has changed.

    Raises
    ------
    CourseError
        If nothing was autograded yet, a student has no autograded submission, or the disk is full.
    """
    autograded = sorted(
        path.parent.parent.name for path in (cohort_folder() / "autograded").glob(f"*/{module}/*.ipynb")
    )
    if not autograded:
        raise CourseError(f"no submission of {module} is autograded yet: run `cohort grade {module}` first")
    for student in students or []:
        if student not in autograded:
            raise CourseError(f"no submission of {module} by {student!r} is autograded: grade it, or mend the name")
    return _feedback(module, students or autograded, force)


class _Converter(GenerateFeedback):
    """nbgrader's own for one student after another: its exporter is made once."""

    reason: CourseError | None = None

    def write(self, student: str) -> None:
        self.coursedir.student_id, self.reason = student, None
        if not self.trait_has_value("exporter"):
            self.start()
            return
        self.init_notebooks()
        with chdir(self.coursedir.root):
            self.convert_notebooks()

    def convert_single_notebook(self, notebook_filename: str) -> None:
        try:
            super().convert_single_notebook(notebook_filename)
        except CourseError as error:
            self.reason = error  # nbgrader writes it into its log and goes on
            raise


def _feedback(module: str, students: list[str], force: bool) -> Iterator[Outcome]:
    done = Done(cohort_folder() / "_build" / "feedback" / f"{module}.json")
    common = _common_key(module)
    with open_gradebook() as gradebook:
        converter = _converter(module, gradebook)
        for student in students:
            key = fingerprint(common, _key(module, student, gradebook))
            written = cohort_folder() / "feedback" / student / module / f"{module}.html"
            if not force and written.exists() and done.has(student, key):
                yield Outcome(student, "unchanged")
                continue
            try:
                with nbgrader_log() as converter.log:
                    converter.write(student)
            except CourseError as error:
                yield Outcome(student, "no feedback", str(converter.reason or error))
            except OSError as error:
                raise full_disk(error) or error from error
            else:
                done.add(student, key)
                yield Outcome(student, "written")


def _converter(module: str, gradebook: Gradebook) -> _Converter:
    config = nbgrader_config()
    converter = _Converter(coursedir=course_directory(module, config=config), config=config, force=True)
    # Whatever the configuration says: pages of this command are safe ones.
    converter.exporter_class = FeedbackExporter
    judged = load_course().checks == "judge"
    converter.preprocessors = [GetVerdicts(gradebook=gradebook, judged=judged, config=config)]
    return converter


def _common_key(module: str) -> str:
    """What the feedback of all students depends on: the course, the assignment's source, how pages are made."""
    package = Path(__file__).parent
    makers = [*(package / f"{name}.py" for name in _MAKERS), *TEMPLATES.rglob("*.*")]
    source = cohort_folder() / "source" / module
    return fingerprint(
        (tree.root() / "course.yml").read_bytes(),
        fingerprint_files(source.glob("*.ipynb"), source),
        fingerprint_files(makers, package),
    )


def _key(module: str, student: str, gradebook: Gradebook) -> str:
    """What the feedback of one student depends on: the autograded notebook, the scores and the comments."""
    path = cohort_folder() / "autograded" / student / module / f"{module}.ipynb"
    notebook = gradebook.find_submission_notebook(module, module, student)
    parts = [path.read_bytes(), str(notebook.late_submission_penalty)]
    for grade in sorted(notebook.grades, key=lambda grade: grade.name):
        parts.append(f"{grade.name} {grade.score} {grade.manual_score} {grade.needs_manual_grade}")
    for comment in sorted(notebook.comments, key=lambda comment: comment.name):
        parts.append(f"{comment.name} {comment.comment}")
    return fingerprint(*parts)
