"""The mutants of whole solutions: they parse, differ, keep their order and their names, and one learns by heart."""

from __future__ import annotations

import ast
import subprocess
import sys

import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from cohort import answers
from cohort.answers import Kind
from cohort.audit.mutants import learnt_by_heart, mutants, task_function
from cohort.course import load_course
from cohort.errors import CourseError

SOLUTION = """\
def usual(df: pd.DataFrame, years: list[int]) -> float:
    chosen = df[df["year"].isin(years)]
    return float(chosen["deaths"].mean())
"""
STATEMENTS = [
    "x = 1",
    "x += y[0]",
    "x = df[df.a.isin(b) & (df.c > 1)].groupby(['a', 'b'])['c'].mean()",
    "t = a.merge(b, on=['x', 'y'], how='left')",
    "if x:\n    raise ValueError('no')",
    "for x in y:\n    for z in x:\n        if z > 1:\n            continue\n        f(z)",
    "while x < 3:\n    x += 1",
    "def f(df: pd.DataFrame) -> float:\n    total = df.a.sum()\n    return total",
    "def g(a, b):\n    '''Say.'''\n    if a:\n        return b, 2\n    elif b:\n        return a, 1\n    return 0, 0",
    "class C:\n    x: int = 1\n\n    def m(self):\n        return self.x * 2",
    "async def h(x):\n    return await x + 1",
    "x = f'{a + 1:,.0f} {\"more\" if a else b}'",
    "with open(p) as file:\n    n = sum(len(line) for line in file if line)",
    "try:\n    x = 1 / y\nexcept ZeroDivisionError:\n    x = 0",
    "match x:\n    case 1:\n        y = 2\n    case _:\n        y = 3",
    "del x[0]",
    "x = lambda a=1: a and not b",
    "%matplotlib inline",
    "files = !ls",
    "'''One\n# two {3}\n'''",
]


def corpus() -> dict[str, str]:
    """The functions of all reference solutions, and those of one bank's right answers."""
    cells = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        for module in load_course(ROOT / "course.yml").modules:
            cells |= {f"{module.name}: {name}": text for name, text in answers.reference(module.name).items()}
        for answer in answers.read_bank("excess"):
            if answer.kind is Kind.RIGHT:
                cells |= {f"{answer.name}: {name}": text for name, text in answer.cells.items()}
    return {name: text for name, text in cells.items() if task_function(text) is not None}


CORPUS = corpus()


@pytest.fixture(scope="module")
def made():
    return {name: mutants(name, text) for name, text in CORPUS.items()}


def differ(source, found):
    """What holds for all mutants of a cell."""
    programs = [ast.dump(ast.parse(mutant.source)) for mutant in found]
    assert len(set(programs)) == len(programs)
    names = [(mutant.was, mutant.now) for mutant in found]
    assert len(set(names)) == len(names)
    assert all(mutant.was != mutant.now and 1 <= mutant.line <= len(source.splitlines()) + 1 for mutant in found)


@pytest.mark.parametrize("name", CORPUS)
def test_mutants_of_a_real_solution_parse_and_differ(made, name):
    original = ast.dump(ast.parse(CORPUS[name]))
    differ(CORPUS[name], made[name])
    assert all(ast.dump(ast.parse(mutant.source)) != original for mutant in made[name])
    assert made[name]


@pytest.mark.parametrize("name", CORPUS)
def test_blank_lines_and_comments_do_not_rename_mutants(made, name):
    text = CORPUS[name]
    moved = mutants(name, "# The solution.\n\n\n" + text.replace("\n    return ", "\n\n    # The answer.\n    return "))
    assert [(each.operator, each.was, each.now) for each in moved] == [
        (each.operator, each.was, each.now) for each in made[name]
    ]
    assert all(there.line >= here.line + 3 for here, there in zip(made[name], moved, strict=True))


def test_the_order_is_the_same_in_another_process():
    code = "import sys; from cohort.audit.mutants import mutants; print(mutants('a', sys.stdin.read()))"
    source = CORPUS["excess: baseline"]
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=source,
            text=True,
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(STATEMENTS), max_size=5))
def test_mutants_of_any_statements_parse_and_differ(statements):
    source = "\n".join(statements)
    differ(source, mutants("task", source))


