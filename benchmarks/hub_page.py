"""What was measured at a hub: the table, and the page of the book with what follows from it."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from math import ceil, floor
from pathlib import Path
from statistics import mean, median

import psutil
from classroom import ROOT

PAGE = ROOT / "book" / "hub.md"
PACKAGES = ("jupyterhub", "jupyterhub-traefik-proxy", "jupyterlab", "jupyter_server", "nbgrader", "ipykernel", "pandas")
# Kept for the system, PostgreSQL, the formgrader and a grading run (1.5 GB, see grading.md), in MiB.
KEPT = 3 * 1024
# Machines for which the page says what they carry: cores and GiB.
SIZES = ((2, 8), (2, 24), (4, 24), (8, 64), (16, 128))
MINUTES = 5


@dataclass
class Class:
    """A class at work: who failed, seconds of each step, processor seconds and memory by kind of process."""

    students: int
    seconds: float
    failed: dict[str, str]
    took: dict[str, list[float]]
    cpu: dict[str, float]
    client_cpu: float
    mib: dict[str, list[float]]
    home_kb: float = 0
    submission_kb: float = 0

    @property
    def working_mib(self) -> float:
        """Memory of one student at work: the server, and the kernel with the data."""
        return mean(self.mib["server"]) + mean(self.mib["kernel"])

    @property
    def cpu_each(self) -> float:
        """Processor seconds of one student's lesson, of all programs."""
        return sum(self.cpu.values()) / self.students


@dataclass
class Starts:
    """Servers that start at the same moment; their memory when they are up, and with JupyterLab open in each."""

    students: int
    seconds: float
    failed: dict[str, str]
    cpu: dict[str, float]
    mib_up: dict[str, list[float]]
    mib: dict[str, list[float]]

    @property
    def idle_mib(self) -> float:
        """Memory of one server with JupyterLab open and no kernel."""
        return mean(self.mib["server"])

    @property
    def each_minute(self) -> float:
        """How many came up in a minute."""
        return self.students / self.seconds * 60

    @property
    def cpu_each(self) -> float:
        """Processor seconds for one start, of all programs."""
        return sum(self.cpu.values()) / self.students


@dataclass
class Measured:
    """One way of starting servers."""

    lesson: Class
    starts: Starts

    @property
    def shared_mib(self) -> float:
        """What a hub takes however many students there are: hub, proxy, warm process."""
        return sum(sum(found) for kind, found in self.lesson.mib.items() if kind not in ("server", "kernel"))

    def carries(self, gib: int, each: float) -> int:
        """For how many students, each with so many MiB, the memory of a machine is enough."""
        return max(0, floor((gib * 1024 - KEPT - self.shared_mib) / each))

    def begin(self, cores: int) -> int:
        """How many students can do their first lesson's first steps within a few minutes, by processor time."""
        return floor(MINUTES * 60 * cores / self.lesson.cpu_each)


@dataclass(frozen=True)
class Machine:
    """Where it was measured."""

    cores: int
    model: str
    gib: float
    system: str
    busy: float

    @classmethod
    def this(cls) -> Machine:
        """This machine, as it is now."""
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
        gib = psutil.virtual_memory().total / 2**30
        return cls(os.cpu_count() or 1, model, gib, platform.release().partition("-")[0], os.getloadavg()[0])

    def __str__(self) -> str:
        return (
            f"{self.cores} processors ({self.model}), of which other programs used {self.busy:.1f} when it began; "
            f"{self.gib:.0f} GiB; Linux {self.system}"
        )


def table(found: dict[str, Measured], machine: Machine) -> str:
    """All that was measured, one column for each way of starting servers, in Markdown."""
    steps = list(next(iter(found.values())).lesson.took)
    rows: dict[str, Callable[[Measured], str]] = {
        "students who failed": lambda it: f"{len(it.lesson.failed | it.starts.failed)} of {it.lesson.students}",
        "from the first login to the last submission, s": lambda it: f"{it.lesson.seconds:.0f}",
        **{
            f"{step}, s: median, 95 %, most": lambda it, step=step: spread(it.lesson.took.get(step, []))
            for step in steps
        },
        "processor time of one lesson, s": lambda it: f"{it.lesson.cpu_each:.1f}",
        "... of it the hub and its proxy": lambda it: f"{apart(it.lesson.cpu, it.lesson.students):.2f}",
        "all servers started at once, s": lambda it: f"{it.starts.seconds:.0f}",
        "... servers a minute": lambda it: f"{it.starts.each_minute:.0f}",
        "... processor time of one start, s": lambda it: f"{it.starts.cpu_each:.1f}",
        "memory of a server that is up, MiB": lambda it: f"{average(it.starts.mib_up, 'server')}",
        "... with JupyterLab open: idle": lambda it: f"{average(it.starts.mib, 'server')}",
        "... after a lesson": lambda it: f"{average(it.lesson.mib, 'server')}",
        "memory of a kernel with the data, MiB": lambda it: f"{average(it.lesson.mib, 'kernel')}",
        "memory of the hub, MiB": lambda it: f"{total(it.lesson.mib, 'hub')}",
        "... of the proxy": lambda it: f"{total(it.lesson.mib, 'proxy')}",
        "... of the warm process": lambda it: f"{total(it.lesson.mib, 'warm process')}",
        "disk: a home, kB": lambda it: f"{it.lesson.home_kb:.0f}",
        "... one submission": lambda it: f"{it.lesson.submission_kb:.0f}",
    }
    head = [f"| | {' | '.join(f'{way} servers' for way in found)} |", f"|---|{'---:|' * len(found)}"]
    body = [f"| {name} | {' | '.join(told(each) for each in found.values())} |" for name, told in rows.items()]
    return "\n".join([*head, *body, "", f"{machine}."])


