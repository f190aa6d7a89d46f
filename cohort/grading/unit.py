"""The unit of work: submissions go in, graded notebooks come out; no gradebook, no folder in common.

All here can be pickled, so that a worker process on this machine and one on another do the same work.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config

from cohort.grading.forks import Setup
from cohort.grading.mended import Given
from cohort.grading.released import SourceCells


@dataclass(frozen=True)
class Assignment:
    """What all submissions of an assignment have in common.

    Attributes
    ----------
    name : str
        The assignment.
    notebooks : dict
        The released cells, by notebook.
    shared : dict
        The code cells before the first solution cell, by notebook.
    files : dict
        Content of the source's other files, by path.
    config : Config
        nbgrader's.
    setup : Setup
        How the kernel is started.
    share : bool
        Whether submissions whose cells are the same so far share what those did.
    judged : bool
        Whether a judge hears the checks, in a process that no student's code runs in.
    given : Given or None
        What students were given, by which what they hand in is mended; None if it is not to be.
    misconceptions : dict
        For each check, by behaviour, words on the misconception that it is known of.
    """

    name: str
    notebooks: dict[str, SourceCells]
    shared: dict[str, list[str]]
    files: dict[str, bytes]
    config: Config
    setup: Setup
    share: bool = True
    judged: bool = False
    given: Given | None = None
    misconceptions: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Submission:
    """What a student handed in: the text of each notebook, and the content of each other file, by path."""

    student: str
    notebooks: dict[str, str]
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Graded:
    """A submission with the outputs of its cells, or the reason why it has none.

    Attributes
    ----------
    student : str
        Whose.
    notebooks : dict
        The text of each autograded notebook.
    files : dict
        Content of each other file after the run, by path.
    reason : str
        Why it could not be run to the end; empty if it was.
    seconds, cpu_seconds : float
        Time it took, and processor time of its kernels.
    private_mb : float or None
        Memory that its largest kernel shared with no other process, if it was measured.
    """

    student: str
    notebooks: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    reason: str = ""
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    private_mb: float | None = None

    def parsed(self) -> dict[str, NotebookNode]:
        """The autograded notebooks."""
        return {name: nbformat.v4.reads(text) for name, text in self.notebooks.items()}
