"""The sandbox keeps what is hostile in, and lets ordinary work go on."""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cohort.grading import bubblewrap as bubblewrap_module
from cohort.grading import landlock, own_user, seccomp
from cohort.grading.sandbox import Limits, Sandbox, below_floor, bubblewrap, exceeded, layers, spare_uid

pytestmark = pytest.mark.skipif(bool(below_floor()), reason="; ".join(below_floor()))

IS_ROOT = os.geteuid() == 0
NUMBERS = itertools.count()  # a user each: the dead of another test may still count as its processes
ORDINARY = 54_321
SMALL = Limits(memory_mb=512, processes=24, open_files=64, file_mb=5, folder_mb=20, folder_files=50)


@dataclass
class Ward:
    """A folder for submissions, and how to run something in the sandbox there."""

    folder: Path
    outside: Path
    uid: int | None
    sandbox: Sandbox | None
    children: list[int] = field(default_factory=list)

    def start(self, act: Callable[[], object], enter: bool = True) -> tuple[int, int]:
        """A process that does `act` in the sandbox; its number, and a pipe with what it returned or raised."""
        reading, writing = os.pipe()
        pid = os.fork()
        if not pid:
            answer = {"raised": "nothing", "said": "it ended early"}
            try:
                os.setsid()
                if enter:
                    self.enter()
                answer = {"returned": act()}
            except BaseException as error:
                answer = {"raised": type(error).__name__, "said": str(error)}
            finally:
                try:
                    os.write(writing, json.dumps(answer, default=str).encode())
                finally:
                    os._exit(0)
        os.close(writing)
        self.children.append(pid)
        return pid, reading

    def run(self, act: Callable[[], object], enter: bool = True) -> object:
        """What `act` returns in the sandbox, or the name of the exception it raises."""
        pid, reading = self.start(act, enter)
        with os.fdopen(reading) as pipe:
            said = pipe.read()
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        self.children.remove(pid)
        if not said:
            return f"ended with {status}"
        answer = json.loads(said)
        return answer["returned"] if "returned" in answer else answer["raised"]

    def enter(self, read: Sequence[Path] = ()) -> None:
        """Enter the sandbox, made anew for an ordinary user or with more to read."""
        if IS_ROOT and self.uid is None:
            own_user.become(ORDINARY, reads_any=True)  # so that it can read a Python in root's home
        if self.sandbox is None or read:
            self.sandbox = Sandbox(SMALL, read)
        self.sandbox.enter(self.folder, self.uid)
        os.chdir(self.folder)


@pytest.fixture(scope="module")
def of_root() -> Sandbox | None:
    return Sandbox(SMALL) if IS_ROOT else None


@pytest.fixture(params=["root", "ordinary user"])
def ward(request: pytest.FixtureRequest, of_root: Sandbox | None) -> Iterator[Ward]:
    """The sandbox as root uses it and as an ordinary user does."""
    if request.param == "root" and not IS_ROOT:
        pytest.skip("needs root")
    # Not pytest's own folder, which only its user can reach.
    base = Path(tempfile.mkdtemp())
    base.chmod(0o711)
    folder, outside = base / "in", base / "out"
    folder.mkdir()
    outside.mkdir(mode=0o777)
    outside.chmod(0o777)
    (outside / "gradebook.db").write_text("everyone's scores")
    (outside / "gradebook.db").chmod(0o666)
    uid = spare_uid(next(NUMBERS)) if request.param == "root" else None
    if IS_ROOT:
        owner = uid or ORDINARY
        for path in (folder, outside, outside / "gradebook.db"):
            os.chown(path, owner, owner)
    sandbox = of_root if uid else None if IS_ROOT else Sandbox(SMALL)
    made = Ward(folder, outside, uid, sandbox)
    yield made
    for pid in made.children:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    shutil.rmtree(base)


# What must go on working.


