"""A class at a hub: students log in, start a server, fetch, open and run a notebook, and submit it.

    .venv/bin/python benchmarks/hub.py                    # 40 students, both kinds of servers, about 10 minutes
    .venv/bin/python benchmarks/hub.py --page             # the same, then writes book/hub.md
    .venv/bin/python benchmarks/hub.py --quick --json     # 4 students, one line
    .venv/bin/python benchmarks/hub.py --students 60 --within 120 --way ordinary

benchmarks/README.md says what is counted.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import dataclasses
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from classroom import ROOT, SEED, make_classroom
from hub_page import PAGE, Class, Machine, Measured, Starts, page, table
from hub_student import STEPS, Student
from jupyterlab.commands import get_app_dir
from rich.console import Console

from cohort import exchange, hub
from cohort.course import load_cohort
from cohort.files import whole_file

MODULE = "excess"
# How servers are started; hub_config.py does what the names say.
WAYS = ("ordinary", "forked")
# Seconds in which what servers do behind their first page comes to rest, before memory is read.
REST = 10
MIB = 2**20
# What each hub said, for those who ask why a student failed.
LOGS = ROOT / "_build" / "benchmark-hub"
err = Console(stderr=True)


def main() -> None:
    """Read the command line and do what it asks."""
    about = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    about.add_argument("--students", type=int, default=40, metavar="N", help="how many come (40)")
    about.add_argument("--within", type=float, default=60, metavar="SECONDS", help="in how many seconds they come (60)")
    about.add_argument("--way", choices=WAYS, action="append", help="this way of starting servers only")
    about.add_argument("--quick", action="store_true", help="4 students within 2 seconds")
    about.add_argument("--json", action="store_true", help="print one line of JSON and nothing else")
    about.add_argument("--page", action="store_true", help=f"write {PAGE.relative_to(ROOT)} too")
    given = about.parse_args()
    if given.students < 1 or given.within < 0:
        about.error("--students: at least 1; --within: not below 0")
    count, within, rest = (4, 2, 1) if given.quick else (given.students, given.within, REST)
    ways = given.way or WAYS
    if given.page and set(ways) != set(WAYS):
        about.error("--page: the page compares all ways; leave --way out")
    machine = Machine.this()
    # The proxy and the kernels have sockets and files in this folder; it is gone when all is done.
    with tempfile.TemporaryDirectory(prefix="hub-", ignore_cleanup_errors=True) as folder:
        classroom = Path(folder, "classroom")
        make_classroom(classroom, MODULE)
        with contextlib.chdir(classroom):
            exchange.hand_out(MODULE)
        found = {}
        for way in ways:
            if not given.json:
                err.print(f"{way} servers: {count} students")
            found[way] = measure(way, classroom, Path(folder, way), count, within, rest)
    failed = {way: each.lesson.failed | each.starts.failed for way, each in found.items()}
    nobody = [way for way, students in failed.items() if len(students) == count]
    for way, students in failed.items():
        for name, reason in students.items():
            err.print(f"{way} servers: {name} failed: {reason}", style="red", markup=False)
    if any(failed.values()):
        err.print(f"{LOGS.relative_to(ROOT)} has what the hubs said", style="red")
    if given.json:
        print(json.dumps({way: dataclasses.asdict(each) for way, each in found.items()}))
    else:
        print(table(found, machine))
    if given.page and nobody:
        err.print(f"{PAGE.relative_to(ROOT)} is not written: nobody finished with {' or '.join(nobody)} servers")
    elif given.page:
        with whole_file(PAGE) as beside:
            beside.write_text(page(found, machine, within), encoding="utf-8")
        err.print(f"{PAGE.relative_to(ROOT)} is written")
    sys.exit(any(failed.values()))


def measure(way: str, classroom: Path, folder: Path, count: int, within: float, rest: float) -> Measured:
    """Let a class work at a hub, then let all its servers start at once at another."""
    names = tuple(f"s{number:03d}" for number in range(1, count + 1))
    with in_course(classroom, folder / "lesson", way, names) as (url, process):
        lesson = asyncio.run(teach(url, process, within, rest))
        lesson.home_kb = kilobytes(hub.folder() / "homes") / count
        inbound = Path(".exchange", load_cohort().id, "inbound")
        lesson.submission_kb = kilobytes(inbound) / count
        # What counts is what lies there, not what a server said.
        missing = {name for name in names if not exchange.inbound(MODULE, name)} - set(lesson.failed)
        lesson.failed |= dict.fromkeys(missing, "the submission is not in the exchange")
    with in_course(classroom, folder / "starts", way, names) as (url, process):
        starts = asyncio.run(start_at_once(url, process, rest))
    return Measured(lesson, starts)


@contextlib.contextmanager
def in_course(classroom: Path, folder: Path, way: str, names: tuple[str, ...]) -> Iterator[tuple[str, psutil.Process]]:
    """The hub of a fresh copy of the classroom, as `cohort hub` starts it: its address and its process."""
    shutil.copytree(classroom, folder)
    local = folder / "hub" / "local"
    local.mkdir(parents=True)
    (local / "jupyterhub_config.py").symlink_to(Path(__file__).with_name("hub_config.py"))
    runtime = folder.with_name("run")
    os.environ |= {"BENCHMARK_WAY": way, "BENCHMARK_STUDENTS": " ".join(names), "BENCHMARK_RUNTIME": str(runtime)}
    hub.STUDENTS = names  # whom `cohort hub` makes passwords for
    with contextlib.chdir(folder):
        try:
            with hub.running() as (url, process):
                while b"now running" not in (hub.folder() / "hub.log").read_bytes():
                    time.sleep(0.1)  # it answers a little before it is ready
                yield url, psutil.Process(process.pid)
            LOGS.mkdir(parents=True, exist_ok=True)
            shutil.copy(hub.folder() / "hub.log", LOGS / f"{way}-{folder.name}.log")
        finally:
            signal.signal(signal.SIGINT, signal.default_int_handler)  # which `running` leaves ignored


async def teach(url: str, process: psutil.Process, within: float, rest: float) -> Class:
    """Let students come at random within some seconds, and do all that a first lesson asks for."""
    chance = random.Random(SEED)
    students = browsers(url)
    own, before, began = time.process_time(), cpu(process), time.monotonic()
    failed = await each(students, lambda student: attend(student, chance.uniform(0, within)))
    seconds, spent = time.monotonic() - began, cpu(process)
    lesson = Class(
        students=len(students),
        seconds=seconds,
        failed=failed,
        took={step: [one.took[step] for one in students if step in one.took] for step in STEPS},
        cpu={kind: spent[kind] - before.get(kind, 0) for kind in spent},
        client_cpu=time.process_time() - own,
        mib=await rested(process, rest),
    )
    await asyncio.gather(*(student.close() for student in students))
    return lesson


async def attend(student: Student, after: float) -> None:
    """Come after some seconds, and work through the first lesson."""
    course = load_cohort().id
    await asyncio.sleep(after)
    began = time.monotonic()
    await student.log_in()
    await student.start_server()
    await student.open_lab()
    await student.fetch(course, MODULE)
    notebook = await student.open_notebook(MODULE)
    await student.run_first_cells(notebook)
    await student.save(MODULE, notebook)
    await student.submit(course, MODULE)
    student.took["all of it"] = time.monotonic() - began


async def start_at_once(url: str, process: psutil.Process, rest: float) -> Starts:
    """Let all servers start at the same moment, then open JupyterLab in each and look at their memory."""
    students = browsers(url)
    failed = await each(students, lambda student: student.log_in())
    before, began = cpu(process), time.monotonic()
    failed |= await each(students, lambda student: student.start_server(), failed)
    seconds, spent = time.monotonic() - began, cpu(process)
    up = await rested(process, rest)
    failed |= await each(students, lambda student: student.open_lab(), failed)
    starts = Starts(
        students=len(students),
        seconds=seconds,
        failed=failed,
        cpu={kind: spent[kind] - before.get(kind, 0) for kind in spent},
        mib_up=up,
        mib=await rested(process, rest),
    )
    await asyncio.gather(*(student.close() for student in students))
    return starts


def browsers(url: str) -> list[Student]:
    """A browser for each student."""
    passwords, files = hub.passwords(), files_of_lab()
    return [Student(url, name, passwords[name], files) for name in hub.STUDENTS]


async def each(students: list[Student], do, without: dict[str, str] | None = None) -> dict[str, str]:
    """Let all do something at the same time; who failed, at which step, and why."""

    async def one(student: Student) -> tuple[str, str]:
        try:
            await do(student)
            student.still_open()
        except Exception as error:  # whatever it is, the student could not go on
            return student.name, f"{student.step}: {type(error).__name__}: {error}"
        return student.name, ""

    ended = await asyncio.gather(*(one(student) for student in students if student.name not in (without or {})))
    return {name: reason for name, reason in ended if reason}


def files_of_lab() -> list[str]:
    """Files of JupyterLab for a first visit: its two large ones and every fourth of its parts.

    Chromium asked for 63 parts with 3.3 MB, of 259; which ones is known to the program in it alone.
    """
    names = sorted(path.name for path in Path(get_app_dir(), "static").glob("*.js"))
    parts = [name for name in names if re.match(r"\d+\.", name)]
    return [name for name in names if name.startswith(("main.", "jlab_core."))] + parts[::4]


def kind(process: psutil.Process, hub_process: psutil.Process) -> str:
    """What a process of the hub is."""
    command = " ".join(process.cmdline())
    if process == hub_process:
        return "hub"
    for mark, name in {"traefik": "proxy", "ipykernel": "kernel", "jupyterhub-singleuser": "server"}.items():
        if mark in command:
            return name
    if "warm_server" in command:
        return "warm process" if process.ppid() == hub_process.pid else "server"
    return "other"


def processes(hub_process: psutil.Process) -> Iterator[tuple[str, psutil.Process]]:
    """Each process of the hub, with its kind; those that end meanwhile are left out."""
    for process in (hub_process, *hub_process.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            yield kind(process, hub_process), process


def cpu(hub_process: psutil.Process) -> dict[str, float]:
    """Processor seconds by kind so far; those of children that have ended are their parent's."""
    spent: dict[str, float] = {}
    for name, process in processes(hub_process):
        with contextlib.suppress(psutil.Error):
            times = process.cpu_times()
            spent[name] = spent.get(name, 0) + sum(times[:4])
    return spent


async def rested(hub_process: psutil.Process, rest: float) -> dict[str, list[float]]:
    """Memory of each process by kind in MiB, once servers rest; a page that several share counts once (PSS)."""
    await asyncio.sleep(rest)
    found: dict[str, list[float]] = {}
    for name, process in processes(hub_process):
        with contextlib.suppress(psutil.Error):
            found.setdefault(name, []).append(process.memory_full_info().pss / MIB)
    return found


def kilobytes(folder: Path) -> float:
    """What the files below a folder hold, in thousands of bytes on the disk."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if not path.is_symlink()) / 1000


if __name__ == "__main__":
    main()
