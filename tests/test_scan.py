"""The scanner: it finds every kind of secret, however it is shown, and takes nothing for one that is none."""

from __future__ import annotations

import nbformat
import pytest
from conftest import ROOT, cell, tiny_source
from nbformat.v4 import new_markdown_cell, new_notebook, new_output

from cohort import scan
from cohort.literals import Code, matches
from cohort.markers import HIDDEN_CHECK, SOLUTION, in_sight, marked_lines


def check(hidden: str, visible: str = "assert f(1) == 2, 'Add one.'") -> nbformat.NotebookNode:
    """A check with a hidden part."""
    source = f"{visible}\n# BEGIN HIDDEN TESTS\n{hidden}\n# END HIDDEN TESTS"
    return cell("check", source, grade=True, locked=True, points=1)


def secrets_of(hidden: str, *more: nbformat.NotebookNode) -> scan.Secrets:
    return scan.secrets([new_notebook(cells=[check(hidden), *more])])


def release() -> nbformat.NotebookNode:
    """The tiny assignment as students get it."""
    notebook = tiny_source()
    notebook.cells[2].source = "def add(a, b):\n    # Write your answer here\n    raise NotImplementedError()"
    notebook.cells[3].source = in_sight(notebook.cells[3].source)
    notebook.cells[4].source = "YOUR ANSWER HERE"
    return notebook


# Marks


@pytest.mark.parametrize("sign", ["###", "#", "//", "  # of another place:"])
def test_a_mark_is_any_line_that_holds_nbgraders_delimiter(sign):
    source = f"a\n{sign} BEGIN HIDDEN TESTS\nb\n{sign} END HIDDEN TESTS\nc"
    assert marked_lines(source) == dict.fromkeys((2, 3, 4), HIDDEN_CHECK)
    assert in_sight(source) == "a\nc"
    assert in_sight(source, SOLUTION) == source


# What is a secret


SEEDED = {
    "a line of the solution": "total_of_both = a + b",
    "the same line, spaced otherwise": "total_of_both=a+b",
    "a line of the hidden check": "assert add(20, 22.5) == 42.5",
    "a line of the mark scheme": "Because a sum has two parts.",
    "the same line, set in bold": "Because a **sum** has two parts.",
    "a value of the hidden check": "The right answer is 42.5, of course.",
}


@pytest.mark.parametrize("leak", SEEDED.values(), ids=SEEDED.keys())
@pytest.mark.parametrize("place", ["source", "metadata", "attachment"])
def test_each_kind_of_secret_is_found_wherever_a_release_shows_it(leak, place):
    shown = release()
    if place == "source":
        shown.cells.append(new_markdown_cell(f"A hint: {leak}", id="hint"))
    elif place == "metadata":
        shown.cells[0].metadata["note"] = {"texts": [leak]}
    else:
        shown.cells[0]["attachments"] = {"note.txt": {"text/plain": leak}}
    (found, *_) = scan.leaks_of_notebook(scan.secrets([tiny_source()]), shown)
    assert found.startswith(f"cell {'hint' if place == 'source' else 'title'} shows line ")
    assert " in the source (" in found


def test_a_clean_release_has_no_leak():
    assert list(scan.leaks_of_notebook(scan.secrets([tiny_source()]), release())) == []


def test_the_release_of_the_course_has_no_leak():
    hidden = scan.read_secrets(ROOT / "source/excess")
    assert len(hidden.lines) > 100 < len(hidden.open_text)
    assert 842 in hidden.numbers and "2017-09-20" in hidden.texts
    assert list(scan.leaks_of_release(hidden, ROOT / "release/excess")) == []


def test_outputs_and_marks_are_leaks_too():
    hidden, shown = scan.secrets([tiny_source()]), release()
    shown.cells[3].outputs = [new_output("stream", name="stdout", text="hello")]
    assert list(scan.leaks_of_notebook(hidden, shown)) == ["cell check_add has outputs"]
    shown.cells[3].outputs = []
    shown.cells[3].source += "\n### begin hidden tests"
    assert "cell check_add still has a marker of nbgrader's" in next(scan.leaks_of_notebook(hidden, shown))


def test_files_beside_the_notebook_are_scanned_for_lines_and_may_hold_any_number(tmp_path):
    hidden = scan.secrets([tiny_source()])
    (tmp_path / "data.csv").write_text("place,deaths\nNG,42.5\n")
    assert list(scan.leaks_of_release(hidden, tmp_path)) == []
    (tmp_path / "more").mkdir()
    (tmp_path / "more/help.py").write_text("def add(a, b):\n    total_of_both = a + b\n")
    assert "more/help.py shows line 3 of cell add in the source (solution)" in next(
        scan.leaks_of_release(hidden, tmp_path)
    )


def test_a_solution_cell_without_marks_is_a_secret_as_a_whole():
    whole = cell("answer", "mean_of_days = df.groupby('day').mean()", solution=True)
    hidden = scan.secrets([new_notebook(cells=[whole])])
    assert "line 1 of cell answer" in next(hidden.lines_in("Try mean_of_days = df.groupby('day').mean()"))


def test_what_students_may_see_is_no_secret():
    seen = new_markdown_cell("Use `weights = [0.25, 0.75]` and the series `gdp`; 1,576 people.", id="seen")
    hidden = secrets_of("weights = [0.25, 0.75]\nassert f('gdp') == 1576", seen)
    assert list(hidden.lines_in("weights = [0.25, 0.75]")) == []
    assert list(hidden.values_in("1576 of gdp")) == []