def test_data_work_goes_on(ward: Ward) -> None:
    def act() -> list[object]:
        import sqlite3

        import pandas as pd

        os.environ |= {"TMPDIR": str(ward.folder), "MPLCONFIGDIR": str(ward.folder), "MPLBACKEND": "agg"}
        tempfile.tempdir = None
        pd.DataFrame({"deaths": [1, 2]}).to_csv("deaths.csv", index=False)
        with sqlite3.connect("deaths.db") as base:
            pd.read_csv("deaths.csv").to_sql("deaths", base)
            total = pd.read_sql("select sum(deaths) as total from deaths", base).total[0]
        with tempfile.NamedTemporaryFile() as file:
            inside = Path(file.name).is_relative_to(ward.folder)
        shutil.copy2("deaths.csv", "copy.csv")
        Path("copy.csv").rename("moved.csv")
        Path("moved.csv").touch()
        subprocess.run(["touch", "moved.csv", "new.csv"], check=True)
        return [int(total), inside, Path("moved.csv").exists() and Path("new.csv").exists()]

    assert ward.run(act) == [3, True, True]


def test_libraries_can_be_imported_late(ward: Ward) -> None:
    code = "import numpy, zoneinfo, ssl; zoneinfo.ZoneInfo('Africa/Lagos'); print(numpy.ones(3) @ numpy.ones(3))"
    assert ward.run(lambda: subprocess.check_output([sys.executable, "-c", code], text=True)) == "3.0\n"