@pytest.mark.filterwarnings("ignore:`make_tokens_by_line`")
@settings(deadline=None)
@given(st.text())
def test_any_text_has_mutants_or_a_mend(text):
    try:
        differ(text, mutants("task", text))
    except CourseError as error:
        assert str(error).startswith("task: ")


def test_the_same_line_twice_is_told_apart_by_the_line_above():
    source = "a = x\ny = b[3]\nc = x\ny = b[3]\n"
    found = [(each.line, each.was, each.now) for each in mutants("task", source) if "more" in each.operator]
    assert found == [
        (2, "a = x\ny = b[3]", "a = x\ny = b[4]"),
        (4, "c = x\ny = b[3]", "c = x\ny = b[4]"),
    ]


def test_a_difference_shows_one_line_above_and_below():
    dropped = next(each for each in mutants("usual", SOLUTION) if each.now == "chosen = df")
    assert dropped.diff(SOLUTION).splitlines() == [
        "@@ -1,3 +1,3 @@",
        " def usual(df: pd.DataFrame, years: list[int]) -> float:",
        '-    chosen = df[df["year"].isin(years)]',
        "+    chosen = df",
        '     return float(chosen["deaths"].mean())',
    ]


def test_magics_are_passed_over():
    source = "%matplotlib inline\nfiles = !ls\nx = y[7]\n%time z = 3\n"
    found = mutants("task", source)
    assert {(each.line, each.was, each.now) for each in found} == {
        (3, "x = y[7]", "x = y[8]"),
        (3, "x = y[7]", "x = y[6]"),
    }
    assert "+x = y[8]" in found[0].diff(source)
    assert found[0].diff(source).count("\n+") == 1
    assert mutants("task", "%%time\nx = 7\n") == []


def test_a_solution_that_does_not_parse_is_named_with_its_line():
    with pytest.raises(CourseError, match=r"^usual: line 2 of the solution is no Python .*: mend the cell"):
        mutants("usual", "x = 1\ny = (2\n")
    assert task_function("x = (") is None


def test_a_solution_nested_too_deeply_is_named():
    with pytest.raises(CourseError, match=r"^usual: "):
        mutants("usual", "x = " + "-" * 3000 + "1")
    with pytest.raises(CourseError, match=r"^usual: "):
        mutants("usual", "x = " + "1 + " * 600 + "1")


def test_the_task_is_the_last_function_at_the_top():
    assert task_function("def a(): ...\ndef b():\n    def c(): ...\nclass D:\n    def e(self): ...\n") == "b"
    assert task_function("%matplotlib inline\ndef a(): ...\n") == "a"
    assert task_function("x = 1\n") is None
    assert learnt_by_heart("task", "x = 1\n") is None


def test_answers_learnt_by_heart_are_right_so_often_and_then_repeated():
    source = (
        'def double(x: int) -> int:\n    """Twice."""\n    if x < 0:\n        raise ValueError(x)\n    return 2 * x'
    )
    first, third = learnt_by_heart("double", source), learnt_by_heart("double", source, calls=3)
    assert first.operator == "the first answer is learnt by heart"
    assert first in mutants("double", source)
    names: dict = {}
    exec(first.source, names)
    assert [names["double"](x) for x in (1, 2, -1)] == [2, 2, 2]
    assert names["double"].__doc__ == "Twice."
    exec(third.source, names)
    assert names["double"](1) == 2
    with pytest.raises(ValueError, match="-1"):
        names["double"](-1)
    assert [names["double"](x) for x in (2, 3, -1)] == [4, 4, 4]


@pytest.mark.filterwarnings("ignore:The inplace keyword")
def test_the_callers_table_is_changed_and_the_answer_is_right():
    changed = [each for each in mutants("usual", SOLUTION) if each.operator == "the caller's table is changed"]
    for mutant in changed:
        table = pd.DataFrame({"year": [1, 1, 2], "deaths": [10.0, 20.0, 30.0]})
        names = {"pd": pd}
        exec(mutant.source, names)
        before = table.copy()
        assert names["usual"](table, [1]) == 15
        assert not table.equals(before)
    assert len(changed) == 2
