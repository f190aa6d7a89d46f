"""Mends what was handed in on its way to be graded, and notes in the notebook what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool

from cohort.course import cohort_folder
from cohort.grading.course_directory import open_gradebook
from cohort.grading.damaged import AGAIN, Irreparable
from cohort.grading.released import SourceCells, source_cells
from cohort.grading.repair import repair
from cohort.grading.which import which
from cohort.notebooks import read_notebook

# Of a notebook's metadata, what grading has to say of it.
KEY = "cohort"


@dataclass(frozen=True)
class Given:
    """What students were given: the notebooks of an assignment, by name, and those of all others."""

    notebooks: dict[str, NotebookNode]
    others: dict[str, NotebookNode]


class Mend(NbGraderPreprocessor):
    """Mends a notebook before nbgrader looks at it. `nbgrader autograde` has no use for one under another name."""

    judged = Bool(False, help="Mend; without a judge, a damaged notebook is nbgrader's own affair.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """The notebook in the shape of its assignment.

        Raises
        ------
        Irreparable
            If it cannot be mended.
        """
        if not self.judged:
            return nb, resources
        about = resources["nbgrader"]
        with open_gradebook() as gradebook:
            cells = source_cells(gradebook, about["assignment"])[about["notebook"]]
        return mended(nbformat.writes(nb), about["notebook"], given(about["assignment"]), cells), resources


def given(assignment: str) -> Given:
    """What students of the cohort were given for an assignment.

    Raises
    ------
    CourseError
        If a notebook cannot be read.
    """
    notebooks, others = {}, {}
    for path in sorted((cohort_folder() / "release").glob("*/*.ipynb")):
        found = read_notebook(path, f"run `cohort release {path.parent.name}`")
        (notebooks if path.parent.name == assignment else others)[path.stem] = found
    return Given(notebooks, others)


def named(texts: Mapping[str, str], given: Given) -> dict[str, str]:
    """The text of each notebook of an assignment that was handed in, by its name, whatever the file is called.

    Raises
    ------
    Irreparable
        If no file is one, or it cannot be told which.
    """
    found = {name: texts[file] for file, name in which(texts, given.notebooks).items()}
    if texts and not found:
        raise Irreparable(f"{', '.join(sorted(texts))}: no notebook of this assignment: {AGAIN}")
    return found


def mended(text: str, name: str, given: Given, cells: SourceCells) -> NotebookNode:
    """A notebook in the shape of its assignment, with what was done in its metadata.

    Parameters
    ----------
    text : str
        As it was handed in.
    name : str
        Which notebook of the assignment it is.
    given : Given
        What students were given.
    cells : SourceCells
        The same notebook with its whole checks.

    Raises
    ------
    Irreparable
        If it cannot be mended.
    """
    checks = {cell.name: cell.source for cell in cells.source_cells}
    found = repair(text, given.notebooks[name], given.others, checks)
    notebook = found.notebook
    notebook.metadata.pop(KEY, None)  # what a student wrote there is not grading's
    if found.repairs or found.ungraded:
        said = {"repairs": [asdict(each) for each in found.repairs], "ungraded": found.ungraded}
        notebook.metadata[KEY] = nbformat.from_dict(said)
    return notebook