def test_programs_threads_and_loops_run(ward: Ward) -> None:
    def act() -> list[object]:
        import asyncio

        said = subprocess.run(["bash", "-c", "ls; cat <(echo two) | tr o O"], capture_output=True, text=True)
        found: list[int] = []
        threads = [threading.Thread(target=found.append, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [said.stdout, said.stderr, sorted(found), asyncio.run(asyncio.sleep(0, "slept"))]

    assert ward.run(act) == ["twO\n", "", list(range(8)), "slept"]


def test_processes_can_share_work(ward: Ward) -> None:
    def act() -> list[int]:
        import multiprocessing

        with multiprocessing.get_context("fork").Pool(2) as pool:
            return pool.map(abs, [-1, -2])

    if ward.uid is None:
        assert ward.run(act) == "PermissionError"  # locks need /dev/shm, whose use cannot be told from others' here
    else:
        assert ward.run(act) == [1, 2]


# Files.


def test_readable_file_elsewhere_cannot_be_read(ward: Ward) -> None:
    assert ward.run((ward.outside / "gradebook.db").read_text) == "PermissionError"


@pytest.mark.parametrize("path", ["/etc/shadow", "/etc/hostname", "/proc/1/cmdline", "/proc/net/tcp", "/dev/kmsg"])
def test_file_of_the_system_cannot_be_read(ward: Ward, path: str) -> None:
    assert ward.run(Path(path).read_bytes) == "PermissionError"


def test_process_outside_shows_nothing(ward: Ward) -> None:
    me = os.getpid()
    for name in ("cmdline", "environ", "mem", "maps", "status"):
        assert ward.run(Path(f"/proc/{me}/{name}").open) == "PermissionError", name
    assert ward.run(lambda: list(Path(f"/proc/{me}/fd").iterdir())) == "PermissionError"


@pytest.mark.parametrize("folder", ["/", "/root", "/home", "/tmp", "/proc", "/run", "/etc", "/dev", str(Path.cwd())])
def test_folder_outside_cannot_be_listed(ward: Ward, folder: str) -> None:
    assert ward.run(lambda: list(Path(folder).iterdir())) == "PermissionError"


def test_package_itself_can_be_read_but_nothing_beside_it(ward: Ward) -> None:
    package = Path(seccomp.__file__).parents[1]
    assert ward.run(lambda: len(list(package.iterdir())) > 1) is True
    assert ward.run(lambda: list(package.parent.iterdir())) == "PermissionError"


def test_nothing_is_written_outside(ward: Ward) -> None:
    there = ward.outside / "gradebook.db"
    attempts = {
        "open": lambda: there.open("w"),
        "append": lambda: there.open("a"),
        "truncate": lambda: os.truncate(there, 0),
        "unlink": there.unlink,
        "create": (ward.outside / "new").touch,
        "mkdir": (ward.outside / "new").mkdir,
        "symlink": lambda: (ward.outside / "new").symlink_to("/"),
        "fifo": lambda: os.mkfifo(ward.outside / "new"),
        "rename in": lambda: there.rename(ward.folder / "mine"),
        "rename out": lambda: ((ward.folder / "a").touch(), (ward.folder / "a").rename(ward.outside / "new")),
        "link in": lambda: os.link(there, ward.folder / "mine"),
        "link out": lambda: ((ward.folder / "b").touch(), os.link(ward.folder / "b", ward.outside / "new")),
        "setxattr": lambda: os.setxattr(there, "user.x", b"x"),
    }
    for name, act in attempts.items():
        # Across folders, Landlock answers a rename or link as if it went across disks.
        assert ward.run(act) in ("PermissionError", "OSError"), name
    assert there.read_text() == "everyone's scores"
    assert list(ward.outside.iterdir()) == [there]


def test_mode_and_time_of_files_of_the_same_user_stay(ward: Ward) -> None:
    if ward.uid:
        os.chown(ward.outside / "gradebook.db", 0, 0)
    before = (ward.outside / "gradebook.db").stat()

    def act() -> None:
        with contextlib.suppress(PermissionError):
            (ward.outside / "gradebook.db").chmod(0)
        with contextlib.suppress(PermissionError):
            os.utime(ward.outside / "gradebook.db", (1, 1))

    ward.run(act)
    after = (ward.outside / "gradebook.db").stat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


def test_link_inside_leads_nowhere(ward: Ward) -> None:
    def act() -> str:
        Path("link").symlink_to(ward.outside)
        return Path("link/gradebook.db").read_text()

    assert ward.run(act) == "PermissionError"


def test_further_paths_can_be_read_and_not_written(ward: Ward) -> None:
    def act() -> str:
        ward.enter([ward.outside])
        with contextlib.suppress(PermissionError):
            (ward.outside / "gradebook.db").write_text("")
        return (ward.outside / "gradebook.db").read_text()

    assert ward.run(act, enter=False) == "everyone's scores"


# The network.


def udp() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
        end.sendto(b"x", ("127.0.0.1", 9))


def by_datagram_pair(path: str) -> Callable[[], None]:
    def act() -> None:
        ours, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        ours.sendto(b"x", path)

    return act


def test_no_socket_reaches_out(ward: Ward) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind("\0cohort-test")
        abstract.listen()
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as path:
            path.bind(str(ward.outside / "socket"))
            (ward.outside / "socket").chmod(0o777)
            attempts = {
                "tcp": lambda: socket.create_connection(server.getsockname()),
                "serve": lambda: socket.create_server(("127.0.0.1", 0)),
                "udp": udp,
                "abstract": lambda: socket.socket(socket.AF_UNIX).connect("\0cohort-test"),
                "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
                "path": by_datagram_pair(str(ward.outside / "socket")),
                "bind": lambda: socket.socket(socket.AF_UNIX).bind("mine"),
            }
            for name, act in attempts.items():
                assert ward.run(act) == "PermissionError", name
    assert ward.run(lambda: socket.getaddrinfo("example.org", 80)) == "gaierror"
    assert ward.run(lambda: subprocess.call(["bash", "-c", "echo > /dev/tcp/127.0.0.1/9"], stderr=-3)) == 1


def test_programs_it_starts_are_fenced_too(ward: Ward) -> None:
    code = "import socket; socket.socket()"
    said = ward.run(lambda: subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr)
    assert "PermissionError" in str(said)
    there = ward.outside / "gradebook.db"
    said = ward.run(lambda: subprocess.run(["cat", str(there)], capture_output=True, text=True).stderr)
    assert "Permission denied" in str(said)


# Other processes.


def test_others_can_be_neither_signalled_nor_traced(ward: Ward) -> None:
    libc = ctypes.CDLL(None, use_errno=True)

    def refused(result: int) -> bool:
        return result == -1 and ctypes.get_errno() == 1  # EPERM

    # As the same user, so that only the sandbox stands between.
    victim = os.fork()
    if not victim:
        if IS_ROOT:
            owner = ward.uid or ORDINARY
            os.setresuid(owner, owner, owner)
        signal.pause()
    try:
        assert ward.run(lambda: os.kill(victim, signal.SIGKILL)) == "PermissionError"
        assert ward.run(lambda: signal.pidfd_send_signal(os.pidfd_open(victim), signal.SIGKILL)) == "PermissionError"
        assert ward.run(lambda: refused(libc.ptrace(16, victim, None, None))) is True
        limit = resource.RLIMIT_NOFILE
        assert ward.run(lambda: resource.prlimit(victim, limit, (1, 1))) == "PermissionError"
        assert ward.run(lambda: os.setpriority(os.PRIO_PROCESS, victim, 19)) == "PermissionError"
        assert ward.run(lambda: os.setpriority(os.PRIO_USER, 0, 19)) == "PermissionError"
        assert ward.run(lambda: os.sched_setaffinity(victim, [0])) == "PermissionError"
        assert ward.run(Path(f"/proc/{victim}/mem").open) == "PermissionError"
        assert os.waitpid(victim, os.WNOHANG) == (0, 0)
    finally:
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)


def test_its_own_children_can_be_signalled(ward: Ward) -> None:
    def act() -> int:
        sleeper = subprocess.Popen(["sleep", "60"])
        sleeper.terminate()
        return sleeper.wait()

    assert ward.run(act) == -signal.SIGTERM


def test_kernel_doors_are_shut(ward: Ward) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    library = seccomp._library()

    def error_of(name: str, *arguments: int) -> int:
        number = library.seccomp_syscall_resolve_name(name.encode())
        libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
        return ctypes.get_errno()

    def act() -> dict[str, int]:
        calls = {"unshare": (0x10000000,), "clone": (0x10000000 | 17,), "clone3": (0, 0), "setns": (0, 0)}
        calls |= {"mount": (0, 0, 0, 0, 0), "io_uring_setup": (1, 0), "bpf": (0, 0, 0), "keyctl": (0, 0)}
        calls |= {"userfaultfd": (0,), "perf_event_open": (0, 0, 0, 0, 0), "open_by_handle_at": (0, 0, 0)}
        calls |= {"memfd_create": (0, 0), "shmget": (0, 4096, 0o600), "personality": (0x40000,)}
        calls |= {"process_vm_readv": (1, 0, 0, 0, 0, 0), "chroot": (0,), "ioctl": (0, 1 << 32 | 0x5412, 0)}
        calls |= {"inotify_add_watch": (0, 0, 0), "prctl": (4, 0, 0, 0, 0)}
        return {name: error_of(name, *arguments) for name, arguments in calls.items()}

    answers = ward.run(act)
    assert isinstance(answers, dict)
    assert answers.pop("clone3") == 38  # ENOSYS: the C library then uses clone
    assert set(answers.values()) == {1}, answers


def test_calls_of_other_architectures_and_of_newer_kernels_are_refused(ward: Ward) -> None:
    libc = ctypes.CDLL(None, use_errno=True)

    def error_of(number: int) -> int:
        libc.syscall(ctypes.c_long(number))
        return ctypes.get_errno()

    assert ward.run(lambda: error_of(470)) == 38
    if os.uname().machine == "x86_64":
        assert ward.run(lambda: error_of(0x40000000 + 39)) == 1  # x32


def test_rights_cannot_be_won_back(ward: Ward) -> None:
    def act() -> list[str]:
        about = Path("/proc/self/status").read_text()
        return [line.split()[1] for line in about.splitlines() if line.startswith(("CapEff", "NoNewPrivs", "Seccomp:"))]

    rights, no_new, seccomp_mode = ward.run(act)
    assert int(rights, 16) in (0, 4)  # nothing, or reading files of any mode
    assert (no_new, seccomp_mode) == ("1", "2")
    assert ward.run(lambda: os.setresuid(0, 0, 0)) == "PermissionError"
    assert ward.run(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (9999, 9999))) == "ValueError"


