"""Behaviours: answers that give the same values are alike however they are written, and a broken one says nothing."""

# One answer a line, however long.
# ruff: noqa: E501
from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort.grading import behaviour
from cohort.grading.behaviour import digest
from cohort.grading.codec import Reference, dumps
from cohort.grading.forks import Setup
from cohort.grading.judge import hear as judge
from cohort.grading.judged import hidden_lines
from cohort.grading.nodes import Zygote
from cohort.grading.trial import Check, Trial
from cohort.grading.verdict import State, Verdict

SHARED = [
    "import math\nimport datetime\nimport decimal\nimport numpy as np\nimport pandas as pd\nimport matplotlib.pyplot as plt\n"
    "counts = pd.DataFrame({'town': ['b', 'a', 'b'], 'deaths': [3, 1, 6]})"
]
# It asks what may fail, and then what no answer meets.
CHECK = """\
try:
    f(None)
except (TypeError, ValueError):
    pass
found = f(counts.copy())
assert found is len, 'Look again.'
"""
# How the same may be returned; the argument is `df`, and None raises an error of a kind that CHECK waits for.
ALIKE = {
    "number": ["return 3", "return 3.0", "return np.int64(3)", "return np.float32(3)", "return decimal.Decimal(3)"],
    "mean": [
        "return df['deaths'].mean()",
        "return sum(df['deaths']) / 3",
        "total = 0\n    for each in df['deaths']:\n        total += each / 3\n    return total",
    ],
    "between two": ["return 1590.125", "return 1590.125 + 1e-9", "return np.nextafter(1590.125, 0)"],
    "nothing but noise": ["return 0.0", "return -0.0", "return 1e-13", "return 0.1 + 0.2 - 0.3"],
    "missing": ["return math.nan", "return np.nan", "return pd.NA", "return pd.NaT", "return -math.nan"],
    "true": ["return True", "return np.bool_(True)", "return (df['deaths'] > 0).all()"],
    "text": ["return 'é, \"'", "return np.str_('é, \"')"],
    "sequence": ["return [1, 2.5]", "return (1, 2.5)", "return np.array([1, 2.5])", "yield 1.0\n    yield 2.5"],
    "table of numbers": ["return [[1, 2], [3, 4]]", "return np.array([[1, 2], [3, 4]])"],
    "dictionary": ["return {'a': 1, 'b': 2}", "return {'b': 2.0, 'a': 1}", "return pd.Series({'b': 2, 'a': 1}).to_dict()"],
    "set": ["return {'a', 'b', 'c', 'd'}", "return frozenset('dcba')"],
    "moment": ["return pd.Timestamp('2024-03-01')", "return datetime.datetime(2024, 3, 1)", "return np.datetime64('2024-03-01')"],
    "zone": ["return pd.Timestamp('2024-04-01', tz='UTC')", "return pd.Timestamp('2024-04-01 03:00', tz='Africa/Nairobi')"],
    "column": [
        "return df.groupby('town')['deaths'].sum()",
        "return pd.Series([1.0, 9.0], index=['a', 'b'], name='x')",
        "return pd.Series([1, 9], index=pd.Categorical(['a', 'b']), dtype='Int64')",
    ],
    "table": [
        "return df.assign(rate=df['deaths'] / 2)",
        "return pd.DataFrame({'town': list('bab'), 'deaths': [3.0, 1, 6], 'rate': [1.5, 0.5, 3]})",
    ],
    "error's text": ["raise ValueError('a')", "raise ValueError(df)", "class Mine(ValueError): pass\n    raise Mine"],
    "changed table": ["df['x'] = 1\n    return 3", "df.insert(2, 'x', [1, 1.0, 1])\n    return 3"],
    "thing": ["return {'model': object()}", "class Other: pass\n    return {'model': Other()}"],
}  # fmt: skip
# Each differs from the first of its kind above.
UNLIKE = {
    "number": ["return 3.001", "return '3'", "return [3]", "return None", "return True"],
    "mean": ["return df['deaths'].sum()"],
    "sequence": ["return [2.5, 1]", "return [1, 2.5, 3]", "return {1, 2.5}"],
    "column": ["return pd.Series([9, 1], index=['b', 'a'])", "return [1, 9]", "return pd.Series([1, 9])"],
    "table": ["return df.assign(rate=df['deaths'] / 3)", "return df.assign(rat=df['deaths'] / 2)"],
    "changed table": ["return 3", "df['y'] = 1\n    return 3"],
    "thing": ["return {'model': len}"],
    "moment": ["return pd.Timestamp('2024-03-02')", "return datetime.timedelta(1)"],
}
THING = Reference(0, "object", "Other")
SILENT = {
    "raises": "raise KeyError",
    "is a thing": "return object()",
    "draws": "return plt.figure()",
    "is huge": "return list(range(600_000))",
    "is larger than what is kept": "return b'x' * (17 << 20)",
    "ends": "import os; os._exit(0)",
    "has a name of a value's": "return type('3', (), {'__repr__': lambda self: '3', '__eq__': lambda *_: True})()",
    "lies about its class": "class Lie:\n        __class__ = int\n        __float__ = lambda self: 3.0\n    return Lie()",
}


