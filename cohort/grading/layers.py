"""Which layers of the sandbox hold on this machine, and what is needed at least."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from cohort.grading import bubblewrap, landlock, reach, seccomp
from cohort.grading.own_user import closed_to_others, spare_uid


@dataclass(frozen=True)
class Layer:
    """One layer of the sandbox.

    Attributes
    ----------
    name : str
        What it is called.
    holds : bool
        Whether it works here.
    says : str
        What it adds, or why it does not hold.
    mend : str
        How to get it; empty where it holds or cannot be had.
    """

    name: str
    holds: bool
    says: str
    mend: str = ""


def layers() -> list[Layer]:
    """The layers of the sandbox, each tried on this machine."""
    if sys.platform != "linux":
        return [Layer("Linux", False, f"{sys.platform} has no Landlock and no seccomp", _ON_LINUX)]
    return [_landlock(), _seccomp(), _rlimits(), _own_user(), _watch(), _bubblewrap()]


def below_floor() -> list[str]:
    """Why submissions cannot be fenced in here, each reason with its mend; empty if they can.

    At least: Linux; seccomp; Landlock, as an ordinary user of ABI 6, for before it a submission
    could signal the user's other processes and reach abstract sockets; as root a user of its own.
    """
    found = {layer.name: layer for layer in layers()}
    needed = [found[name] for name in ("Linux", "Landlock", "seccomp", "own user") if name in found]
    if sys.platform == "linux" and os.geteuid() != 0:
        needed = [layer for layer in needed if layer.name != "own user"]
    return [f"{layer.name}: {layer.says}: {layer.mend}" for layer in needed if not layer.holds]


_ON_LINUX = "grade on Linux 6.12 or newer, in a virtual machine if need be"


def _landlock() -> Layer:
    abi = landlock.version()
    if not abi:
        mend = "boot Linux 6.12 or newer with lsm=landlock among its options"
        return Layer("Landlock", False, "this kernel, or this container, has none", mend)
    if abi < 6 and os.geteuid() != 0:
        says = f"ABI {abi} cannot stop signals to your other processes, nor abstract sockets"
        return Layer("Landlock", False, says, "use Linux 6.12 or newer, or grade as root in a container")
    return Layer("Landlock", True, f"ABI {abi}: no file but its own and the installed ones, no signal to others")


def _seccomp() -> Layer:
    missing = seccomp.missing()
    if missing:
        return Layer("seccomp", False, missing, "install libseccomp (Debian, Ubuntu: apt install libseccomp2)")
    return Layer("seccomp", True, "no network, no tracing, no mounts, no namespaces")


def _rlimits() -> Layer:
    return Layer("rlimits", True, "bounds memory, processor time, open files and file size of each process")


def _own_user() -> Layer:
    if os.geteuid() != 0:
        says = "only root can run each submission as a user of its own; multiprocessing's locks do not work without"
        return Layer("own user", False, says, "grade as root in a container, or install bubblewrap")
    try:
        spare_uid(0)
    except OSError as error:
        return Layer("own user", False, error.strerror or str(error), "give the container 65,536 user numbers")
    closed = closed_to_others(reach.installed())
    says = "counts processes and shared memory of each submission"
    if closed:
        says += f"; {closed} is closed to other users, so submissions read files of any mode where Landlock lets them"
        if not reach.shared_memory(reads_any=True):
            says += ", and have no shared memory: multiprocessing's locks do not work"
    return Layer("own user", True, says)


def _watch() -> Layer:
    return Layer("watch", True, "bounds memory, disk and number of files of all processes of a submission together")


def _bubblewrap() -> Layer:
    failure = bubblewrap.failure()
    adds = "would hide names and sizes of other files and other processes, and bound shared memory"
    if failure:
        return Layer("bubblewrap", False, f"{failure}; it {adds}", "install bubblewrap, and allow user namespaces")
    return Layer("bubblewrap", True, adds.removeprefix("would ").replace("hide", "hides").replace("bound", "bounds"))
