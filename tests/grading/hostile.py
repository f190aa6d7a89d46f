"""Hostile notebooks: what a student may write into the one cell of the tiny course's assignment.

Each cell is a text with ``COURSE`` where it needs the course's folder, which an attacker may know. An
attack is tried with ``attempt(name, act)``; what came of all is written to ``report.json`` in the
submission's own folder, from where the grader collects it. Run as a program, this grades a course.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import asdict, replace
from pathlib import Path

ORDINARY = 54_321

GOOD = "def add(a, b):\n    return a + b\n"

TRY = """
import ctypes, json, os, pathlib, resource, signal, socket, subprocess, sys, threading, time
course = pathlib.Path("COURSE")
report = {}
def attempt(name, act):
    try:
        report[name] = f"DONE {act()!r}"[:300]
    except BaseException as error:
        report[name] = type(error).__name__
    pathlib.Path("report.json").write_text(json.dumps(report))
"""

READS = (
    TRY
    + """
for path in ["gradebook.db", "cohort.yml", "nbgrader_config.py", "source/tiny/tiny.ipynb", "release/tiny/tiny.ipynb",
             "submitted/honest-1/tiny/tiny.ipynb", "autograded/honest-1/tiny/tiny.ipynb", "home/secret.txt"]:
    attempt(path, (course / path).read_bytes)
    attempt(f"write {path}", lambda: (course / path).open("r+b"))
for path in ["source", "submitted", "autograded", ".", "home"]:
    attempt(f"list {path}", lambda: os.listdir(course / path))
for number in (1, os.getppid()):
    for name in ("environ", "mem", "fd", "cmdline", "maps", "cwd/zygote.log", "root/etc/shadow", "task"):
        path = pathlib.Path("/proc", str(number), name)
        attempt(f"{path.name} of {'1' if number == 1 else 'parent'}", lambda: path.open("rb").read(10))
attempt("processes", lambda: os.listdir("/proc"))
attempt("shadow", lambda: open("/etc/shadow").read(1))
attempt("neighbours", lambda: os.listdir("../.."))
attempt("all scratch folders", lambda: os.listdir("/tmp"))
attempt("log", lambda: open("../../zygote.log").read())
attempt("link", lambda: (os.symlink(course / "gradebook.db", "link"), open("link", "rb").read(10)))
attempt("hard link", lambda: os.link(course / "gradebook.db", "hard"))
attempt("hard link of what it may read", lambda: os.link(course / "course.yml", "hard-course"))
attempt("rename", lambda: os.rename(course / "gradebook.db", "mine.db"))
attempt("program", lambda: subprocess.run(["cat", str(course / "gradebook.db")], check=True, capture_output=True))
report["secret in environment"] = str("hunter2" in str(os.environ))
own = pathlib.Path("/proc/self/environ")
attempt("own first environment", lambda: b"hunter2" in own.read_bytes() or 1 / 0)
"""
    + GOOD
)

# The path of the listener comes in by PORTS, as an attacker may know it.
CONNECTS = (
    TRY
    + """
tcp, udp, path = PORTS
def send(family, kind, address):
    with socket.socket(family, kind) as end:
        end.connect(address)
        end.send(b"x")
inet, unix, stream, datagram = socket.AF_INET, socket.AF_UNIX, socket.SOCK_STREAM, socket.SOCK_DGRAM
attempt("tcp", lambda: send(inet, stream, ("127.0.0.1", tcp)))
attempt("udp", lambda: send(inet, datagram, ("127.0.0.1", udp)))
attempt("path", lambda: send(unix, stream, path))
attempt("abstract", lambda: send(unix, stream, "\\0" + path))
attempt("pair", lambda: socket.socketpair(unix, datagram)[0].sendto(b"x", path))
attempt("netlink", lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW))
attempt("serve", lambda: socket.create_server(("127.0.0.1", 0)))
attempt("name", lambda: socket.getaddrinfo("localhost.localdomain.example", 80))
attempt("program", lambda: subprocess.run(["bash", "-c", f"echo > /dev/tcp/127.0.0.1/{tcp}"], check=True,
                                          stderr=subprocess.DEVNULL))
