"""Each operator changes just what it says, and nothing in which a student is free."""

from __future__ import annotations

import pytest

from cohort.audit.mutants import OPERATORS, mutants

# The fault, a solution, and what its lines become.
ONE_LINE = [
    ("a number is one more", "x = y[7]", ["x = y[8]"]),
    ("a number is one more", "x = y * 1.5", ["x = y * 2.5"]),
    ("a number is one more", "x = (2, 28)", ["x = (3, 28)", "x = (2, 29)"]),
    ("a number is one more", "x = y >= 0", []),
    ("a number is one less", "x = y[7]", ["x = y[6]"]),
    ("a number is one less", "x = y[0]", []),
    ("a number is one less", "x = (2, 28)", []),
    ("a number is another that is near", "x = y / 365.25", ["x = y / 365"]),
    ("a number is another that is near", "x = 1.96 * y", ["x = 1.645 * y"]),
    ("a number is another that is near", "x = y.quantile(0.9)", ["x = y.quantile(0.1)"]),
    ("a number is another that is near", "x = n / p * 100_000", ["x = n / p * 10000"]),
    ("the last is taken for the first", "x = y[0]", ["x = y[-1]"]),
    ("a difference of sets is the other way round", "x = set(a) - set(b.c)", ["x = set(b.c) - set(a)"]),
    ("an operator is another", "x = a - b", ["x = a + b"]),
    ("an operator is another", "x = set(a) - b", []),
    ("an operator is another", "x = 'a' + b", []),
    ("an operator is another", "x = -a", ["x = +a"]),
    ("an operator is another", "x = a <= b", ["x = a < b"]),
    ("an operator is another", "x = a and b", ["x = a or b"]),
    ("an operator is another", "x = (a > b) & (a > c)",
     ["x = (a > b) | (a > c)", "x = (a >= b) & (a > c)", "x = (a > b) & (a >= c)"]),
    ("a comparison is reversed", "x = 0 < a <= b", ["x = 0 > a <= b", "x = 0 < a >= b"]),
    ("one of two conditions is forgotten", "x = a and b", ["x = a", "x = b"]),
    ("one of two conditions is forgotten", "x = (a or b > c) == d", ["x = a == d", "x = (b > c) == d"]),
    ("one of two conditions is forgotten", "x = df[(df.a > b) & df.c.isin(d)]",
     ["x = df[(df.a > b)]", "x = df[df.c.isin(d)]"]),
    ("a condition is negated", "x = a in b", ["x = a not in b"]),
    ("a condition is negated", "x = a is not None", ["x = a is None"]),
    ("a negation is forgotten", "x = df[~a]", ["x = df[a]"]),
    ("a switch is flipped", "x = y.sort_values('a', ascending=False)", ["x = y.sort_values('a', ascending=True)"]),
    ("a switch is flipped", "x = y.groupby('a', observed=True)", ["x = y.groupby('a', observed=False)"]),
    ("one case of two is taken always", "x = a if b else c",
     ["x = a if (b) and False else c", "x = a if (b) or True else c"]),
    ("a filter is forgotten", "x = [a for a in b if c(a)]", ["x = [a for a in b]"]),
    ("an option is forgotten", "x = sm.GLM(a, b, family=c).fit()", ["x = sm.GLM(a, b).fit()"]),
    ("an option is forgotten", "x = excess(a, start=b)", []),
    ("an option is forgotten", "x = zip(a, b, strict=True)", []),
    ("an option is forgotten", "axes.plot(a, b, color='red', label='c')", ["axes.plot(a, b, color='red')"]),
    ("the last argument is forgotten", "x = round(a, b)", ["x = round(a)"]),
    ("the last argument is forgotten", "x = a.get(b, np.nan)", []),
    ("the last argument is forgotten", "x = excess(a, b)", []),
    ("a function is not applied", "x = 2 * math.exp(a + b)", ["x = 2 * (a + b)"]),
    ("a function is not applied", "x = sm.add_constant(a)", ["x = a"]),
    ("a function is not applied", "x = a.round(b)", []),
    ("a range ends elsewhere", "x = range(a, b)", ["x = range(a, b + 1)", "x = range(a, b - 1)"]),
    ("a slice has no bound", "x = y[a:b]", ["x = y[:b]", "x = y[a:]"]),
    ("a gap counts as zero", "x = df['a'].mean()", ["x = df['a'].fillna(0).mean()"]),
    ("a gap counts as zero", "x = df.groupby('b')['a'].mean()",
     ["x = df.groupby('b')['a'].agg(lambda values: values.fillna(0).mean())"]),
    ("a gap counts as zero", "x = df.groupby('b')['a'].sum().mean()",
     ["x = df.groupby('b')['a'].sum().fillna(0).mean()"]),
    ("a gap counts as zero", "x = np.mean(a)", []),
    ("a gap counts as zero", "x = (a > b).mean()", []),
    ("a gap makes all missing", "x = df['a'].sum()", ["x = df['a'].sum(skipna=False)"]),
    ("a gap makes all missing", "x = df['a'].isna().sum()", []),
    ("the divisor of a spread is another", "x = df['a'].std()", ["x = df['a'].std(ddof=0)"]),
    ("the divisor of a spread is another", "x = np.var(a)", ["x = np.var(a, ddof=1)"]),
    ("the divisor of a spread is another", "x = np.std(a, ddof=1)", ["x = np.std(a, ddof=0)"]),
    ("a key is dropped", "x = df.groupby(['a', b])", ["x = df.groupby([b])", "x = df.groupby(['a'])"]),
    ("a key is dropped", "x = a.merge(b, on=['c', 'd'])", ["x = a.merge(b, on=['d'])", "x = a.merge(b, on=['c'])"]),
    ("a key is dropped", "x = df.groupby(['a'])", []),
    ("rows are taken for columns", "x = df.sum(axis=1)", ["x = df.sum(axis=0)"]),
    ("rows are taken for columns", "x = df.sum(axis='index')", ['x = df.sum(axis="columns")']),
    ("a method is not applied", "x = df.copy()", ["x = df"]),
    ("a method is not applied", "x = df['a'].fillna(b)", ["x = df['a']"]),
    ("a method is not applied", "x = df['a'].str.strip()", ["x = df['a']"]),
    ("a method is not applied", "x = np.abs(a)", []),
    ("an end of a period is left out", "x = pd.date_range(a, b)",
     ['x = pd.date_range(a, b, inclusive="left")', 'x = pd.date_range(a, b, inclusive="right")']),
    ("an end of a period is left out", "x = y.between(a, b, inclusive='left')",
     ['x = y.between(a, b, inclusive="both")', 'x = y.between(a, b, inclusive="right")']),
    ("an end of a slice is left out", "x = y.loc[a:b]", ["x = y.loc[a:b].iloc[:-1]", "x = y.loc[a:b].iloc[1:]"]),
    ("an end of a slice is left out", "x = y[a:b]", []),
    ("a filter is left out or negated", "x = df[df.a.isin(b)]", ["x = df", "x = df[~df.a.isin(b)]"]),
    ("a filter is left out or negated", "x = df.loc[a > b, 'c']", ["x = df.loc[:, 'c']"]),
    ("a filter is left out or negated", "x = df['a']", []),
    ("the order is reversed", "x = df.sort_values('a')", ["x = df.sort_values('a', ascending=False)"]),
    ("the order is reversed", "x = sorted(a)", ["x = sorted(a, reverse=True)"]),
    ("another double is kept", "x = df.drop_duplicates()", ['x = df.drop_duplicates(keep="last")']),
    ("a join keeps other rows", "x = a.merge(b)",
     [f'x = a.merge(b, how="{how}")' for how in ("left", "right", "outer")]),
    ("a join keeps other rows", "x = ', '.join(a)", []),
    ("the tables of a join are swapped", "x = a.merge(b, how='left')", ["x = b.merge(a, how='left')"]),
    ("a quantile is that from above", "x = np.percentile(a, 5)", ["x = np.percentile(a, 95)"]),
    ("a function is taken for another", "x = df['a'].mean()", ["x = df['a'].median()", "x = df['a'].sum()"]),
    ("a function is taken for another", "x = np.sin(a)", ["x = np.cos(a)"]),
    ("a function is taken for another", "x = max(a)", ["x = min(a)"]),
    ("a function is taken for another", "x = sum(a)", []),
    ("what is there is taken for missing", "x = a.isna()", ["x = a.notna()"]),
    ("a statistic is taken for another", "x = y.agg(n=('a', 'max'))", ["x = y.agg(n=('a', 'min'))"]),
    ("a statistic is taken for another", "x = y.rename({'a': 'max'})", []),
    ("rows and values are taken for each other", "x = a.count()", ["x = a.nunique()", "x = a.size"]),
    ("rows and values are taken for each other", "x = a.groupby(b).size()", ["x = a.groupby(b).count()"]),
    ("a part of a date is another", "x = a.dt.day_of_year", ["x = a.dt.day"]),
    ("seconds are those beyond whole days", "x = a.total_seconds()", ["x = a.seconds"]),
    ("a period has another length or start", "x = a.resample('W-SUN')", ["x = a.resample('W-MON')"]),
]  # fmt: skip

