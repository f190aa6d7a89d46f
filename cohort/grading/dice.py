"""The generators of chance: each fork draws its own numbers, unless a cell has set or used the seed."""

from __future__ import annotations

import random
import sys
from contextlib import suppress


def throw() -> tuple:
    """Seed the global generators afresh; returns their state."""
    random.seed()
    state = [random.getstate()]
    with suppress(ImportError):
        import numpy

        numpy.random.seed()
        state.append(numpy.random.get_state()[1].tobytes())
    return tuple(state)


def throw_again(before: tuple) -> tuple:
    """Seed again, unless a cell has used or seeded a generator: then its state belongs to the notebook."""
    dice = list(before)
    if random.getstate() == before[0]:
        random.seed()
        dice[0] = random.getstate()
    numpy = sys.modules.get("numpy")
    if numpy and len(before) > 1 and numpy.random.get_state()[1].tobytes() == before[1]:
        numpy.random.seed()
        dice[1] = numpy.random.get_state()[1].tobytes()
    return tuple(dice)