"""
    + GOOD
)

WRITES = (
    TRY
    + """
os.symlink(course / "gradebook.db", "gradebook-link.txt")
os.symlink("/", "everything")
os.symlink(course / "source", "folder-link")
os.mkfifo("pipe")
attempt("device", lambda: os.mknod("device", 0o600 | 0o020000, os.makedev(1, 3)))
attempt("socket node", lambda: socket.socket(socket.AF_UNIX).bind("sock"))
for path in ["../../escaped", "/tmp/escaped", str(course / "escaped"), "/dev/shm/../escaped", "/var/tmp/escaped"]:
    attempt(f"write {path}", lambda: open(path, "w").write("x"))
attempt("mode of another's", lambda: 1 / (os.chmod(course / "gradebook.db", 0o777) is None
                                          and (course / "gradebook.db").stat().st_mode & 0o777 == 0o777))
pathlib.Path("new\\nline.txt").write_text("kept")
pathlib.Path(os.fsdecode(b"caf\\xe9.txt")).write_text("kept")
pathlib.Path("tiny.ipynb").mkdir()
pathlib.Path("tiny.ipynb/inside").write_text("in the way")
pathlib.Path("timestamp.txt").write_text("1999-01-01 00:00:00 UTC")
deep = "d" * 200
for _ in range(18):
    os.makedirs(deep)
    os.chdir(deep)
open("bottom.txt", "w").write("x")
"""
    + GOOD
)

# The folder that the grader collects is swapped for a link to what it may not have.
SWAPS = (
    TRY
    + """
pathlib.Path("report.json").write_text("{}")
os.rename("../work", "../old")
os.symlink(course / "source" / "tiny", "../work")
"""
    + GOOD
)

# Deeper than Python can recurse and than a path can be long.
DIGS = (
    """
import os
for _ in range(3000):
    os.mkdir("d")
    os.chdir("d")
"""
    + GOOD
)

SHARED_MEMORY = """
for number in range(5):
    try:
        with open(f"/dev/shm/cohort-hostile-{number}", "wb") as file:
            file.write(bytes(50 << 20))
    except OSError:
        pass
"""

# What the watch has to see goes on until it does.
STAY = """
import time
until = time.monotonic() + 10
while time.monotonic() < until:
    try:
        time.sleep(1)
    except KeyboardInterrupt:
        pass
"""

# Honest work near the limits.
LARGE = {
    "file": "with open('large', 'wb') as file:\n    file.write(bytes(60 << 20))\n",
    "number-of-messages": "for number in range(3000):\n    print(number, flush=True)\n",
    "cell": f"text = '{'x' * 500_000}'\n",
}

FILLS = {
    # Files that no process holds, as they are on their way through a socket.
    "in-flight": TRY
    + """
kept = socket.socketpair()
attempt("in flight", lambda: socket.send_fds(kept[0], [b"x"], [os.open(".", os.O_TMPFILE | os.O_RDWR)]))
""",
    "many-files": """
for number in range(12_000):
    open(f"f{number}", "w").close()
""",
    "sparse": """
with open("sparse", "wb") as file:
    file.truncate(1 << 30)
""",
    "big": """
for number in range(5):
    with open(f"big{number}", "wb") as file:
        file.write(bytes(50 << 20))
"""
    + STAY,
    "deleted": """
import os
kept = [os.open(".", os.O_TMPFILE | os.O_RDWR) for _ in range(5)]
for file in kept:
    os.write(file, bytes(50 << 20))
"""
    + STAY,
    "mapped": """
import ctypes, os
libc = ctypes.CDLL(None)
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
for _ in range(6):
    file = os.open(".", os.O_TMPFILE | os.O_RDWR)
    os.write(file, bytes(50 << 20))
    libc.mmap(None, 4096, 1, 1, file, 0)
    os.close(file)
"""
    + STAY,
    "shared-memory": SHARED_MEMORY + STAY,
    "descriptors": """
