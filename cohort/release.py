"""Makes the student's version of an assignment, and proves that no solution or hidden check is in it."""

from __future__ import annotations

import shutil
from pathlib import Path

from nbgrader.converters import GenerateAssignment

from cohort import tree
from cohort.course import cohort_folder, load_cohort, load_course
from cohort.errors import CourseError, full_disk
from cohort.files import whole_folder
from cohort.grading.course_directory import course_directory, nbgrader_config, nbgrader_log
from cohort.notebooks import parameters, read_notebook, set_parameters, write_notebook
from cohort.places import load_place
from cohort.scan import leaks_of_release, read_secrets


def release(module: str) -> Path:
    """Write ``release/<module>/`` of the current cohort from the source, with nbgrader.

    The cohort's place and seed are set in the cell tagged ``parameters`` first. The
    assignment is entered in the gradebook, as nbgrader does, also if the release is refused later.

    Returns
    -------
    Path
        The released notebook. On any error the earlier release stays as it was.

    Raises
    ------
    CourseError
        If the module is unknown, the cohort's place has no pack or no scenario for it, the source is damaged,
        nbgrader refuses it, or a secret leaked.
    """
    load_course().module(module)
    source = _cohort_source(module)
    config = nbgrader_config()
    target = cohort_folder() / "release" / module
    try:
        with whole_folder(target) as beside, nbgrader_log() as log:
            directory = course_directory(module, config=config)
            directory.release_directory = str(beside)
            GenerateAssignment(coursedir=directory, config=config, force=True, log=log).start()
            for leak in leaks_of_release(read_secrets(source.parent), beside / module):
                raise CourseError(f"{source}: the release's {leak}: nothing was released; mend the marks of that cell")
            for path in sorted((beside / module).iterdir()):
                shutil.move(path, beside / path.name)
            (beside / module).rmdir()
        _only_mine(cohort_folder() / "gradebook.db")
    except OSError as error:
        raise full_disk(error) or error from error
    return target / f"{module}.ipynb"


def _only_mine(gradebook: Path) -> None:
    """Let no other account of the machine read an SQLite gradebook."""
    if gradebook.exists():
        gradebook.chmod(0o600)


def _cohort_source(module: str) -> Path:
    """The source notebook with the cohort's place and seed, in the cohort's own folder."""
    cohort = load_cohort()
    try:
        load_place(cohort.place).scenario(module)
    except CourseError as error:
        raise CourseError(f"{cohort_folder() / 'cohort.yml'}: its place cannot have {module}: {error}") from error
    original = tree.source(module)
    notebook = read_notebook(original)
    wanted = {"place": cohort.place, "seed": cohort.seed}
    source = cohort_folder() / "source" / module / f"{module}.ipynb"
    if source == original:
        if parameters(notebook, original) | wanted != parameters(notebook, original):
            raise CourseError(
                f"{original}: its parameters are not those of cohort.yml (place {cohort.place}, seed {cohort.seed}): "
                "mend one or the other"
            )
    else:
        set_parameters(notebook, wanted, original)
        shutil.copytree(original.parent, source.parent, dirs_exist_ok=True)
        write_notebook(notebook, source)
    return source
