"""Arrays: of numbers, with or without a mask, and of colours."""

from __future__ import annotations

import numpy as np

from cohort.grading.picture.budget import Budget, Undrawable
from cohort.grading.picture.kinds import fields


def pack(values: object) -> object:
    """An array of numbers, as itself; a masked one as its data and mask."""
    if isinstance(values, np.ma.MaskedArray):
        mask = None if values.mask is np.ma.nomask else np.array(values.mask)
        return {"data": pack(np.asarray(values.data)), "mask": mask}
    array = np.asarray(values)
    if array.dtype.kind not in "biuf":
        raise Undrawable("an array of another kind")
    return array


def unpack(value: object, budget: Budget, *shape: int | None) -> np.ndarray:
    """What `pack` wrote, of that shape as of `checked`."""
    if type(value) is not dict:
        return checked(value, budget, *shape, kinds="biuf")
    given = fields(value, "data", "mask")
    data = checked(given["data"], budget, *shape, kinds="biuf")
    if given["mask"] is None:
        return np.ma.array(data)
    return np.ma.array(data, mask=checked(given["mask"], budget, *data.shape, kinds="b"))


def checked(value: object, budget: Budget, *shape: int | None, kinds: str = "f") -> np.ndarray:
    """An array of these NumPy kinds; a None in `shape` stands for any length, no shape for any shape."""
    if type(value) is not np.ndarray or value.dtype.kind not in kinds:
        raise Undrawable("not an array of the right kind")
    if shape and (len(shape) != value.ndim or any(n not in (None, m) for n, m in zip(shape, value.shape, strict=True))):
        raise Undrawable("not an array of the right shape")
    budget.points(value.size)
    return value


def rgba(value: object, budget: Budget) -> np.ndarray:
    """Colours, a row each: red, green, blue and opacity from 0 to 1."""
    colours = checked(value, budget, None, 4)
    if not ((colours >= 0) & (colours <= 1)).all():
        raise Undrawable("colours outside 0 to 1")
    return colours