import os
kept = []
try:
    while True:
        kept.append(os.open("/dev/null", 0))
except OSError:
    pass
""",
    "memory": "x = bytearray(1 << 34)\n",
    "memory-of-many": """
import os
for _ in range(5):
    if not os.fork():
        kept = bytearray(b"x") * (500 << 20)
        break
"""
    + STAY,
    "processes": """
import os, time
try:
    while True:
        if not os.fork():
            time.sleep(30)
except OSError:
    pass
""",
    "bomb": """
import os
for _ in range(4000):
    try:
        os.fork()
    except OSError:
        pass
""",
    "threads": """
import threading, time
try:
    while True:
        threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
except RuntimeError:
    pass
""",
}

# MARK is an argument by which the test finds what outlives.
OUTLIVES = (
    """
import atexit, os, signal, subprocess, sys, threading, time
code = "import os, signal, time; [signal.signal(n, signal.SIG_IGN) for n in (1, 2, 15)]; time.sleep(300)"
subprocess.Popen([sys.executable, "-c", code, "MARK"], start_new_session=True)
subprocess.Popen(["nohup", sys.executable, "-c", code, "MARK"], stdout=-3, stderr=-3)
if not os.fork():
    os.setsid()
    if not os.fork():
        os.execv(sys.executable, [sys.executable, "-c", code, "MARK"])
    os._exit(0)
threading.Thread(target=time.sleep, args=(300,)).start()
atexit.register(time.sleep, 300)
"""
    + GOOD
)

SIGNALS = (
    TRY
    + """
libc = ctypes.CDLL(None, use_errno=True)
parent = os.getppid()
def refused(result):
    if result == -1:
        raise OSError(ctypes.get_errno(), "")
others = [pid for pid in range(max(2, os.getpid() - 400), os.getpid() + 400) if pid != os.getpid()]
def each(act):
    done = []
    for pid in [parent, *others]:
        try:
            act(pid)
            done.append(pid)
        except OSError:
            pass
    if not done:
        raise PermissionError
    return done
attempt("kill", lambda: each(lambda pid: os.kill(pid, signal.SIGKILL)))
attempt("kill group", lambda: each(lambda pid: os.killpg(pid, signal.SIGKILL)))
attempt("trace", lambda: each(lambda pid: refused(libc.ptrace(16, pid, None, None))))
attempt("limit", lambda: each(lambda pid: resource.prlimit(pid, resource.RLIMIT_NOFILE, (1, 1))))
attempt("priority", lambda: each(lambda pid: os.setpriority(os.PRIO_PROCESS, pid, 19)))
attempt("processors", lambda: each(lambda pid: os.sched_setaffinity(pid, [0])))
attempt("memory", lambda: each(lambda pid: open(f"/proc/{pid}/mem", "r+b")))
attempt("descriptors", lambda: each(lambda pid: os.listdir(f"/proc/{pid}/fd")))
attempt("take a descriptor", lambda: each(lambda pid: refused(libc.syscall(438, libc.syscall(434, pid, 0), 0, 0))))
attempt("all", lambda: os.kill(-1, signal.SIGKILL))
"""
    + GOOD
)

# Finds the channel to the grader, and writes to it.
CHANNEL = """
import json, os, socket, stat
def channels():
    for name in os.listdir("/proc/self/fd"):
        try:
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                yield socket.socket(fileno=os.dup(int(name)))
        except OSError:
            pass
def say(content):
    for end in channels():
        try:
            end.sendall(content)
        except OSError:
            pass
def line(**message):
    say(json.dumps({"parent": None, "metadata": {}, "content": {}, **message}).encode() + b"\\n")
"""
# The number of the request that is being answered, without which nobody listens.
NOW = """
from ipykernel.ipkernel import IPythonKernel
now = IPythonKernel.instance().get_parent()["header"]["msg_id"]
"""
FORGES = {
    "garbage": 'say(b"\\x00\\xff garbage\\n" * 50)\n',
    "long-line": 'say(b"x" * (200 << 20))\n',
    "early-reply": NOW
    + """
