"""What a check can see of a notebook, and what the student is told."""

# One check a line, however long.
# ruff: noqa: E501
from __future__ import annotations

import builtins
import socket
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort.grading import frames
from cohort.grading.codec import dumps
from cohort.grading.forks import Setup
from cohort.grading.judge import hear as judge
from cohort.grading.judged import hidden_lines
from cohort.grading.nodes import Zygote
from cohort.grading.trial import Check, Heard, Trial
from cohort.grading.verdict import State, Verdict

SHARED = [
    "import math\nimport numpy as np\nimport pandas as pd\nimport pytest\nimport matplotlib.pyplot as plt\n"
    "from datetime import date, datetime, timedelta, timezone\n"
    "limit = 5\ndef near(a, b):\n    return abs(a - b) < 0.1"
]
CELL = """
def double(x, *, times=1):
    return x * 2 * times
def count():
    yield from range(3)
class Town:
    size = 7
    def __init__(self, name):
        self.name = name
    def grow(self, by):
        self.size += by
        return self.size
class Wrong(ValueError):
    pass
def refuse(x, kind=Wrong):
    raise kind(f'SECRET {x}')
def halt(x):
    raise KeyboardInterrupt(x)
def clear(x):
    x['a'] = 0
def empty(xs):
    xs.clear()
def apply(f, x):
    return f(x) + 1
def same(x):
    return x
def figure():
    fig, ax = plt.subplots()
    ax.plot([1, 2], [3, 5])
    ax.bar([1, 2], [4, 6])
    ax.set(title='Deaths', xlabel='Week', ylabel='Number', xlim=(0, 4))
    return fig
def noisy():
    import sys, warnings
    warnings.warn('old')
    print('loud', file=sys.stderr)
    return 1
"""

WORKS = {
    "keyword": "assert double(2, times=3) == 12",
    "scalars": "for x in (True, None, 1, -2**70, 0.5, 'é', b'x', 1j):\n    assert same(x) == x and type(same(x)) is type(x)",
    "containers": "for x in ([1, [2]], (1,), {'a': (1, 2)}, {1, 2}, frozenset({3})):\n    assert same(x) == x and type(same(x)) is type(x)",
    "generator": "assert count() == [0, 1, 2]",
    "class": "town = Town('Kisumu')\nassert town.name == 'Kisumu' and town.grow(2) == 9 and town.size == 9",
    "array": "x = np.arange(6.0).reshape(2, 3)\nassert same(x).dtype == x.dtype\nnp.testing.assert_array_equal(double(x), x * 2)",
    "table": "x = pd.DataFrame({'a': [1, 2], 'b': pd.Categorical(['u', 'v'])}, index=pd.Index(['p', 'q'], name='place'))\npd.testing.assert_frame_equal(same(x), x)",
    "time zones": "x = pd.Series(pd.date_range('2024-01-01', periods=3, tz='Africa/Nairobi'))\npd.testing.assert_series_equal(same(x), x)",
    "dates": "for x in (date(2024, 1, 2), datetime(2024, 1, 2, 3, tzinfo=timezone.utc), timedelta(1), pd.Timestamp('2024-01-02')):\n    assert same(x) == x",
    "figure": "ax = figure().axes[0]\nassert (ax.get_title(), ax.get_xlabel(), ax.get_ylabel()) == ('Deaths', 'Week', 'Number')\nassert ax.get_xlim() == (0, 4)\nassert list(ax.lines[0].get_ydata()) == [3, 5]\nassert [bar.get_height() for bar in ax.patches] == [4, 6]",
    "error": "with pytest.raises(ValueError):\n    refuse(1)",
    "caught": "try:\n    refuse(1)\nexcept ValueError:\n    seen = True\nassert seen",
    "callback": "asked = []\ndef ours(x):\n    asked.append(x)\n    return x * 10\nassert apply(ours, 3) == 31 and asked == [3]",
    "changed table": "x = pd.DataFrame({'a': [1, 2]})\nclear(x)\nassert x['a'].tolist() == [0, 0]",
    "changed list": "x = [1, 2]\nempty(x)\nassert x == []",
    "instructor's": "assert limit == 5 and near(1, 1.01)",
    "stderr": "assert noisy() == 1",
    "silence": "double(1)\nx = 3",
    "check's own names": "def ours(x):\n    return double(x)\nassert [ours(x) for x in (1, 2)] == [2, 4]",
}  # fmt: skip