# Exhaustion.


def test_fork_bomb_is_bounded(ward: Ward) -> None:
    def act() -> int:
        started = 0
        try:
            while started < 500:
                if not os.fork():
                    signal.pause()
                started += 1
        except BlockingIOError:
            pass
        os.kill(0, signal.SIGTERM) if started == 500 else None
        return started

    pid, reading = ward.start(act)
    with os.fdopen(reading, "rb") as pipe:
        said = os.read(pipe.fileno(), 1000)
    os.killpg(pid, signal.SIGKILL)
    assert json.loads(said)["returned"] <= 2 * SMALL.processes


def test_memory_bomb_is_stopped(ward: Ward) -> None:
    assert ward.run(lambda: len(bytearray(600 << 20))) == "MemoryError"
    assert ward.run(lambda: len(bytearray(100 << 20))) == 100 << 20


def test_open_files_and_file_size_are_bounded(ward: Ward) -> None:
    assert ward.run(lambda: [os.open("/dev/null", os.O_RDONLY) for _ in range(500)]) == "OSError"

    def act() -> int:
        with contextlib.suppress(OSError):
            Path("big").write_bytes(bytes(10 << 20))
        return Path("big").stat().st_size

    assert ward.run(act) == SMALL.file_mb << 20


def test_processor_time_is_bounded(ward: Ward) -> None:
    def act() -> list[int]:
        return [*resource.getrlimit(resource.RLIMIT_CPU), *resource.getrlimit(resource.RLIMIT_CORE)]

    assert ward.run(act) == [600, 600, 0, 0]


