"""Regrades an assignment whose checks changed, as a change that a person reviews before it is made.

Only changed checks are heard, and only for students who were graded with an earlier text or other points
of them. What they would give is told first. Applying it leaves all that a person gave as it is, and every
step of it is in the audit log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, replace

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.utils import determine_grade

from cohort import audit_log, exchange, release, tree
from cohort.check_changes import Change, Given, Name, Regraded, Row, Version, grades, said, to_be_released, versions
from cohort.course import cohort_folder, load_cohort, load_course
from cohort.done import fingerprint
from cohort.errors import CourseError, GradebookError, full_disk
from cohort.files import whole_file
from cohort.grading import engine
from cohort.grading.course_directory import LOG, nbgrader_log
from cohort.grading.engine import How, Outcome
from cohort.grading.folders import Folders, read_files
from cohort.grading.gradebook import Writer
from cohort.grading.judged import left_open
from cohort.grading.marks import Marks, checks_of, rest_of
from cohort.grading.mended import KEY
from cohort.grading.released import SourceCells
from cohort.grading.unit import Graded, Submission
from cohort.notebooks import grade_id, is_check


class Regrade:
    """A regrade of one assignment: what changed, what that gives whom, and its application.

    Parameters
    ----------
    module : str
        The assignment.
    how : How, optional
        Workers and sandbox.

    Attributes
    ----------
    changes : list of Change
        Empty if no graded submission is concerned.
    left_out : dict
        Why a student whom the change concerns cannot be regraded.

    Raises
    ------
    CourseError
        If the assignment was never released, or more than the text and points of checks changed since:
        the message names the command for that.
    """

    def __init__(self, module: str, how: How | None = None) -> None:
        load_course().module(module)
        self.module, self._how = module, how or How()
        self._assignment = engine.prepare(module, self._how)
        self._folders = Folders(module, self._assignment.config)
        self._notebooks = to_be_released(module)
        self._refuse_more_than_checks()
        self._wanted = versions(self._notebooks)
        # By student: each check that changed since, what it gave and what a person gave, and which notebooks they were.
        self._before: dict[str, dict[Name, tuple[Version, Given, float | None]]] = {}
        self._read: dict[str, str] = {}
        self.left_out: dict[str, str] = {}
        self._find_students()
        self.changes = self._changes()

    @property
    def students(self) -> list[str]:
        """The students whose submissions are heard."""
        return list(self._before)

    def hear(self) -> Iterator[Regraded]:
        """Let the changed checks be heard, and yield each student's when they are; nothing is written.

        Raises
        ------
        CourseError, OSError
            If this machine fails.
        """
        heard = {(change.notebook, change.check) for change in self.changes}
        notebooks, ready = self._notebooks, []
        if self._assignment.judged:
            # A judge hears each check for itself. Where checks run in the kernel, all cells must.
            notebooks = {name: _without(cells, name, heard) for name, cells in notebooks.items()}
        for student in self.students:
            try:
                ready.append(self._submission(student, heard))
            except (OSError, ValueError, RecursionError) as error:
                yield Regraded(student, reason=f"its files cannot be read ({error})")
        # What was handed in is mended already.
        for graded in engine.run(replace(self._assignment, notebooks=notebooks, given=None), ready, self._how):
            yield self._regraded(graded)

    def apply(self, regraded: list[Regraded], why: str) -> Iterator[Outcome]:
        """Release the changed checks and enter what they gave, a student at a time, each wholly or not at all.

        It may be stopped at any moment: the same regrade, begun again, concerns the students that are left.

        Parameters
        ----------
        regraded : list of Regraded
            What `hear` gave.
        why : str
            The reason, for the audit log.

        Yields
        ------
        Outcome
            ``regraded``, or ``not regraded`` with the reason; then the submission is as it was.

        Raises
        ------
        CourseError
            If the source changed since it was heard, it cannot be released, or the gradebook cannot be used.
        """
        if versions(to_be_released(self.module)) != self._wanted:
            raise CourseError(f"the checks of {self.module} changed once more while they were heard: run it again")
        ready = [each for each in regraded if not each.reason]
        run = audit_log.begin("regrade", self.module, why)
        intended = {each.student: [asdict(row) for row in each.rows] for each in ready}
        # What is about to happen comes first: whatever stops it, the scores before stay on record.
        audit_log.record(run, "intended", checks=[each.about() for each in self.changes], students=intended)
        released = release.release(self.module)
        handed_out = cohort_folder() / ".exchange" / load_cohort().id / "outbound" / self.module / released.name
        if handed_out.exists() and handed_out.read_bytes() != released.read_bytes():
            exchange.hand_out(self.module)
        marks = Marks(engine.prepare(self.module, self._how), self._folders)
        done = 0
        try:
            with nbgrader_log(), Writer(self.module, self._assignment.config) as writer:
                for each in ready:
                    outcome = self._apply(each, writer, marks, run)
                    done += outcome.state == "regraded"
                    yield outcome
        except OSError as error:
            raise full_disk(error) or error from error
        audit_log.record(run, "finished", regraded=done)

    def _refuse_more_than_checks(self) -> None:
        source = tree.source(self.module)
        changed = _differing(
            *(read_files(folder, self._folders.ignore) for folder in (self._folders.source, source.parent))
        )
        before, after = self._assignment.notebooks, self._notebooks
        for name in before.keys() | after.keys():
            cells = (rest_of(notebooks[name]) if name in notebooks else {} for notebooks in (before, after))
            changed += [f"the cell {cell}" for cell in _differing(*cells)]
        if changed:
            raise CourseError(
                f"{source}: more changed than the text and points of checks ({', '.join(changed)}), which is no "
                f"regrade: run `cohort release {self.module}`, then `cohort grade {self.module} --force`"
            )

    def _find_students(self) -> None:
        """Find those who were graded with another version of a check, and what it gave."""
        marks, scores = Marks(self._assignment, self._folders), grades(self.module)
        for student in engine.submissions(self.module):
            texts, earlier = self._texts(student), {}
            try:
                notebooks = {name: nbformat.v4.reads(text) for name, text in texts.items()}
            except (ValueError, RecursionError):
                self.left_out[student] = self._anew("its autograded notebook is damaged")
                continue
            for name, cell in _checks(notebooks).items():
                if name not in self._wanted:
                    continue
                version = Version(cell.source, float(cell.metadata.nbgrader.points))
                if version != self._wanted[name]:
                    points, manual = scores.get((student, *name), (None, None))
                    earlier[name] = version, Given(points, version.points, said(cell)), manual
            if earlier and not marks.graded_but_for_checks(student, marks.now(student)):
                self.left_out[student] = self._anew("more than checks changed since it was graded")
            elif earlier and any(notebook.metadata.get(KEY, {}).get("ungraded") for notebook in notebooks.values()):
                self.left_out[student] = self._anew("it was not wholly mended, and changed checks may need the rest")
            elif earlier:
                self._before[student], self._read[student] = earlier, fingerprint(*texts.values())

    def _anew(self, reason: str) -> str:
        return f"{reason}: run `cohort grade {self.module}`, which grades it anew"

    def _texts(self, student: str) -> dict[str, str]:
        """The autograded notebooks of a student."""
        paths = {name: self._folders.autograded(student) / f"{name}.ipynb" for name in sorted(self._notebooks)}
        return {name: path.read_text(encoding="utf-8") for name, path in paths.items() if path.is_file()}

    def _changes(self) -> list[Change]:
        students = defaultdict(list)
        for student, earlier in self._before.items():
            for name, (version, _, _) in earlier.items():
                students[name, version].append(student)
        return [
            Change(*name, version, self._wanted[name], tuple(concerned))
            for (name, version), concerned in sorted(students.items(), key=lambda pair: pair[0][0])
        ]

    def _submission(self, student: str, heard: set[Name]) -> Submission:
        """The cells as they were graded, beside the files as they were submitted."""
        notebooks = {}
        for name, text in self._texts(student).items():
            notebook = nbformat.v4.reads(text)
            for cell in notebook.cells:
                if cell.cell_type != "code":
                    continue
                cell.outputs = []
                if self._assignment.judged and is_check(cell) and (name, grade_id(cell)) not in heard:
                    # A cell in its place, as messages tell cells by their numbers.
                    cell.source, cell.metadata = "pass", NotebookNode()
            notebooks[name] = nbformat.v4.writes(notebook)
        return Submission(student, notebooks, self._folders.submission(student, []).files)

    def _regraded(self, graded: Graded) -> Regraded:
        if graded.reason:
            return Regraded(graded.student, reason=graded.reason)
        found = _checks(graded.parsed())
        rows, cells = [], {}
        for name, (_, before, manual) in self._before[graded.student].items():
            cells[name] = cell = found[name]
            waits = self._assignment.judged and left_open(cell)
            try:
                points = None if waits else float(determine_grade(cell, LOG)[0])
            except (KeyError, ValueError) as error:  # a number that is none, which a cell may show where checks run
                return Regraded(graded.student, reason=f"what {name[1]} shows cannot be scored ({error})")
            rows.append(Row(*name, before, Given(points, self._wanted[name].points, said(cell)), manual))
        return Regraded(graded.student, tuple(rows), cells)

    def _apply(self, each: Regraded, writer: Writer, marks: Marks, run: audit_log.Run) -> Outcome:
        """Enter one student's: the gradebook first, as what is left to do shows in the autograded notebook."""
        mark, texts = marks.now(each.student), self._texts(each.student)
        same = fingerprint(*texts.values()) == self._read[each.student]
        if not same or not marks.graded_but_for_checks(each.student, mark):
            return Outcome(each.student, "not regraded", self._anew("it changed while the checks were heard"))
        # Only these cells: nbgrader would mark all answers graded by hand as to be looked at again.
        heard = {name: new_notebook() for name in self._notebooks}
        for (name, _), cell in each.cells.items():
            heard[name].cells.append(cell)
        try:
            writer.save(each.student, None, heard)
        except GradebookError:
            raise
        except CourseError as error:
            return Outcome(each.student, "not regraded", str(error))
        audit_log.record(run, "applied", student=each.student, checks=[asdict(row) for row in each.rows])
        for name in {name for name, _ in each.cells}:
            notebook = nbformat.v4.reads(texts[name])
            for check, cell in _checks({name: notebook}).items():
                if check in each.cells:
                    cell.update({key: value for key, value in each.cells[check].items() if key != "id"})
            path = self._folders.autograded(each.student) / f"{name}.ipynb"
            mode = path.stat().st_mode
            with whole_file(path) as beside:
                beside.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
            path.chmod(mode)
        marks.add(each.student, mark)
        return Outcome(each.student, "regraded")


def _checks(notebooks: dict[str, NotebookNode]) -> dict[Name, NotebookNode]:
    """The check cells of some notebooks."""
    cells = ((name, cell) for name, notebook in notebooks.items() for cell in notebook.cells)
    return {(name, grade_id(cell)): cell for name, cell in cells if is_check(cell) and cell.cell_type == "code"}


def _differing(before: dict[str, object], after: dict[str, object]) -> list[str]:
    """The keys of what was added, removed or changed."""
    return sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))


def _without(cells: SourceCells, notebook: str, heard: set[Name]) -> SourceCells:
    """A released notebook without the checks that are not heard."""
    gone = {name for name in checks_of(cells) if (notebook, name) not in heard}
    return replace(
        cells,
        source_cells=tuple(cell for cell in cells.source_cells if cell.name not in gone),
        grade_cells=tuple(cell for cell in cells.grade_cells if cell.name not in gone),
    )
