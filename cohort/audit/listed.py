"""What people say of single mutants in ``answers/<module>/mutants.yml``: which are no fault, why others survive."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cohort import tree
from cohort.audit.mutants import Mutant
from cohort.course import Record, Text
from cohort.yamlfile import read_yaml

NAME = "mutants.yml"


class Listed(Record):
    """One mutant: its cell, the lines that differ as the audit prints them, and the reason."""

    cell: Text
    was: Annotated[str, Field(default="")]
    now: Annotated[str, Field(default="")]
    why: Text

    def names(self, mutant: Mutant) -> bool:
        """Whether this is the mutant."""
        return (self.cell, _bare(self.was), _bare(self.now)) == (mutant.cell, _bare(mutant.was), _bare(mutant.now))


class Lists(Record):
    """The lists of a module.

    Attributes
    ----------
    equivalent : list of Listed
        No fault: no answer that they give can be told from a right one. They do not count.
    survive : list of Listed
        A fault that no check finds, with the reason why none is asked to. They count as survivors.
    """

    equivalent: Annotated[list[Listed], Field(default_factory=list)]
    survive: Annotated[list[Listed], Field(default_factory=list)]

    def why(self, mutant: Mutant) -> str:
        """The reason why a mutant survives; empty if none is listed."""
        return next((each.why for each in self.survive if each.names(mutant)), "")


def read_lists(module: str) -> Lists:
    """The lists of a module; empty ones without the file.

    Raises
    ------
    CourseError
        If the file is malformed.
    """
    path = tree.root() / "answers" / module / NAME
    return read_yaml(path, Lists) if path.exists() else Lists()


def _bare(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]
