"""An assignment as the audit hears it: its code cells with other answers in them, and its checks."""

from __future__ import annotations

import symtable
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from itertools import pairwise

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from cohort import answers, tree
from cohort.audit.hearing import Court
from cohort.errors import must_exist
from cohort.grading.course_directory import nbgrader_config
from cohort.grading.execute import LONGEST, setup
from cohort.grading.folders import Folders
from cohort.grading.judged import hidden_lines
from cohort.grading.trial import Check
from cohort.notebooks import code_cells, grade_id, is_check, is_solution, parameters, read_notebook, set_parameters


class Exam:
    """The assignment of a module.

    Parameters
    ----------
    module : str
        Its name.

    Attributes
    ----------
    solutions : dict
        The reference solution of each cell that students write code in, by grade id.
    points : dict
        The most that each check gives, by grade id.
    own : dict
        For each solution cell, the checks between it and the next one.
    limit : float
        Seconds that the course gives each cell and each check.

    Raises
    ------
    CourseError
        If the module's source, release or a file beside it is missing or damaged.
    """

    def __init__(self, module: str) -> None:
        self.module = module
        self._path = tree.source(module)
        self._notebook = read_notebook(self._path)
        released = read_notebook(must_exist(tree.release(module), f"run `cohort release {module}`"))
        self._released = {grade_id(cell): cell.source for cell in released.cells if is_solution(cell)}
        reference = answers.reference(module)
        code = [cell for cell in self._notebook.cells if cell.cell_type == "code"]
        self.solutions = {name: reference[name] for cell in code if is_solution(cell) and (name := grade_id(cell))}
        checks = [cell for cell in code if is_check(cell)]
        self.sources = {grade_id(cell): cell.source for cell in checks}
        self.points = {grade_id(cell): float(cell.metadata.nbgrader.points) for cell in checks}
        self.own = _own_checks(code)
        # The names that cells use and set, and those that checks use.
        self._used = [_names(cell.source) for cell in code if not is_check(cell)]
        self._asked = {name: _names(source)[0] for name, source in self.sources.items()}
        self._config = nbgrader_config()
        self.limit = float(self._config.Execute.get("timeout", None) or LONGEST)
        self.given = parameters(self._notebook, self._path)

    def court(self) -> Court:
        """What all its cases have in common."""
        return Court(Folders(self.module, self._config).source_files(), setup())

    def cells_of(self, answer: answers.Answer) -> dict[str, str]:
        """An answer's code cells; those it does not name hold the solution, or stay as they were released."""
        rest = self.solutions if answer.rest == "solution" else self._released
        return {name: answer.cells.get(name, rest[name]) for name in self.solutions}

    def unanswered(self) -> dict[str, str]:
        """The code cells as they were released."""
        return {name: self._released[name] for name in self.solutions}

    def steps(
        self,
        cells: Mapping[str, str],
        checks: Collection[str] | None = None,
        values: Mapping[str, object] | None = None,
    ) -> tuple[tuple[str, ...], tuple[str | Check, ...]]:
        """The instructor's cells at the beginning, and all code cells with these answers, up to the last check.

        Parameters
        ----------
        cells : mapping
            What stands in solution cells, by grade id; the reference solution in those that are not named.
        checks : collection of str, optional
            The checks to hear; all without it.
        values : mapping, optional
            Other parameters than the source's, such as ``place`` and ``seed``.
        """
        notebook = self._notebook
        if values:
            notebook = deepcopy(notebook)
            set_parameters(notebook, dict(values), self._path)
        shared: list[str] = []
        steps: list[str | Check] = []
        answered = False
        for cell in notebook.cells:
            name = grade_id(cell)
            if is_check(cell) and cell.cell_type == "code":
                if checks is None or name in checks:
                    steps.append(Check(name, cell.source, hidden_lines(cell.source)))
                continue
            if cell.cell_type == "code" and is_solution(cell):
                answered = True
                code = [text] if (text := cells.get(name, self.solutions[name])).strip() else []
            else:
                code = code_cells(NotebookNode(cells=[cell]))
            steps += code
            shared += [] if answered else code
        last = max((number for number, step in enumerate(steps) if isinstance(step, Check)), default=-1)
        return tuple(shared), tuple(steps[: last + 1])

    def swayed(self) -> set[str]:
        """The checks whose verdict may depend on the parameters."""
        return self._reached(set(self.given))

    def concerned(self, cells: Mapping[str, str]) -> set[str]:
        """The checks whose verdict may depend on what stands in these solution cells."""
        sources = [text for name, code in cells.items() for text in (code, self.solutions[name])]
        return self._reached(set().union(*(_names(source)[1] for source in sources))).union(
            *(self.own[name] for name in cells)
        )

    def _reached(self, names: set[str]) -> set[str]:
        """The checks that use one of these names, or a name that a cell sets which uses one.

        What a cell does to the state of a library is not seen.
        """
        while more := set().union(*(sets for uses, sets in self._used if uses & names)) - names:
            names = names | more
        return {check for check, uses in self._asked.items() if uses & names}


def _own_checks(code: list[NotebookNode]) -> dict[str, list[str]]:
    starts = [number for number, cell in enumerate(code) if is_solution(cell)] + [len(code)]
    return {
        grade_id(code[start]): [grade_id(cell) for cell in code[start:end] if is_check(cell)]
        for start, end in pairwise(starts)
    }


def _names(source: str) -> tuple[set[str], set[str]]:
    """The notebook's names that a cell uses, and those that it sets; one that is no Python does neither."""
    try:
        top = symtable.symtable(TransformerManager().transform_cell(source), "<cell>", "exec")
    except (SyntaxError, ValueError):
        return set(), set()
    sets = {each.get_name() for each in top.get_symbols() if each.is_assigned() or each.is_imported()}
    return {name for name in _uses(top) if name not in sets}, sets


def _uses(table: symtable.SymbolTable) -> Iterator[str]:
    outermost = table.get_type() == "module"
    yield from (
        each.get_name() for each in table.get_symbols() if each.is_global() or (outermost and each.is_referenced())
    )
    for inner in table.get_children():
        yield from _uses(inner)