def spread(seconds: list[float]) -> str:
    """Median, 95th percentile and the most."""
    ordered = sorted(seconds)
    return f"{median(ordered):.1f}, {ordered[ceil(0.95 * len(ordered)) - 1]:.1f}, {ordered[-1]:.1f}" if ordered else "-"


def average(mib: dict[str, list[float]], kind: str) -> str:
    """Memory of one process of a kind."""
    return f"{mean(mib[kind]):.0f}" if kind in mib else "-"


def total(mib: dict[str, list[float]], kind: str) -> str:
    """Memory of all processes of a kind."""
    return f"{sum(mib[kind]):.0f}" if kind in mib else "-"


def apart(cpu: dict[str, float], students: int) -> float:
    """Processor seconds of the hub and the proxy, for each student."""
    return (cpu["hub"] + cpu["proxy"]) / students


def page(found: dict[str, Measured], machine: Machine, within: float) -> str:
    """The page of the book."""
    one, two = found["ordinary"], found["forked"]
    failed = {way: len(each.lesson.failed | each.starts.failed) for way, each in found.items()}
    longest = {way: max(each.lesson.took["all of it"], default=0) for way, each in found.items()}
    sizes = "\n".join(
        f"| {cores} cores, {gib} GiB | {' | '.join(carried(each, cores, gib) for each in found.values())} |"
        for cores, gib in SIZES
    )
    text = Path(__file__).with_name("hub_page.md").read_text(encoding="utf-8")
    return text.format(
        students=one.lesson.students,
        within=within,
        minutes=MINUTES,
        machine=machine,
        failed=" and ".join(f"{number} with {way} servers" for way, number in failed.items()),
        longest=" and ".join(f"{seconds:.0f} s" for seconds in longest.values()),
        table=table(found, machine),
        heads=" | ".join(f"{way} servers" for way in found),
        sizes=sizes,
        rule="|---|" + "---:|" * len(found),
        kept=KEPT // 1024,
        idle=average(one.starts.mib, "server"),
        idle_forked=average(two.starts.mib, "server"),
        working=f"{one.lesson.working_mib:.0f}",
        working_forked=f"{two.lesson.working_mib:.0f}",
        idle_24=one.carries(24, one.starts.idle_mib),
        idle_24_forked=two.carries(24, two.starts.idle_mib),
        working_24=one.carries(24, one.lesson.working_mib),
        working_24_forked=two.carries(24, two.lesson.working_mib),
        begin=one.begin(2),
        begin_forked=two.begin(2),
        starts=f"{one.starts.each_minute:.0f}",
        starts_forked=f"{two.starts.each_minute:.0f}",
        patient=floor(180 * machine.cores / one.starts.cpu_each / 10) * 10,
        hub_cpu=one.lesson.cpu["hub"] / one.lesson.students,
        hub_most=floor(MINUTES * 60 / (one.lesson.cpu["hub"] / one.lesson.students) / 100) * 100,
        home=f"{one.lesson.home_kb:.0f}",
        submission=f"{one.lesson.submission_kb:.0f}",
        client=f"{one.lesson.client_cpu / one.lesson.students:.1f}",
        less=f"{1 - two.starts.idle_mib / one.starts.idle_mib:.0%}".replace("%", " %"),
        less_working=f"{1 - two.lesson.working_mib / one.lesson.working_mib:.0%}".replace("%", " %"),
        less_cpu=f"{1 - two.starts.cpu_each / one.starts.cpu_each:.0%}".replace("%", " %"),
        today=f"{date.today():%-d %B %Y}",
        versions=", ".join(
            [f"Python {platform.python_version()}", *(f"{name} {metadata.version(name)}" for name in PACKAGES)]
        ),
    )


def carried(measured: Measured, cores: int, gib: int) -> str:
    """How many a machine carries at work, and how many of them can begin within a few minutes."""
    return f"{measured.carries(gib, measured.lesson.working_mib)} at work, {measured.begin(cores)} begin"