# The watch.


def watched(ward: Ward, act: Callable[[], object]) -> str | None:
    """What the watch says once `act` is done and its process waits."""

    def wait() -> None:
        kept = act()
        Path("ready").touch()
        signal.pause()
        del kept

    pid, reading = ward.start(wait)
    while (
        not (ward.folder / "ready").exists() and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    ):
        time.sleep(0.01)
    said = exceeded(SMALL, [pid], ward.folder, ward.uid)
    os.killpg(pid, signal.SIGKILL)
    os.close(reading)
    return said


def many_with_memory() -> None:
    for _ in range(4):
        if not os.fork():
            kept = bytearray(os.urandom(1)) * (150 << 20)
            Path(f"filled{os.getpid()}").touch()
            signal.pause()
            del kept
    while len(list(Path().glob("filled*"))) < 4:
        time.sleep(0.01)


def held_but_deleted() -> list[int]:
    kept = []
    for _ in range(5):
        kept.append(os.open(".", os.O_TMPFILE | os.O_RDWR))
        os.write(kept[-1], bytes(5 << 20))
    return kept


def test_watch_is_quiet_about_little_use(ward: Ward) -> None:
    assert watched(ward, lambda: Path("a").write_text("a")) is None


def test_watch_adds_up_memory_of_all_processes(ward: Ward) -> None:
    if ward.uid is None:
        pytest.skip("the caller names the processes; as root the watch finds them by their user")
    assert watched(ward, many_with_memory) == "used more than 512 MB of memory"


def test_watch_adds_up_files(ward: Ward) -> None:
    def act() -> None:
        Path("deep/er").mkdir(parents=True)
        for n in range(5):
            Path(f"deep/er/{n}").write_bytes(bytes(5 << 20))

    assert watched(ward, act) == "wrote more than 20 MB of files"


def test_watch_counts_files(ward: Ward) -> None:
    assert watched(ward, lambda: [Path(f"f{n}").touch() for n in range(60)]) == "made more than 50 files"


def test_watch_sees_deleted_files_that_are_held_open(ward: Ward) -> None:
    assert watched(ward, held_but_deleted) == "wrote more than 20 MB of files"


def test_shared_memory_is_bounded_and_gone_afterwards(ward: Ward) -> None:
    def act() -> int:
        for n in range(10):
            Path(f"/dev/shm/cohort-test-{n}").write_bytes(bytes(4 << 20))
        return 0

    said = watched(ward, act)
    if ward.uid is None:
        assert said is None  # it could not write there at all
    else:
        # Its own mount is full at 20 MB; where it has none, the watch counts the files of its user.
        assert said in (None, "wrote more than 20 MB of files")
    with contextlib.suppress(ProcessLookupError):
        os.waitpid(ward.children.pop(), 0)
    assert ward.uid is None or not list(Path("/dev/shm").glob("cohort-test-*"))


