"""Landlock: the kernel keeps a process to the files, ports and signals that it was granted."""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable
from pathlib import Path

from cohort.grading.system import checked, libc

# The system calls have these numbers on every architecture that Linux supports.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION, _PATH_BENEATH = 1, 1

# Rights, as in linux/landlock.h.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_CHAR, _MAKE_BLOCK = 1 << 6, 1 << 11
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
_ON_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV

#: Look at files and run programs.
READ = _EXECUTE | _READ_FILE | _READ_DIR
#: Everything in a folder but making device files.
WRITE = (1 << 16) - 1 & ~(_MAKE_CHAR | _MAKE_BLOCK)
#: Make, use and remove files whose name one knows; no listing, so random names stay private.
UNLISTED = WRITE & ~(_READ_DIR | _EXECUTE)

# How many of the file rights each version of the interface (ABI) knows.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_TCP_BIND_AND_CONNECT = 0b11  # from ABI 4 on
_SCOPE_SOCKETS_AND_SIGNALS = 0b11  # abstract Unix sockets and signals, from ABI 6 on


def version() -> int:
    """The ABI version of the running kernel's Landlock, 0 where there is none."""
    try:
        return max(0, _call("landlock_create_ruleset", _CREATE_RULESET, None, 0, _ASK_VERSION))
    except OSError:
        return 0


def ruleset(grants: Iterable[tuple[Path, int]]) -> int:
    """A file descriptor of a ruleset that refuses whatever is not granted.

    Parameters
    ----------
    grants : iterable of (Path, rights)
        Files, and folders with all below them.

    Raises
    ------
    OSError
        If the kernel has no Landlock, a path does not exist, or the kernel refuses a rule.
    """
    abi = version()
    handled = (1 << _FILE_RIGHTS.get(abi, 16)) - 1
    # A kernel that knows fewer fields takes the longer record as long as the rest is zero.
    attributes = struct.pack(
        "=QQQ", handled, _TCP_BIND_AND_CONNECT if abi >= 4 else 0, _SCOPE_SOCKETS_AND_SIGNALS if abi >= 6 else 0
    )
    rules = _call("landlock_create_ruleset", _CREATE_RULESET, attributes, len(attributes), 0)
    try:
        for path, rights in grants:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
            try:
                allowed = rights & handled & (-1 if stat.S_ISDIR(os.fstat(place).st_mode) else _ON_A_FILE)
                rule = struct.pack("=Qi", allowed, place)
                _call(f"landlock_add_rule {path}", _ADD_RULE, rules, _PATH_BENEATH, rule, 0)
            finally:
                os.close(place)
    except BaseException:
        os.close(rules)
        raise
    return rules


def restrict(rules: int) -> None:
    """Put this process under `rules`, a file descriptor of `ruleset`, for good; closes it.

    The process must have given up new privileges before. Rules add up: what an earlier call refused stays refused.
    """
    try:
        _call("landlock_restrict_self", _RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)


def _call(name: str, number: int, *arguments: int | bytes | None) -> int:
    # Variable arguments have no declared type: a plain int would pass as 32 bits.
    passed = [ctypes.c_long(a) if isinstance(a, int) else ctypes.c_char_p(a) for a in arguments]
    return checked(libc.syscall(ctypes.c_long(number), *passed), name)
