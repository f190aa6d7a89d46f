"""Grading, side by side in one run: plain nbgrader, this project's engine, and bare `exec` of the same cells.

    .venv/bin/python benchmarks/grading.py                       # both assignments, 100 submissions each
    .venv/bin/python benchmarks/grading.py --quick --json        # under 50 s, one line
    .venv/bin/python benchmarks/grading.py --many 1000           # does time or memory grow?

benchmarks/README.md says what is counted.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from classroom import MODULES, fresh_copy, hand_in, make_classroom
from rich.console import Console
from rich.table import Table
from watch import Run, watch

from cohort.scores import Score, scores

HERE = Path(__file__).resolve().parent
out, err = Console(width=150), Console(stderr=True)


@dataclass(frozen=True)
class Peer:
    """One way to do the work: the command, and how many submissions it works on at the same time."""

    name: str
    command: Callable[[str], list[str]]
    lanes: int = 1
    plain: bool = False
    distinct: bool = True
    judged: bool = False


@dataclass(frozen=True)
class Result:
    """What a peer took. `each` is seconds a submission once it runs; `start` is what comes before."""

    run: Run
    submissions: int
    start: float
    each: float
    private_mb: list[float]
    scores: dict[str, Score]

    @property
    def memory(self) -> str:
        """The private memory of a submission's process: half have less, and the most."""
        return f"{median(self.private_mb):.0f} to {max(self.private_mb):.0f}" if self.private_mb else ""


def engine(**options: object) -> Callable[[str], list[str]]:
    """The command that grades with the engine and these options."""
    return lambda module: [sys.executable, str(HERE / "engine.py"), module, json.dumps(options)]


PEERS = {
    "nbgrader": Peer(
        "nbgrader autograde", lambda module: [sys.executable, "-m", "nbgrader", "autograde", module], plain=True
    ),
    "1 worker": Peer("engine, 1 worker", engine(workers=1)),
    "2 workers": Peer("engine, 2 workers", engine(workers=2), lanes=2),
    "fork early": Peer("engine, 1 worker, no late fork", engine(workers=1, fork_late=False)),
    "as drawn": Peer("engine, 2 workers, answers repeat", engine(workers=2), lanes=2, distinct=False),
    "judge": Peer("engine, 1 worker, checks before a judge", engine(workers=1), judged=True),
    "bare": Peer("bare exec, in forks", lambda module: [sys.executable, str(HERE / "bare.py"), module]),
}
# With --quick: fewer submissions, so that all is done in 50 s; the three answers come again for the faster peers.
QUICK = {"nbgrader": 2, "1 worker": 4, "2 workers": 6, "bare": 4}


def measure(peer: Peer, module: str, classroom: Path, folder: Path, count: int, different: int) -> Result:
    """Let a peer grade `count` submissions, `different` of them drawn anew, in a fresh copy of the classroom."""
    home = fresh_copy(classroom, folder, peer.plain, peer.judged)
    hand_in(home, module, count, different, peer.distinct)
    run = watch(peer.command(module), home)
    if run.left_over:
        err.print(f"{peer.name}: left over: {', '.join(run.left_over)}", style="yellow")
    told = {} if peer.plain else json.loads(run.output)
    if "seconds" in told:
        took = sum(told["seconds"])
        return Result(run, count, run.seconds - took, took / count, told["private_mb"], {})
    for student, reason in told.get("failed", {}).items():
        err.print(f"{peer.name}: {student} was not graded: {reason}", style="yellow", markup=False)
    done = finished(home, module, run)
    # At the first result every lane is about to give one: the others came after it.
    each = (done[-1] - done[0]) / (len(done) - peer.lanes)
    with contextlib.chdir(home):
        found = scores(module)
    return Result(run, count, done[0] - each * peer.lanes, each, told.get("private_mb", []), found)


def finished(home: Path, module: str, run: Run) -> list[float]:
    """When each graded notebook was written, in seconds since the command began."""
    written = [path.stat().st_mtime - run.began for path in home.glob(f"autograded/*/{module}/{module}.ipynb")]
    return sorted(written)


def figures(results: dict[str, Result]) -> dict[str, object]:
    """The numbers that the project's claims stand on."""
    nbgrader, one, two, bare = (results[name] for name in ("nbgrader", "1 worker", "2 workers", "bare"))
    same = [one.scores[student] == score for student, score in nbgrader.scores.items()]
    memory = one.private_mb + two.private_mb
    return {
        "speedup_1_worker": round(nbgrader.each / one.each, 2),
        "speedup_2_workers": round(nbgrader.each / two.each, 2),
        "over_bare_exec": round(one.each / bare.each, 2),
        "child_private_mb": round(max(memory), 1),
        "child_private_mb_median": round(median(memory), 1),
        "child_private_mb_bare_exec": round(max(bare.private_mb), 1),
        "same_scores": all(same) and len(same) == nbgrader.submissions,
        "seconds_per_submission": {name: round(result.each, 4) for name, result in results.items()},
        "start_seconds": {name: round(result.start, 2) for name, result in results.items()},
        "cpu_seconds": {name: round(result.run.cpu_seconds, 1) for name, result in results.items()},
        "submissions": {name: result.submissions for name, result in results.items()},
    }