# Forks of a process in the sandbox.


def test_narrowed_fork_cannot_touch_where_it_came_from(ward: Ward) -> None:
    if landlock.version() < 6:
        pytest.skip("needs Landlock ABI 6")

    def act() -> dict[str, str]:
        Path("parents.txt").write_text("mine")
        Path("fork").mkdir()
        parent = os.getpid()
        reading, writing = os.pipe()
        if not os.fork():
            ward.sandbox.narrow(ward.folder / "fork")
            attempts = {
                "read": (ward.folder / "parents.txt").read_text,
                "write": lambda: (ward.folder / "parents.txt").write_text("theirs"),
                "create": (ward.folder / "new").touch,
                "signal": lambda: os.kill(parent, signal.SIGTERM),
                "memory": Path(f"/proc/{parent}/mem").open,
                "mode": (lambda: (ward.folder / "parents.txt").chmod(0)),
                "own": lambda: (ward.folder / "fork/mine").write_text("x"),
            }
            answers = {}
            for name, attempt in attempts.items():
                try:
                    attempt()
                    answers[name] = "done"
                except OSError as error:
                    answers[name] = type(error).__name__
            os.write(writing, json.dumps(answers).encode())
            os._exit(0)
        os.wait()
        mode = Path("parents.txt").stat().st_mode & 0o777
        return {**json.loads(os.read(reading, 4096)), "mode": oct(mode)}

    answers = ward.run(act)
    assert isinstance(answers, dict)
    assert answers.pop("own") == "done"
    assert answers.pop("mode") != "0o0"
    assert set(answers.values()) == {"PermissionError"}, answers


# Around it.


@pytest.mark.skipif(not IS_ROOT, reason="needs root")
def test_sandbox_is_not_entered_as_root_itself(of_root: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="a user of its own"):
        of_root.enter(tmp_path, None)


def test_sandbox_is_not_entered_without_its_folder(ward: Ward) -> None:
    ward.folder.rmdir()
    assert ward.run(ward.enter, enter=False) == "FileNotFoundError"


@pytest.mark.skipif(not IS_ROOT, reason="needs root")
def test_user_numbers_of_two_graders_differ() -> None:
    mine = {spare_uid(n) for n in range(20)}
    code = "from cohort.grading.sandbox import spare_uid; print(*map(spare_uid, range(20)))"
    theirs = set(map(int, subprocess.check_output([sys.executable, "-c", code], text=True).split()))
    assert len(mine | theirs) == 40


def test_layers_say_what_they_add_or_how_to_get_them() -> None:
    found = layers()
    assert [layer.name for layer in found] == ["Landlock", "seccomp", "rlimits", "own user", "watch", "bubblewrap"]
    assert all(layer.says and (layer.holds or layer.mend) for layer in found)


def test_no_landlock_is_below_the_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)
    (reason,) = below_floor()
    assert reason.startswith("Landlock: ") and "boot Linux 6.12" in reason
    with pytest.raises(OSError, match="no Landlock"):
        Sandbox(SMALL)


@pytest.mark.skipif(bool(bubblewrap_module.failure()), reason="needs bubblewrap")
def test_bubblewrap_hides_other_files_and_processes_and_keeps_open_files(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    tell = "import os, sys; print(os.path.exists('/etc/shadow'), os.getpid() < 9, os.path.exists(sys.argv[1]))"
    code = f"{tell}; os.write(int(sys.argv[2]), b'x')"
    reading, writing = os.pipe()
    command = [sys.executable, "-c", code, str(tmp_path / "shared"), str(writing)]
    said = subprocess.check_output(bubblewrap(command, [], [tmp_path / "shared"]), text=True, pass_fds=[writing])
    assert said == "False True True\n"
    assert os.read(reading, 1) == b"x"