def _cell(body: str) -> str:
    return f"def f(df):\n    if df is None:\n        raise ValueError\n    {body}"


@pytest.fixture(scope="module")
def hear():
    """Hears a check of one cell after another; gives the verdicts by the cells' names."""
    with Zygote(Setup()) as zygote, Zygote(Setup()) as judges:
        zygote.share(SHARED, {}, 20)
        judges.share(SHARED, {}, 20)

        def heard(cells: dict[str, str], source: str = CHECK) -> dict[str, Verdict]:
            hidden = hidden_lines(source)
            steps = [each for name, cell in cells.items() for each in (cell, Check(name, source, hidden))]
            with Trial(zygote, judges, [*SHARED, *steps], {}, SHARED, 10) as trial:
                return trial.hear().verdicts

        yield heard


@pytest.fixture(scope="module")
def behaviours(hear) -> dict[str, str]:
    """The behaviour of each answer above."""
    bodies = {
        f"{name} {number}": body
        for answers in (ALIKE, {f"not {name}": bodies for name, bodies in UNLIKE.items()})
        for name, each in answers.items()
        for number, body in enumerate(each)
    }
    found = hear({name: _cell(body) for name, body in bodies.items()})
    assert {each.state for each in found.values()} == {State.FAILED}
    return {name: each.behaviour for name, each in found.items()}


@pytest.mark.parametrize("name", ALIKE)
def test_answers_with_the_same_values_behave_alike(behaviours: dict[str, str], name: str):
    found = {behaviours[f"{name} {number}"] for number in range(len(ALIKE[name]))}
    assert len(found) == 1 and len(found.pop()) == (behaviour.DIGITS if name != "error's text" else 0)


@pytest.mark.parametrize("name", UNLIKE)
def test_answers_with_other_values_behave_otherwise(behaviours: dict[str, str], name: str):
    others = [behaviours[f"not {name} {number}"] for number in range(len(UNLIKE[name]))]
    assert len({behaviours[f"{name} 0"], *others}) == 1 + len(others)


def test_all_kinds_of_answers_behave_otherwise(behaviours: dict[str, str]):
    assert len({behaviours[f"{name} 0"] for name in ALIKE}) == len(ALIKE)


def test_a_broken_or_hostile_answer_says_nothing(hear):
    found = hear({name: _cell(body) for name, body in SILENT.items()} | {"missing": "del f"})
    assert {name: each.behaviour for name, each in found.items()} == dict.fromkeys(found, "")
    assert {each.state for each in found.values()} == {State.FAILED}


def test_errors_count_beside_values_by_their_kind(hear):
    source = "for x in (1, 0):\n    try:\n        assert f(x) == 1\n    except (ArithmeticError, ValueError):\n        assert False"
    raises = "def f(x):\n    if x: return 1\n    raise {}"
    kinds = {"a": "ValueError('a')", "b": "ValueError('b')", "c": "ZeroDivisionError"}
    found = hear({name: raises.format(kind) for name, kind in kinds.items()}, source)
    assert found["a"].behaviour == found["b"].behaviour != found["c"].behaviour
    assert all(each.behaviour for each in found.values())


