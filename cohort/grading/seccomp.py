"""Seccomp: the system calls that a submission may not make, compiled with libseccomp."""

from __future__ import annotations

import ctypes
import errno
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import chain

from cohort.grading.system import checked, libc

# Values of seccomp.h. An answer is an error number that the refused call returns; 0 is success without effect.
_ALLOW, _ANSWER = 0x7FFF0000, 0x00050000
_BAD_ARCHITECTURE, _OPTIMIZE, _BINARY_TREE = 2, 8, 2
_NOT_EQUAL, _EQUAL, _MASKED_EQUAL = 1, 4, 7
_SET_SECCOMP, _FILTER = 22, 2

# Calls that nothing in a notebook needs and that reach beyond the process, by what they reach.
_REFUSED = {
    "other processes and their memory": "ptrace process_vm_readv process_vm_writev process_madvise process_mrelease "
    "pidfd_getfd kcmp perf_event_open",
    "other file trees": "mount umount2 mount_setattr move_mount open_tree fsopen fsconfig fsmount fspick "
    "pivot_root chroot unshare setns open_by_handle_at name_to_handle_at quotactl quotactl_fd acct swapon swapoff",
    "names of files elsewhere": "inotify_add_watch fanotify_init fanotify_mark",
    "marks on files, which Landlock does not guard": "setxattr lsetxattr fsetxattr removexattr lremovexattr "
    "fremovexattr",
    "the kernel, or a way around this filter": "add_key request_key keyctl bpf io_uring_setup io_uring_enter "
    "io_uring_register userfaultfd kexec_load kexec_file_load init_module finit_module delete_module reboot syslog",
    "memory that no limit counts, or that outlives the process": "memfd_create memfd_secret shmget shmat shmctl shmdt "
    "msgget msgsnd msgrcv msgctl semget semop semtimedop semctl mq_open mq_unlink",
    # They can carry open files, and one on its way is a deleted file that nobody can see.
    "files that the watch cannot count": "sendmsg sendmmsg",
}

# Sockets but for pairs. Landlock fences neither UDP nor sockets that have a path.
_NETWORK = ("socket", "connect", "bind", "listen", "accept", "accept4")

# (call, number of its argument, value): refused where the argument is another value.
_ONLY_WITH = [
    # The process that is meant must be the caller's own, written as 0.
    ("prlimit64", 0, 0),
    ("sched_setaffinity", 0, 0),
    ("sched_setscheduler", 0, 0),
    ("sched_setparam", 0, 0),
    ("sched_setattr", 0, 0),
    ("migrate_pages", 0, 0),
    ("move_pages", 0, 0),
    ("setpriority", 0, 0),
    ("setpriority", 1, 0),
    ("ioprio_set", 0, 1),
    ("ioprio_set", 1, 0),
    ("personality", 0, 0),
    ("socketpair", 0, 1),  # of the Unix family
]

# (call, number of its argument, mask, value): refused where the masked argument is the value.
_NOT_WITH = [
    # A datagram socket of a pair can still send to any path.
    ("socketpair", 1, 0xF, 2),
    ("socketpair", 1, 0xF, 3),
    # New namespaces; and children that the parent would take for its own.
    *(("clone", 0, flag, flag) for flag in (1 << 15, 1 << 17, *(1 << bit for bit in range(25, 31)))),
    # Typing into the terminal of the instructor.
    ("ioctl", 1, 0xFFFFFFFF, 0x5412),
    ("ioctl", 1, 0xFFFFFFFF, 0x541C),
    # Hiding from the watch.
    ("prctl", 0, 0xFFFFFFFF, 4),
]

# As the instructor's own user, a submission could change modes and times of all the instructor's files, which
# Landlock does not guard. An error would break shutil.copy, so these succeed and do nothing.
_MODES = ("chmod", "fchmod", "fchmodat")
# (call, number of the argument with the times): setting a given time does nothing, too. Setting the time to now, with
# no times, is an error: Path.touch then opens the file, and so makes it.
_TIMES = (("utime", 1), ("utimes", 1), ("futimesat", 2), ("utimensat", 2))
_OWNERS = ("chown", "fchown", "lchown", "fchownat")

