"""Arguments and options that several commands share, and what they do with them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from cohort import tree
from cohort.errors import CourseError

Module = Annotated[str, typer.Argument(help="A module of course.yml, such as `excess`.")]
Modules = Annotated[list[str] | None, typer.Argument(help="Modules of course.yml; all without it.")]
Students = Annotated[list[str] | None, typer.Option("--student", help="This student only; may be repeated.")]
Force = Annotated[bool, typer.Option("--force", help="Do it again, whatever has changed.")]
At = Annotated[list[str] | None, typer.Option("--place", help="A place's code, such as NG; may be repeated.")]
Cohort = Annotated[str | None, typer.Option("--cohort", help="A cohort's id.")]


def choose(cohort: str | None) -> None:
    """Work on this cohort."""
    if cohort:
        os.environ["COHORT"] = cohort


def fail(reasons: list[str]) -> None:
    """End with these errors, if there are any."""
    if reasons:
        raise CourseError("\n".join(reasons))


def short(path: Path) -> str:
    """A path as people read it: from the tree's root."""
    return str(path.relative_to(tree.root())) if path.is_relative_to(tree.root()) else str(path)