# The fault, a solution, and for each mutant the lines that are gone and those that came.
LINES = [
    (
        "a guard is left out",
        'def f(a):\n    if a < b:\n        raise ValueError("no")\n    return a\n',
        [('if a < b:\nraise ValueError("no")', "")],
    ),
    ("a special case is left out", "if a:\n    x = b\ny = c\n", [("if a:\nx = b", "")]),
    ("a special case is left out", "if a:\n    x = b\nelif c:\n    x = d\n", [("if a:\nx = b\nelif c:", "if c:")]),
    ("the other cases are left out", "if a:\n    x = b\nelse:\n    x = c\n", [("else:\nx = c", "")]),
    ("a step is left out", "a.sort()\nprint(a)\nx = a\n", [("a.sort()", "")]),
    ("a step is left out", "a.loc[b] = c\nx = a\n", [("a.loc[b] = c", "")]),
    ("a loop ends after its first turn", "for a in b:\n    c(a)\nx = d\n", [("", "break  # in: for a in b:")]),
    (
        "a loop ends after its first turn",
        "def f(b):\n    for a in b:\n        c = a\n    return c\n",
        [("return c", "return c  # in: for a in b:")],
    ),
    (
        "a loop ends after its first turn",
        "for a in b:\n    for c in a:\n        d(c)\n",
        [("", "break  # in: for a in b:"), ("", "break  # in: for c in a:")],
    ),
    ("a loop is left in another way", "for a in b:\n    if a:\n        continue\n    c(a)\n", [("continue", "break")]),
    ("a sum is not added up", "a += b\n", [("a += b", "a = b")]),
    ("a case is forgotten", "match a:\n    case b.c:\n        x = d\n    case _:\n        x = e\n", [
        ("case b.c:\nx = d", ""),
        ("case _:\nx = e", ""),
    ]),
    (
        "two arguments are swapped",
        "def f(df: pd.DataFrame, start: str, end: str):\n    return g(df, start, end)\n",
        [("return g(df, start, end)", "return g(df, end, start)")],
    ),
    (
        "two arguments are swapped",
        "def f(a):\n    return math.atan2(a['x'], a['y']) + math.hypot(a['x'], a['y'])\n",
        [
            (
                "return math.atan2(a['x'], a['y']) + math.hypot(a['x'], a['y'])",
                "return math.atan2(a['y'], a['x']) + math.hypot(a['x'], a['y'])",
            )
        ],
    ),
    (
        "the result has another unit",
        "def f(a) -> float:\n    return a + b\n",
        [("return a + b", "return (a + b) * 100"), ("return a + b", "return (a + b) / 1000")],
    ),
    ("the result has another unit", "def f(a) -> str:\n    return a\n", []),
    ("the result has another sign", "def f(a):\n    return a - b\n", [("return a - b", "return -(a - b)")]),
    (
        "the result is rounded",
        "def f(a) -> float:\n    return a\n",
        [("return a", "return round(a)"), ("return a", "return int(a)")],
    ),
    (
        "two results are swapped",
        "def f(a):\n    def g(b):\n        return b, c\n    return a, g\n",
        [
            ("return a, g", "return g, a"),
            ("return b, c", "return c, b"),
        ],
    ),
    (
        "the caller's table is changed",
        'def f(df: pd.DataFrame):\n    """Say."""\n    return df\n',
        [
            ("", "_given, df = df, df.copy()\n_given.sort_index(ascending=False, inplace=True)"),
            ("", '_given, df = df, df.copy()\n_given["extra"] = 0'),
        ],
    ),
    (
        "the caller's table is changed",
        "def f(a: 'pd.Series', n: int):\n    return a\n",
        [("", "_given, a = a, a.copy()\n_given.sort_index(ascending=False, inplace=True)")],
    ),
    (
        "it is done in place",
        'def f(a):\n    b = a.dropna()\n    return b["c"], a["c"]\n',
        [("b = a.dropna()", "a.dropna(inplace=True)\nb = a")],
    ),
]  # fmt: skip

