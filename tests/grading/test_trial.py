"""A notebook before its judge: cells and functions that end, hang or lie cost what is theirs and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable

import deceiving
import pytest

from cohort.grading.forks import Setup
from cohort.grading.judged import hidden_lines
from cohort.grading.limits import Limits
from cohort.grading.nodes import Zygote
from cohort.grading.trial import Check, Heard, Trial
from cohort.grading.verdict import State

GOOD = "def total(xs):\n    if any(type(x) is str for x in xs):\n        raise ValueError\n    return sum(xs)\n"
GOOD += "def table():\n    return pd.DataFrame({'a': [1, 2]})"


@pytest.fixture(scope="module")
def hear():
    """Hears checks of cells behind the shared one; gives what became of them."""
    with Zygote(Setup()) as zygote, Zygote(Setup()) as judges:
        shared = [deceiving.SHARED]
        zygote.share(shared, {}, 20)
        judges.share(shared, {}, 20)

        def heard(cells: list[str], checks: dict[str, str], timeout: float = 1) -> Heard:
            found = [Check(name, source, hidden_lines(source)) for name, source in checks.items()]
            with Trial(zygote, judges, [*shared, *cells, *found], {}, shared, timeout) as trial:
                return trial.hear()

        yield heard


def _points(heard: Heard) -> dict[str, State]:
    return {name: verdict.state for name, verdict in heard.verdicts.items()}


def test_a_right_answer_passes_every_check_of_the_corpus(hear: Callable[..., Heard]):
    found = _points(hear([deceiving.HONEST, GOOD], deceiving.CHECKS))
    assert found == dict.fromkeys(deceiving.CHECKS, State.PASSED)


def test_a_cell_that_raises_fails_every_check_of_the_corpus(hear: Callable[..., Heard]):
    found = _points(hear([deceiving.HONEST, "raise ValueError"], deceiving.CHECKS))
    assert found == dict.fromkeys(deceiving.CHECKS, State.FAILED)


@pytest.mark.parametrize("deceit", deceiving.ALL, ids=lambda deceit: deceit.name)
def test_a_deceit_earns_nothing_and_costs_the_neighbour_nothing(hear: Callable[..., Heard], deceit: deceiving.Deceit):
    start = time.monotonic()
    checks = {**deceiving.CHECKS, "neighbour": deceiving.NEIGHBOUR}
    heard = hear([deceiving.HONEST, deceiving.WRONG + deceit.cell], checks)
    found = _points(heard)
    neighbour = found.pop("neighbour")
    assert {name for name, state in found.items() if state is State.PASSED} == set(), heard
    if not deceit.ends:
        assert neighbour is State.PASSED, heard
        assert found == dict.fromkeys(found, State.FAILED), heard
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    ("cell", "how"),
    [
        ("import os; os._exit(3)", "ended Python"),
        ("import os; os.kill(os.getpid(), 9)", "signal 9"),
        ("import time\nwhile True:\n    try: time.sleep(9)\n    except KeyboardInterrupt: pass", "not be interrupted"),
    ],
)
def test_a_cell_that_ends_is_named_and_the_others_are_graded(hear: Callable[..., Heard], cell: str, how: str):
    heard = hear([deceiving.HONEST, f"{cell}\n{GOOD}"], {"lost": "total([1])", "neighbour": deceiving.NEIGHBOUR})
    assert _points(heard) == {"lost": State.FAILED, "neighbour": State.PASSED}
    assert "code cell 3" in heard.verdicts["lost"].message and how in heard.verdicts["lost"].message
    assert list(heard.fatal) == [2]


def test_a_cell_that_loops_is_interrupted_and_the_next_one_runs(hear: Callable[..., Heard]):
    heard = hear(["while True: pass", deceiving.HONEST], {"neighbour": deceiving.NEIGHBOUR})
    assert (_points(heard), heard.fatal) == ({"neighbour": State.PASSED}, {})


@pytest.mark.parametrize("often", ["for _ in range(1000)", "while True"])
def test_a_cell_that_prints_a_lot_costs_nothing(hear: Callable[..., Heard], often: str):
    heard = hear([f"{often}: print('x' * 1000)", deceiving.HONEST], {"neighbour": deceiving.NEIGHBOUR})
    assert _points(heard) == {"neighbour": State.PASSED}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("while True: pass", "ran longer than 1 s"),
        (
            "while True:\n        try:\n            __import__('time').sleep(9)\n        except BaseException: pass",
            "ran longer than 1 s",
        ),
        ("__import__('os')._exit(0)", ""),
        ("__import__('os').kill(__import__('os').getpid(), 9)", ""),
    ],
)
def test_a_function_that_ends_in_a_check_costs_this_check_alone(hear: Callable[..., Heard], body: str, reason: str):
    cells = [deceiving.HONEST, f"def bad():\n    {body}"]
    heard = hear(cells, {"bad": "bad()", "neighbour": deceiving.NEIGHBOUR})
    assert _points(heard) == {"bad": State.FAILED, "neighbour": State.PASSED}
    assert reason in heard.verdicts["bad"].message


def test_a_cell_and_a_function_that_eat_memory_cost_what_they_define_and_nothing_else():
    eats = "kept = b'x' * (900 << 20)\nimport time; time.sleep(9)"
    cells = [deceiving.HONEST, f"{eats}\nlost = 1", f"def bad():\n    {eats}"]
    checks = {"lost": "lost == 1", "bad": "bad()", "neighbour": deceiving.NEIGHBOUR}
    found = [Check(name, source, frozenset()) for name, source in checks.items()]
    setup = Setup(limits=Limits(memory_mb=500))
    with (
        Zygote(setup) as zygote,
        Zygote(setup) as judges,
        Trial(zygote, judges, [*cells, *found], {}, timeout=3) as trial,
    ):
        heard = trial.hear()
    assert _points(heard) == {"lost": State.FAILED, "bad": State.FAILED, "neighbour": State.PASSED}
    assert heard.verdicts["bad"].message == "your code raised MemoryError"
