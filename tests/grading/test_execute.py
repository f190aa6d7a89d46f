"""nbgrader's Execute on a warm kernel: the same place in nbgrader's chain, the files and reasons of a fork."""

from __future__ import annotations

import nbformat
import pytest
from conftest import cell, tiny_source
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from cohort.errors import CourseError
from cohort.grading import execute
from cohort.grading.course_directory import nbgrader_config
from cohort.grading.execute import Execute, code_cells, shared_cells


@pytest.fixture(autouse=True)
def no_zygote_left():
    yield
    for zygote in execute._zygotes.values():
        zygote.close()
    execute._zygotes.clear()


FIRST = 'place = "NG"\nseed = 1995'


def executed(root, *cells: str, folder: str = "autograded/ada/tiny", first: str = FIRST, **options: bool):
    place = root / folder
    place.mkdir(parents=True, exist_ok=True)
    notebook = new_notebook(cells=[new_code_cell(code) for code in (first, *cells)])
    resources = {"metadata": {"path": str(place)}, "nbgrader": {"assignment": "tiny", "notebook": "tiny"}}
    config = Config(nbgrader_config())
    config.Execute.update(options)
    found, _ = Execute(config=config).preprocess(notebook, resources)
    return place, ["".join(out.get("text") or out.data["text/plain"] for out in each.outputs) for each in found.cells]


@pytest.mark.parametrize("options", [{}, {"fork_late": False}, {"fenced": False}])
def test_cells_run_beside_their_files_and_what_they_write_and_remove_is_so_in_the_folder(released, options):
    place = released / "autograded/ada/tiny"
    place.mkdir(parents=True)
    for name in ("kept.txt", "changed.txt", "removed.txt"):
        (place / name).write_text(name)
    work = "import os\nopen('changed.txt', 'w').write('new')\nos.remove('removed.txt')\nos.mkdir('below')\n"
    _, said = executed(
        released, work + "print(open('kept.txt').read(), place)", "open('below/b', 'w').write('b')", **options
    )
    assert said == ["", "kept.txt NG\n", "1"]
    found = {path.relative_to(place).as_posix(): path.read_text() for path in place.rglob("*") if path.is_file()}
    assert found == {"kept.txt": "kept.txt", "changed.txt": "new", "below/b": "b"}


def test_a_student_s_cell_sees_neither_the_gradebook_nor_the_source(released):
    _, said = executed(
        released,
        f"import os\ndef tries(name):\n    try:\n        return open('{released}/' + name).read()[:9]\n"
        "    except OSError:\n        return 'refused'",
        "print(tries('gradebook.db'), tries('source/tiny/tiny.ipynb'), tries('course.yml'))",
    )
    assert said[-1] == "refused refused title: Ti\n"


def test_a_dead_kernel_is_named_with_its_cell_and_the_next_notebook_runs(released):
    with pytest.raises(CourseError, match="code cell 2: a cell ended Python with exit status 3"):
        executed(released, "import os; os._exit(3)")
    assert executed(released, "1 + 1")[1][-1] == "2"


def test_what_shared_cells_read_of_one_source_is_not_what_they_read_of_the_next(released):
    source = released / "source/tiny/tiny.ipynb"
    notebook = nbformat.read(source, as_version=4)
    reads = 'place = open("place.txt").read()\nseed = 1995'
    notebook.cells[0].source = reads
    nbformat.write(notebook, source)
    for place in ("NG", "IN"):
        (source.parent / "place.txt").write_text(place)
        folder = released / "autograded/ada/tiny"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "place.txt").write_text(place)
        _, said = executed(released, "place", first=reads)
        assert said[-1] == repr(place)
        assert len(execute._zygotes) == 1


def test_shared_cells_end_before_the_first_that_students_answer_in(tmp_path):
    notebook = tiny_source()
    notebook.cells.insert(1, cell("empty", "  ", locked=True))
    nbformat.write(notebook, tmp_path / "a.ipynb")
    assert shared_cells(tmp_path / "a.ipynb") == ['place = "NG"\nseed = 1995']
    assert len(code_cells(notebook)) == 3
    notebook.cells[2].metadata["tags"] = ["skip-execution"]
    assert len(code_cells(notebook)) == 2
    with pytest.raises(CourseError, match="restore it"):
        shared_cells(tmp_path / "b.ipynb")