def table(module: str, results: dict[str, Result], load: float) -> Table:
    """The results as people read them."""
    title = f"{module}: grading {results['nbgrader'].submissions} submissions"
    made = Table(title=title, caption=f"{os.cpu_count()} processors, of which others used {load:.1f} when it began")
    made.add_column("")
    heads = ("submissions", "start s", "s each", "nbgrader / it", "it / bare", "whole run s", "with start")
    for head in (*heads, "CPU s", "peak MB", "child MB"):
        made.add_column(head, justify="right")
    slow, limit = results["nbgrader"], results["bare"]
    for name, result in results.items():
        whole = result.run.seconds / result.submissions
        made.add_row(
            PEERS[name].name,
            f"{result.submissions}",
            f"{result.start:.1f}",
            f"{result.each:.3f}",
            f"{slow.each / result.each:.1f}",
            f"{result.each / limit.each:.2f}",
            f"{result.run.seconds:.1f}",
            f"{slow.run.seconds / slow.submissions / whole:.1f}",
            f"{result.run.cpu_seconds:.1f}",
            f"{result.run.peak_mb:.0f}",
            result.memory,
        )
    return made


def compare(module: str, counts: dict[str, int], folder: Path, quiet: bool) -> dict[str, object]:
    """Measure the peers on one assignment, print the table, return the figures."""
    load = os.getloadavg()[0]
    classroom = folder / module
    make_classroom(classroom, module)
    results = {}
    for number, (name, count) in enumerate(counts.items()):
        if not quiet:
            err.print(f"{module}: {PEERS[name].name}, {count} submissions")
        results[name] = measure(
            PEERS[name], module, classroom, folder / f"{module}-{number}", count, min(counts.values())
        )
    found = figures(results) | {"load_before": round(load, 2)}
    if not quiet:
        out.print(table(module, results, load))
        out.print(f"The engine gives {'the same scores as' if found['same_scores'] else 'OTHER SCORES THAN'} nbgrader.")
    return found


def hundreds(module: str, count: int, folder: Path) -> Iterator[tuple[int, float, Run, int]]:
    """Grade many, and yield after each hundred: how many, their seconds, the run, and the sample of that moment."""
    classroom = folder / module
    make_classroom(classroom, module)
    peer = PEERS["2 workers"]
    home = fresh_copy(classroom, folder / "many")
    hand_in(home, module, count, count, peer.distinct)
    run = watch(peer.command(module), home, every=1)
    done = finished(home, module, run)
    before = done[0]
    for number in range(100, len(done) + 1, 100):
        at = done[number - 1]
        nearest = min(range(len(run.samples)), key=lambda index: abs(run.samples[index].at - run.began - at))
        yield number, at - before, run, nearest
        before = at


def many(module: str, count: int, folder: Path) -> Table:
    """Time and memory of each hundred submissions."""
    made = Table(title=f"{module}: the engine, 2 workers, {count} submissions")
    for head in ("graded", "s for these 100", "memory MB", "processes", "open files"):
        made.add_column(head, justify="right")
    for number, seconds, run, nearest in hundreds(module, count, folder):
        around = run.samples[max(0, nearest - 5) : nearest + 6]
        sample = run.samples[nearest]
        middle = sorted(each.megabytes for each in around)[len(around) // 2]
        made.add_row(f"{number}", f"{seconds:.1f}", f"{middle:.0f}", f"{sample.processes}", f"{sample.descriptors}")
    return made


def main() -> None:
    """Read the command line and do what it asks."""
    about = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    about.add_argument("--module", choices=MODULES, action="append", help="this assignment only; may stand twice")
    about.add_argument("--submissions", type=int, default=100, help="how many each peer grades (100)")
    about.add_argument("--quick", action="store_true", help="a few submissions of `excess`, under 50 s")
    about.add_argument("--json", action="store_true", help="print one line of JSON and nothing else")
    about.add_argument("--many", type=int, metavar="N", help="let the engine alone grade N, and print each hundred")
    given = about.parse_args()
    if given.submissions < 3:
        about.error("--submissions: at least 3, or there is no time between results to measure")
    modules = given.module or (["excess"] if given.quick or given.many else list(MODULES))
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        if given.many:
            for module in modules:
                out.print(many(module, given.many, Path(folder)))
            return
        counts = QUICK if given.quick else dict.fromkeys(PEERS, given.submissions)
        found = {module: compare(module, counts, Path(folder), given.json) for module in modules}
    if given.json:
        print(json.dumps(found[modules[0]] if len(modules) == 1 else found))


if __name__ == "__main__":
    main()
