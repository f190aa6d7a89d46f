"""What a submission may read, and where it finds shared memory and terminals."""

from __future__ import annotations

import ctypes
import os
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

from cohort.grading.limits import SHARED_MEMORY
from cohort.grading.system import checked, libc

# Not all of /etc (shadow, keys, other programs' passwords), not all of /proc (other processes' command lines).
_SYSTEM = {
    "programs and libraries": "/usr /lib /lib32 /lib64 /bin /sbin /nix/store /etc/alternatives",
    "the C library": "/etc/ld.so.cache /etc/ld.so.conf /etc/ld.so.conf.d /etc/ld.so.preload /etc/nsswitch.conf "
    "/etc/passwd /etc/group /etc/protocols /etc/services /etc/os-release /etc/terminfo /etc/mime.types",
    "times and languages": "/etc/localtime /etc/timezone /etc/locale.alias /etc/locale.conf /etc/default/locale",
    "fonts": "/etc/fonts /var/cache/fontconfig",
    "hashes": "/etc/ssl/openssl.cnf /etc/pki/tls/openssl.cnf /etc/crypto-policies",
}
_KERNEL = {
    "the machine": "/proc/cpuinfo /proc/meminfo /proc/stat /proc/filesystems /proc/version "
    "/sys/devices/system/cpu /sys/devices/system/node",
    "how memory is given out": "/proc/sys/vm/overcommit_memory /sys/kernel/mm/transparent_hugepage",
    # Not all of /proc/self, which holds the machine's network connections.
    "the process itself": "/proc/self/fd /proc/self/stat /proc/self/statm /proc/self/status /proc/self/maps "
    "/proc/self/cmdline",
}

#: Terminals, which only count as a submission's own where no others are among them.
TERMINALS = (Path("/dev/ptmx"), Path("/dev/pts"))
#: Devices to read and write.
DEVICES = tuple(Path("/dev", name) for name in ("null", "zero", "full", "random", "urandom"))

# Numbers of linux/sched.h and linux/mount.h.
_NEW_MOUNTS, _PRIVATE, _BIND = 0x20000, 1 << 14 | 1 << 18, 1 << 12
_NO_SETUID, _NO_SETUID_NO_DEVICES = 2, 2 | 4


def wanted(more: Sequence[Path] = ()) -> list[Path]:
    """The system's libraries, Python, this package and `more`, those that exist, under the names they are used by."""
    python = [sys.prefix, sys.base_prefix, sys.exec_prefix, sysconfig.get_path("stdlib")]
    paths = dict.fromkeys(map(Path, [*_words(_SYSTEM), *python, Path(__file__).parents[1], *more]))
    return [path.absolute() for path in paths if path.exists()]


def installed(more: Sequence[Path] = ()) -> list[Path]:
    """What is `wanted`, links resolved, none inside another."""
    real = sorted({path.resolve() for path in wanted(more)})
    return [path for path in real if not any(path.is_relative_to(other) for other in real if other != path)]


def told_by_kernel() -> list[Path]:
    """What the kernel tells of the machine and of the process itself."""
    return [path for path in map(Path, _words(_KERNEL)) if path.exists()]


def shared_memory(reads_any: bool) -> str | None:
    """How ``/dev/shm`` can be lent so that its use is counted and nobody else's is read.

    Parameters
    ----------
    reads_any : bool
        Whether submissions keep the right to read files whatever their mode.

    Returns
    -------
    str or None
        "private": `mount_own` for each child. "common": as it is. None: not at all.
    """
    if not SHARED_MEMORY.is_dir():
        return None
    if os.geteuid() != 0:
        # One of the user's own is what bubblewrap mounts, with a size.
        return "common" if SHARED_MEMORY.stat().st_uid == os.getuid() else None
    if _can_mount():
        return "private"
    return None if reads_any else "common"


def terminals(shm: str | None) -> bool:
    """Whether the terminals are a submission's own; `shm` as `shared_memory` says."""
    # Bubblewrap mounts terminals of its own with its shared memory, and makes this a link.
    own = shm == "private" or (shm == "common" and os.geteuid() != 0 and TERMINALS[0].is_symlink())
    return own and all(path.exists() for path in TERMINALS)


def mount_own(size_mb: int) -> None:
    """Give this process shared memory and terminals that only it and its children see; raises OSError.

    Parameters
    ----------
    size_mb : int
        The most that the shared memory holds.
    """
    checked(libc.unshare(_NEW_MOUNTS), "unshare")
    _mount(b"none", b"/", None, _PRIVATE, None)
    _mount(b"tmpfs", bytes(SHARED_MEMORY), b"tmpfs", _NO_SETUID_NO_DEVICES, f"mode=1777,size={size_mb}m".encode())
    ptmx, pts = TERMINALS
    if ptmx.exists() and pts.is_dir():
        _mount(b"devpts", bytes(pts), b"devpts", _NO_SETUID, b"newinstance,ptmxmode=0666,mode=0620")
        if not ptmx.is_symlink():
            _mount(bytes(pts / "ptmx"), bytes(ptmx), None, _BIND, None)


def _mount(what: bytes, where: bytes, kind: bytes | None, flags: int, options: bytes | None) -> None:
    checked(libc.mount(what, where, kind, ctypes.c_ulong(flags), options), f"mount {where.decode()}")


def _can_mount() -> bool:
    pid = os.fork()
    if not pid:
        try:
            mount_own(1)
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(pid, 0)[1] == 0


def _words(lists: dict[str, str]) -> list[str]:
    return [word for words in lists.values() for word in words.split()]