# These answer that the kernel has no such call. 435, clone3, hides its flags in memory that a filter cannot read;
# the C library then takes clone. 452, fchmodat2, is unknown to older libseccomp. Those from 457 on are newer than
# the lists above. Numbers from 424 on are the same on every architecture.
_UNKNOWN = (435, 452, *range(457, 600))


class _Comparison(ctypes.Structure):
    _fields_ = (("argument", ctypes.c_uint), ("how", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


# The name or number of a call, its answer, and the comparisons that must all be true for it.
_Rule = tuple[str | int, int, tuple[_Comparison, ...]]


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_release.argtypes = [ctypes.c_void_p]
    library.seccomp_attr_set.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32]
    library.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
    library.seccomp_export_bpf.argtypes = [ctypes.c_void_p, ctypes.c_int]
    library.seccomp_rule_add_array.argtypes = [
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.POINTER(_Comparison),
    ]
    return library


def missing() -> str | None:
    """Why seccomp filters cannot be used here, or None if they can."""
    try:
        _library()
    except OSError:
        return "the library libseccomp.so.2 is not installed"
    # Without a program the kernel answers EFAULT where it knows filters, else EINVAL.
    libc.prctl(_SET_SECCOMP, _FILTER, None, 0, 0)
    return None if ctypes.get_errno() == errno.EFAULT else "this kernel has no seccomp filters"


def compiled(shared_user: bool) -> bytes:
    """The filter as the kernel takes it.

    Parameters
    ----------
    shared_user : bool
        Whether files that the submission must not touch belong to its own user.

    Raises
    ------
    OSError
        If libseccomp is not installed or refuses a rule.
    """
    library = _library()
    context = library.seccomp_init(_ALLOW)
    try:
        # 32-bit programs and x32 have other call numbers, so all their calls are refused.
        _checked(library.seccomp_attr_set(context, _BAD_ARCHITECTURE, _ANSWER | errno.EPERM))
        library.seccomp_attr_set(context, _OPTIMIZE, _BINARY_TREE)  # only faster; older versions lack it
        for call, answer, when in _rules(shared_user):
            number = call if isinstance(call, int) else library.seccomp_syscall_resolve_name(call.encode())
            if number < 0:  # this architecture, or this version of the library, has no such call
                continue
            tests = (_Comparison * len(when))(*when)
            _checked(library.seccomp_rule_add_array(context, _ANSWER | answer, number, len(when), tests))
        with tempfile.TemporaryFile() as file:
            _checked(library.seccomp_export_bpf(context, file.fileno()))
            file.seek(0)
            return file.read()
    finally:
        library.seccomp_release(context)


def load(program: bytes) -> None:
    """Put this process under a `compiled` filter, for good. It must have given up new privileges before."""
    checked(libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(_Program(len(program) // 8, program)), 0, 0), "seccomp")


def _rules(shared_user: bool) -> Iterator[_Rule]:
    for name in chain.from_iterable(map(str.split, _REFUSED.values())):
        yield name, errno.EPERM, ()
    for name in _NETWORK:
        yield name, errno.EACCES, ()
    for name, argument, value in _ONLY_WITH:
        yield name, errno.EPERM, (_Comparison(argument, _NOT_EQUAL, value, 0),)
    for name, argument, mask, value in _NOT_WITH:
        yield name, errno.EPERM, (_Comparison(argument, _MASKED_EQUAL, mask, value),)
    for number in _UNKNOWN:
        yield number, errno.ENOSYS, ()
    if not shared_user:
        return
    for name in _MODES:
        yield name, 0, ()
    for name in _OWNERS:
        yield name, errno.EPERM, ()
    for name, times in _TIMES:
        # Without a path, utimensat means a file that is open, so one that Landlock let it open.
        named = (_Comparison(1, _NOT_EQUAL, 0, 0),) if name == "utimensat" else ()
        yield name, 0, (*named, _Comparison(times, _NOT_EQUAL, 0, 0))
        yield name, errno.EPERM, (*named, _Comparison(times, _EQUAL, 0, 0))


def _checked(result: int) -> None:
    if result < 0:
        raise OSError(-result, f"libseccomp: {os.strerror(-result)}")