@pytest.mark.parametrize("line", ["return x", "else:", "except ValueError:", "return not None"])
def test_lines_of_pythons_own_words_tell_nothing(line):
    hidden = secrets_of(f"def g(x):\n    try:\n        pass\n    {line}")
    assert list(hidden.lines_in(line)) == []


@pytest.mark.parametrize(
    ("value", "shown", "found"),
    [
        ("842", "842 people", True),
        ("842", "842.0", True),
        ("1576", "1,576", True),
        ("0.08185", "8.185e-02", True),
        ("0.08185", "The amplitude is 0.0819.", True),
        ("0.08185", "The amplitude is 0.08.", False),
        ("842", "18421", False),
        ("842", "842nd", False),
        ("12", "12", False),
        ("1200", "1200", False),
        ("'Ondo'", "The place is Ondo.", True),
        ("'Ondo'", "Condon", False),
        ("'abc'", "abc", False),
    ],
)
def test_a_value_is_found_if_it_has_enough_digits_or_letters(value, shown, found):
    assert bool(list(secrets_of(f"assert f(3) == {value}").values_in(shown))) is found


def test_what_the_student_handed_in_is_the_students_own():
    hidden = secrets_of("assert f([1, 2, 3]) == 842")
    assert list(hidden.values_in("842")) and not list(hidden.values_in("842", own="I found 842.0."))
    line = "assert f([1, 2, 3]) == 842"
    assert list(hidden.lines_in(line)) and not list(hidden.lines_in(line, own=f"# mine\n{line}"))


def test_a_source_without_notebook_is_an_error_with_the_mend(tmp_path):
    with pytest.raises(scan.CourseError, match="has no notebook, so nobody can say what is secret: restore it"):
        scan.read_secrets(tmp_path)


# Messages are for students; values are not


WORDS = {
    "an assertion": "assert f(3) == 842, 'Not right for Ondo.'",
    "a value put in": "place = 'x'\nassert f(3) == 842, f'Not right for {f(3)} in Ondo.'",
    "a helper's argument": (
        "def is_(right, where):\n    assert f(3) == right, f'Not right for {where}.'\nis_(842, 'Ondo')"
    ),
    "an argument behind a list": (
        "def is_(a, b, where):\n    assert f(a) == b, f'Not right for {where}.'\nis_(*[1, 842], 'Ondo')"
    ),
    "a default": "def is_(right, where='Ondo'):\n    assert f(3) == right, f'Not right for {where}.'\nis_(842)",
    "a loop": "for where, right in [('Ondo', 842), ('Lagos', 1)]:\n    assert f(3) == right, f'Not right for {where}.'",
    "a key": (
        "for name, right in choices.items():\n    assert f[name] == right, f'Not right for {name}.'\n"
        "choices = {'Ondo': 842}"
    ),
    "an error raised": "if f(3) != 842:\n    raise AssertionError('Not right for Ondo.')",
    "an award": "from cohort.checks import award\nif f(3) == 842:\n    award(1, 'it is Right for Ondo.')",
    "two texts": "assert f(3) == 842, 'Not right ' + ('for Ondo.' if f(2) else 'at all.')",
}


@pytest.mark.parametrize("code", WORDS.values(), ids=WORDS.keys())
def test_words_for_students_are_no_secret_and_the_value_beside_them_is(code):
    hidden = secrets_of(code)
    assert list(hidden.values_in("Not right for Ondo.")) == []
    (found,) = hidden.values_in("It should be 842.")
    assert found.endswith(": 842")


def test_a_message_on_lines_of_its_own_is_no_secret_line():
    hidden = secrets_of(
        'assert f(3) == 842, (\n    "The mean is not right: look "\n    "at the days without a count."\n)'
    )
    assert list(hidden.lines_in("The mean is not right: look at the days without a count.")) == []


def test_a_number_that_is_too_large_for_a_float_breaks_nothing():
    assert list(secrets_of(f"assert f(3) == {10**400}").values_in(f"{10**400}")) == []


VALUES = {
    "a value put into words": ("right = 'Ondo'\nassert f(3) == right, f'It is {right}.'", "It is Ondo."),
    "a number put into words": ("def is_(n):\n    assert f(3), f'It is {n}.'\nis_(842)", "It is 842."),
    "an argument that is compared": (
        "def is_(right):\n    assert f(3) == right, f'It is {right}.'\nis_('Ondo')",
        "It is Ondo.",
    ),
    "a value inside a message": ("assert f(3), f'It is {dict(a=\"Ondo\")}.'", "It is {'a': 'Ondo'}."),
}


@pytest.mark.parametrize(("code", "shown"), VALUES.values(), ids=VALUES.keys())
def test_a_value_that_a_message_shows_is_found(code, shown):
    assert list(secrets_of(code).values_in(shown))


def test_code_that_is_no_python_says_nothing_and_breaks_nothing():
    assert Code("this is no python").messages() == []
    assert Code("%matplotlib inline\nassert f, 'Yes.'").messages() == [("Yes.",)]


def test_a_message_is_known_whatever_values_it_holds():
    (message,) = Code("assert f, f'Your {f} is not right for {where}.'").messages()
    assert matches(message, "Your 3 is not right for Ondo.")
    assert not matches(message, "Your 3 is right.")
