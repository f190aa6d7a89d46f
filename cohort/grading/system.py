"""The C library's calls that Python does not offer."""

from __future__ import annotations

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def checked(result: int, what: str) -> int:
    """`result` of a C function, or an OSError that says `what` failed if it is negative."""
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
    return result


def prctl(option: int, *values: int) -> None:
    """Set an attribute of this process, as in ``man prctl``; raises OSError."""
    four = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0)[:4]]
    checked(libc.prctl(option, *four), f"prctl {option}")