def test_where_a_check_can_tell_a_list_from_a_tuple_they_behave_otherwise(hear):
    source = "found = f(counts)\nassert isinstance(found, tuple), 'Return both.'\nassert found[0] == 2, 'Look again.'"
    found = hear({"list": _cell("return [1, 2]"), "tuple": _cell("return (1, 2)")}, source)
    assert found["list"].behaviour != found["tuple"].behaviour
    assert found["list"].behaviour and found["tuple"].behaviour


def test_a_hidden_line_of_the_check_or_another_check_makes_another_behaviour(hear):
    cells = {"three": _cell("return 3")}
    hidden = f"### BEGIN HIDDEN TESTS\n{CHECK}### END HIDDEN TESTS"
    assert len({hear(cells, source)["three"].behaviour for source in (CHECK, f"\n{CHECK}", hidden)}) == 3


def test_what_a_function_of_the_check_s_is_given_counts(hear):
    source = "assert g(lambda x: 0) == 1, 'Look again.'"
    cells = {str(times): f"def g(call):\n    return call({times})" for times in (1, 2)}
    found = hear(cells, source)
    assert len({each.behaviour for each in found.values()}) == 2


def test_a_check_that_passes_has_no_behaviour_and_one_that_awards_has(hear):
    cells = {"three": _cell("return 3"), "four": _cell("return 4")}
    passed = hear(cells, "assert f(counts) in (3, 4)")
    assert passed == dict.fromkeys(cells, Verdict(State.PASSED))
    award = "if f(counts) == 3:\n    award(1, 'three')\naward(1, 'any')"
    partly = hear(cells, f"from cohort.checks import award\n{award}")
    assert [each.points(2) for each in partly.values()] == [2, 1]
    assert partly["three"].behaviour != partly["four"].behaviour != ""


def test_a_behaviour_is_the_same_in_every_process_and_on_every_machine(behaviours: dict[str, str]):
    names = ("set 0", "table 0", "mean 0")
    assert [behaviours[name] for name in names] == ["a7aaefffdfccc7d3", "9598332b634d391f", "11cb5ddc080d029e"]


# Messages that a student's process may send in the place of a witness.


def _answered(messages: list[bytes]) -> Verdict:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"".join(len(each).to_bytes(4, "big") + each for each in messages))
        theirs.shutdown(socket.SHUT_WR)
        return judge("assert f == 'what nobody answers'", {}, ours, frozenset())


_PLAIN = st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.floats() | st.complex_numbers()
_PLAIN |= st.datetimes() | st.dates() | st.times() | st.timedeltas() | st.decimals() | st.fractions() | st.uuids()
_KEYS = st.none() | st.integers() | st.text() | st.dates()
_ANY = st.recursive(
    _PLAIN, lambda part: st.lists(part, max_size=4) | st.dictionaries(_KEYS, part, max_size=3) | st.frozensets(_KEYS)
)


@given(_ANY)
def test_any_value_has_one_behaviour_or_none(value: object):
    message = dumps(["value", value, {}])
    first = _answered([message])
    assert first.state is State.FAILED and first.behaviour == _answered([message]).behaviour
    assert first.behaviour == digest("assert f == 'what nobody answers'", [message], (1, 1))


@given(st.sampled_from(["value", "raised", "call", "other"]), st.lists(_ANY, max_size=4))
def test_answers_of_any_form_do_no_harm(verb: str, rest: list[object]):
    assert _answered([dumps([verb, *rest])]).state is State.FAILED


@given(st.binary(max_size=200))
def test_bytes_of_no_meaning_have_no_behaviour(content: bytes):
    assert _answered([content]).behaviour == ""


@given(st.text())
def test_the_name_of_a_thing_does_not_count(name: str):
    named = dumps(["value", [object()], {}], lambda _: Reference(3, "object", name))
    assert digest("", [named], ()) == digest("", [dumps(["value", [object()], {}], lambda _: THING)], ()) != ""