FREE = '''\
import numpy as np
from math import pi as pi2

@lru_cache(maxsize=3)
def f(a: Annotated[int, 5], b: int = 7) -> Annotated[int, 9]:
    """One of 2 and not 3."""
    # 4 - 5
    c: Annotated[int, 6] = a
    "8 > 7"
    if c:
        raise ValueError(f"{c + 1} is not {b - 1}" if c > 2 else "no")
    assert c, f"{c + 1}"
    print(c + 1)
    d = g(c, seed=3, figsize=(8, 4), alpha=0.5)
    axes.set_title("2 > 1")
    return d
'''


@pytest.mark.parametrize(("operator", "line", "now"), ONE_LINE)
def test_a_fault_in_one_line(operator, line, now):
    made = [mutant for mutant in mutants("task", line) if mutant.operator == operator]
    assert [mutant.now for mutant in made] == now
    assert all((mutant.was, mutant.source, mutant.line) == (line, mutant.now, 1) for mutant in made)


@pytest.mark.parametrize(("operator", "source", "lines"), LINES)
def test_a_fault_of_statements(operator, source, lines):
    assert [(mutant.was, mutant.now) for mutant in mutants("task", source) if mutant.operator == operator] == lines


def test_every_operator_is_tested():
    assert {operator for _, operator, _ in OPERATORS} == {operator for operator, *_ in [*ONE_LINE, *LINES]}


def test_what_a_student_is_free_in_stays():
    made = {(mutant.operator, mutant.was) for mutant in mutants("task", FREE)}
    assert made == {
        ("a guard is left out", 'if c:\nraise ValueError(f"{c + 1} is not {b - 1}" if c > 2 else "no")'),
        ("a guard is left out", 'assert c, f"{c + 1}"'),
        ("a step is left out", 'axes.set_title("2 > 1")'),
        ("the first answer is learnt by heart", ""),
    }


def test_a_guard_is_not_made_to_refuse_everything():
    guard = 'if a < 5 or b not in c or not d.isna().any():\n    raise ValueError("no")\n'
    assert {mutant.now.splitlines()[0] for mutant in mutants("task", "x = 1.96\n" + guard) if "if" in mutant.now} == {
        "if a < 5 and b not in c or not d.isna().any():",
        "if a < 5 or b not in c and not d.isna().any():",
        "if a < 5 or b not in c:",
        "if a < 5 or not d.isna().any():",
        "if b not in c or not d.isna().any():",
        "if not d.isna().any():",
        "if a <= 5 or b not in c or not d.isna().any():",
        "if a < 6 or b not in c or not d.isna().any():",
        "if a < 5 or b not in c or not d.isna().all():",
    }
