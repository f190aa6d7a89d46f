"""What a text defines and needs is read from it; what is not certain is not promised."""

from __future__ import annotations

import pytest

from cohort.grading.names import code_of, is_python, needed_by


@pytest.mark.parametrize(
    ("text", "binds", "quiet"),
    [
        ("def f(x: int | None = None) -> pd.DataFrame:\n    return g(x)", {"f"}, True),
        ("import math\nx = 1", {"math", "x"}, True),
        ("import not_installed", {"not_installed"}, False),
        ("x = 1\nx = 2", {"x"}, False),
        ("x = g()", {"x"}, False),
        ("@cache\ndef f():\n    pass", {"f"}, False),
        ("def f(x=g()):\n    pass", {"f"}, False),
        ("def f():\n    global x\n    x = 1", {"f", "x"}, True),
        ("%matplotlib inline\nx = 1", {"x"}, False),
        ("async def f():\n    pass\nawait f()", {"f"}, False),
    ],
)
def test_what_a_cell_defines(text, binds, quiet):
    code = code_of(text)
    assert (code.whole, code.binds, code.quiet) == (True, binds, quiet)


@pytest.mark.parametrize(
    ("text", "binds"),
    [
        ("def f(x:\n    return 1", {"f"}),
        ("x = f'''\nfrom here", {"x"}),
        ("    return 1", set()),
        ("A note.", set()),
        ("x = 1\x00", {"x"}),
        ("(" * 1000, set()),
    ],
)
def test_what_is_no_python_by_itself_still_shows_what_it_would_define(text, binds):
    assert not is_python(text)
    assert code_of(text).binds == binds


def test_a_function_needs_what_the_functions_that_it_calls_need():
    codes = [code_of("def f():\n    return g()"), code_of("def g():\n    return LIMIT"), code_of("other = 1")]
    assert needed_by({"f"}, codes) == {"f", "g", "LIMIT"}