import time
line(type="execute_reply", parent=now, content={"status": "ok", "execution_count": 1})
line(type="status", parent=now, content={"execution_state": "idle"})
time.sleep(1)
""",
    "wrong-types": """
line(type=7, parent=[], content=None, metadata=3)
line(type="stream", content={"name": 5, "text": {}})
say(b"[1, 2]\\n7\\nnull\\n")
""",
    "deep": """
say(b"[" * 100_000 + b"\\n")
say(b'{"a":' * 100_000 + b"\\n")
""",
    "orders": """
line(do="end", pid=1, keep=[], parked=[], uid=0, measure=False)
line(ready=1)
line(alive=False, reason="x", failed="x")
""",
    "surrogate": NOW + 'line(type="stream", parent=now, content={"name": "stdout", "text": "\\ud800"})\n',
    "odd-output": NOW
    + 'line(type="display_data", parent=now, content={"data": {"text/plain": {"a": [1]}, 5: 6}, "metadata": 4})\n',
    "closes": "for end in channels():\n    os.close(end.fileno())\nos.closerange(3, 200)\n",
    "descriptors": """
for end in channels():
    for _ in range(100):
        try:
            socket.send_fds(end, [b" "], [0] * 50)
        except OSError:
            pass
""",
}

# Of a process that forks well the first time.
LIE = """
import os
from cohort.grading.channel import Channel
forks, send = [], Channel.send
os.register_at_fork(before=lambda: forks.append(1))
def lie(self, message, file=None):
    send(self, LIE if len(forks) > 2 and "ready" in message else message, file)
Channel.send = lie
"""

# Cells that a submission shares with the one behind it, which is forked from the same process. The names are hidden
# from a grader that looks for them in the text.
POISONS = {
    "answers never": """
import os
me, real, forks = getattr(os, "get" + "pid"), os.fork, []
owner = me()
def later():
    if me() == owner:
        forks.append(1)
        while len(forks) > 1:
            pass
    return real()
os.fork = later
""",
    "answers nonsense": LIE.replace("LIE", '{"ready": [], "failed": []}'),
    "names another process": LIE.replace("LIE", '{"ready": getattr(os, "get" + "ppid")()}'),
    "starts processes while it waits": """
import os, signal, time
def tick(*_):
    try:
        for _ in range(20):
            if not os.fork():
                time.sleep(100)
    except OSError:
        pass
signal.signal(signal.SIGALRM, tick)
getattr(signal, "set" + "itimer")(signal.ITIMER_REAL, 0.05, 0.01)
""",
    "swaps folders while it waits": """
import os, signal
forks = []
os.register_at_fork(before=lambda: forks.append(1))
def tick(*_):
    for number in range(2, 40 if len(forks) > 1 else 0):
        try:
            os.rename(f"../{number}/work", f"../{number}/old")
            os.symlink("COURSE/source/tiny", f"../{number}/work")
        except OSError:
            pass
signal.signal(signal.SIGALRM, tick)
getattr(signal, "set" + "itimer")(signal.ITIMER_REAL, 0.01, 0.01)
""",
}


def grade(bubblewrap: bool) -> None:
    """Grade the course in the working directory with two workers, and print what became of it."""
    from cohort.grading import engine

    ready = engine.setup
    engine.setup = lambda fenced: replace(ready(fenced), bubblewrap=bubblewrap)
    how = engine.How(workers=2)
    print(json.dumps([asdict(outcome) for outcome in engine.autograde("tiny", force=True, how=how)]))


def as_ordinary_user(uid: int) -> None:
    """Become an ordinary user for good, who may still read a Python that lies in root's home."""
    from cohort.grading import own_user

    for place, folders, files in os.walk(Path.cwd()):
        for name in (".", *folders, *files):
            shutil.chown(Path(place, name), uid, uid)
    own_user.become(uid, reads_any=True)


if __name__ == "__main__":
    if "ordinary" in sys.argv:
        as_ordinary_user(ORDINARY)
    grade(bubblewrap="bubblewrap" in sys.argv)