@pytest.fixture(scope="module")
def hear():
    """Hears checks of cells behind the shared one; gives what became of them."""
    with Zygote(Setup()) as zygote, Zygote(Setup()) as judges:
        zygote.share(SHARED, {}, 20)
        judges.share(SHARED, {}, 20)

        def heard(steps: list[str | Check]) -> Heard:
            with Trial(zygote, judges, [*SHARED, *steps], {}, SHARED, 5) as trial:
                return trial.hear()

        yield heard


def _check(source: str, name: str = "check") -> Check:
    return Check(name, source, hidden_lines(source))


def _one(hear: Callable[..., Heard], source: str, *cells: str) -> Verdict:
    return hear([*cells, _check(source)]).verdicts["check"]


@pytest.fixture(scope="module")
def works(hear: Callable[..., Heard]) -> dict[str, Verdict]:
    return hear([CELL, *(_check(source, name) for name, source in WORKS.items())]).verdicts


@pytest.mark.parametrize("name", WORKS)
def test_a_check_sees_what_the_notebook_does(works: dict[str, Verdict], name: str):
    assert works[name] == Verdict(State.PASSED)


def test_a_model_of_statsmodels_can_be_looked_at(hear: Callable[..., Heard]):
    pytest.importorskip("statsmodels")
    cell = "import statsmodels.api as sm\nfitted = sm.OLS(np.array([1.0, 2, 3.1]), sm.add_constant([1.0, 2, 3])).fit()"
    check = "assert near(fitted.params[1], 1.05) and fitted.pvalues[1] < 0.1\nassert len(fitted.predict()) == 3"
    assert _one(hear, check, cell) == Verdict(State.PASSED)


def test_a_schema_of_pandera_accepts_and_refuses(hear: Callable[..., Heard]):
    pytest.importorskip("pandera")
    cell = "import pandera.pandas as pa\nschema = pa.DataFrameSchema({'a': pa.Column(int, pa.Check.ge(0))})"
    check = (
        "from pandera.errors import SchemaError\nschema.validate(pd.DataFrame({'a': [1]}))\n"
        "with pytest.raises(SchemaError):\n    schema.validate(pd.DataFrame({'a': [-1]}))"
    )
    assert _one(hear, check, cell) == Verdict(State.PASSED)


def test_a_name_that_is_missing_is_said(hear: Callable[..., Heard]):
    verdict = _one(hear, "assert excess(1) == 1")
    assert (verdict.state, verdict.message) == (State.FAILED, "`excess` is not defined: did the cell run?")


def test_what_a_student_does_to_shared_names_does_not_reach_the_check(hear: Callable[..., Heard]):
    cell = "pd.DataFrame.sum = lambda s: 0\nnear.__code__ = (lambda a, b: True).__code__\nmath.pi = 3"
    assert _one(hear, "assert not near(1, 2) and math.pi > 3.1", cell) == Verdict(State.PASSED)


@pytest.mark.parametrize("before", ["", "%matplotlib inline\n", "!true\n"])
def test_a_shared_name_that_the_student_assigns_anew_is_theirs(hear: Callable[..., Heard], before: str):
    assert _one(hear, "assert limit == 7", f"{before}limit = 7") == Verdict(State.PASSED)


def test_a_check_sees_the_notebook_as_it_is_at_its_place(hear: Callable[..., Heard]):
    steps = [
        "kept = []\ndef f(): kept.append(1); return 1",
        _check("assert f() == 1", "one"),
        "def f(): return len(kept)",
    ]
    found = hear([*steps, _check("assert f() == 1", "two")]).verdicts
    assert found == {"one": Verdict(State.PASSED), "two": Verdict(State.PASSED)}


@pytest.mark.parametrize(
    ("source", "state", "points"),
    [
        ("award(1, 'a')\naward(2, 'b')", State.PASSED, 3),
        ("award(1, 'a')\nassert double(1) == 3", State.FAILED, 1),
        ("award(9, 'a')", State.PASSED, 4),
        ("1.5", State.PASSED, 1.5),
        ("double(0.5)", State.PASSED, 1),
        ("x = 2", State.PASSED, 4),
    ],
)
def test_points_are_what_a_check_gives(hear: Callable[..., Heard], source: str, state: State, points: float):
    verdict = _one(hear, f"from cohort.checks import award\n{source}", CELL)
    assert (verdict.state, verdict.points(4)) == (state, points)


HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("assert double(1) == 3, 'look again'", "look again"),
        ("x = 1\nassert double(1) == 3", "not met: assert double(1) == 3"),
        ("refuse(987)", "your code raised ValueError"),
        ("halt(987)", "your code raised an error"),
        (HIDDEN.format("assert double(1) == 3, 'look again'"), "look again"),
        (HIDDEN.format("assert double(1) == 987"), "a hidden check is not met"),
        (HIDDEN.format("refuse(987)"), "your code raised ValueError"),
        (HIDDEN.format("np.testing.assert_allclose(double(1.0), 987)"), "a hidden check is not met"),
        (HIDDEN.format("same(987) + 'x'"), "the check could not work with what it got: TypeError"),
    ],
)
def test_a_student_is_told_the_check_s_own_words(hear: Callable[..., Heard], source: str, message: str):
    verdict = _one(hear, source, CELL)
    assert (verdict.state, verdict.message, verdict.in_sight) == (State.FAILED, message, "HIDDEN" not in source)


@pytest.mark.parametrize("source", ["f(987)", "assert f(987) == 1", "f(987) + 1"])
@pytest.mark.parametrize(
    "cell",
    ["def f(x):\n    raise type(f'Got{x}', (Exception,), {})", "def f(x):\n    return type(f'Got{x}', (), {})()"],
)
def test_a_name_that_the_student_s_code_chose_is_not_shown(hear: Callable[..., Heard], source: str, cell: str):
    verdict = _one(hear, HIDDEN.format(source), cell)
    assert "987" not in verdict.message


def test_a_module_that_only_the_student_imports_does_not_decide(hear: Callable[..., Heard]):
    cell = "import cmath\ncmath.isclose = lambda *a, **k: True\ndef f():\n    return -1"
    assert _one(hear, "assert cmath.isclose(f(), 6)", cell).state is not State.PASSED


@pytest.mark.parametrize("source", ["assert callable(f)", "assert hasattr(f, '__len__')"])
def test_a_thing_is_not_more_in_a_check_than_in_the_notebook(hear: Callable[..., Heard], source: str):
    cell = "class Thing:\n    __iter__ = None\nf = Thing()"
    assert _one(hear, source, cell).state is State.FAILED


def test_what_a_hidden_check_gave_is_not_shown_by_a_later_visible_one(hear: Callable[..., Heard]):
    cell = "kept = []\ndef f(x):\n    kept.append(x)\n    return kept[0]"
    hidden, visible = HIDDEN.format("f(987.5)"), "np.testing.assert_allclose(f(1.0), 5)"
    heard = hear([cell, _check(hidden, "hidden"), _check(visible, "visible")])
    assert "987.5" not in heard.verdicts["visible"].message


def _answered(source: str, replies: bytes) -> Verdict:
    """The verdict where these bytes are all that the notebook's side ever says."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(replies)
        theirs.shutdown(socket.SHUT_WR)
        return judge(source, {}, ours, frozenset())


def _framed(*answers: object) -> bytes:
    messages = [dumps(answer) for answer in answers]
    return b"".join(len(message).to_bytes(4, "big") + message for message in messages)


@given(st.binary(max_size=200), st.booleans())
def test_bytes_of_no_meaning_fail_the_check(content: bytes, framed: bool):
    replies = len(content).to_bytes(4, "big") + content if framed else content
    assert _answered("assert f == 'what nobody answers'", replies).state is State.FAILED


_PLAIN = st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3) | st.binary(max_size=3) | st.floats()
_ANY = st.recursive(_PLAIN, lambda part: st.lists(part, max_size=3) | st.dictionaries(_PLAIN, part, max_size=2))
_VERBS = st.sampled_from(["value", "raised", "missing", "call", "other"])
_ANSWERS = st.lists(st.tuples(_VERBS, st.lists(_ANY, max_size=4)).map(lambda pair: [pair[0], *pair[1]]), max_size=4)


@given(_ANSWERS)
def test_answers_of_any_form_fail_the_check(answers: list[object]):
    assert _answered("assert f == 'what nobody answers'", _framed(*answers)).state is State.FAILED


def test_a_message_longer_than_can_be_is_not_waited_for():
    assert _answered("f", (frames.LARGEST + 1).to_bytes(4, "big")).state is State.FAILED


@pytest.mark.parametrize(
    "name",
    [name for name, each in vars(builtins).items() if isinstance(each, type) and issubclass(each, BaseException)],
)
@pytest.mark.parametrize(
    "source", ["f", "assert all(map(lambda _: f, [1]))", "for _ in map(lambda _: f, [1]):\n    pass"]
)
def test_an_error_of_any_kind_fails_the_check(name: str, source: str):
    about = {"kind": name, "kinds": [f"builtins.{name}", "builtins.Exception"], "message": "SECRET"}
    verdict = _answered(source, _framed(["raised", about]))
    assert verdict.state is State.FAILED
    assert "SECRET" not in verdict.message
