"""The audit finds what is weak in a small assignment and its bank, and is bounded whatever it meets."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from audit_course import CHECK, SOLUTION, change_source, write_answer, write_audit_course

from cohort import misconceptions
from cohort.audit import report
from cohort.audit.audit import Found, audit
from cohort.audit.listed import NAME
from cohort.audit.page import audit_page
from cohort.check import audits
from cohort.course import load_course
from cohort.errors import CourseError


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course, audited once."""
    root = tmp_path_factory.mktemp("audit")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        write_audit_course(root)
    return root


@pytest.fixture(scope="module")
def found(course: Path) -> Found:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(course)
        return audit("tiny", workers=1)


@pytest.fixture
def changed(course: Path, found: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the audited course to change, as the working directory."""
    shutil.copytree(course, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_weak_check_is_known_by_the_mutants_that_survive(found):
    (guard,) = [each for each in found.report.survivors if each.operator == "a guard is left out"]
    assert (guard.was.splitlines()[0], guard.now) == ("if not years:", "")
    assert "-    if not years:" in guard.diff
    assert not any("median" in each.now or "fillna(0)" in each.now for each in found.report.survivors)
    assert found.report.killed + len(found.report.survivors) == found.report.mutants > 10
    assert found.report.by_cell == {"usual": [found.report.mutants, found.report.killed]}


def test_what_is_learnt_by_heart_for_the_visible_part_is_found_by_the_hidden_one(found):
    assert not any("by heart" in each.operator for each in found.report.survivors)


def test_the_bank_is_as_it_says(found):
    assert (found.report.caught, found.report.wrong) == (2, 2)
    assert (found.report.kept, found.report.right) == (2, 2)
    assert not found.report.blank_paid
    assert not found.report.wrong_elsewhere
    assert not found.report.dead_checks
    assert not found.report.unstable


def test_an_assertion_that_nobody_meets_is_named(found):
    assert "check_usual: Deaths are not negative." in found.report.silent
    assert "check_usual: A missing count is not zero." not in found.report.silent


def test_the_behaviour_of_wrong_answers_is_learnt(found):
    names = [name for names in found.behaviours.checks["check_usual"].values() for name in names]
    assert sorted(names) == ["total", "zero"]
    assert found.behaviours.mark == found.report.mark


def test_a_second_audit_hears_nothing_again(found, changed):
    memory = changed / "_build/audit/tiny.jsonl"
    before = memory.read_bytes()
    with memory.open("a") as file:
        file.write('\n["cut sho')
    assert audit("tiny", workers=1).report == replace(found.report, mark=report.mark("tiny"))
    assert memory.read_bytes() == before + b'\n["cut sho'


def test_listed_mutants_do_not_count_or_are_explained_and_a_stale_entry_is_a_fault(found, changed):
    lived = {each.operator: each for each in found.report.survivors}
    guard = lived["a guard is left out"]
    entry = {"cell": "usual", "was": guard.was, "now": guard.now}
    stale = {"cell": "usual", "was": "x = 1", "now": "x = 2", "why": "There was one."}
    lists = {"equivalent": [entry | {"why": "Nobody asks."}, stale], "survive": []}
    (changed / "answers/tiny" / NAME).write_text(json.dumps(lists))
    once = audit("tiny", workers=1).report
    assert (once.equivalent, once.mutants, once.killed) == (1, found.report.mutants - 1, found.report.killed)
    assert once.stale == ["usual: 'x = 1' to 'x = 2'"]
    assert "tiny: usual: 'x = 1' to 'x = 2': listed in mutants.yml, and no such mutant survives" in "\n".join(
        once.faults()
    )
    (changed / "answers/tiny" / NAME).write_text(json.dumps({"survive": [entry | {"why": "Nobody asks."}]}))
    twice = audit("tiny", workers=1).report
    assert (twice.equivalent, twice.mutants) == (0, found.report.mutants)
    assert next(each.why for each in twice.survivors if each.operator == guard.operator) == "Nobody asks."


def test_answers_that_are_not_what_they_say_shut_the_gate(changed):
    write_answer(
        changed,
        "right/rounded",
        "Rounds.",
        "",
        "def usual(df, years):\n    return int(df[df.year.isin(years)].deaths.mean() * 0.99)\n",
    )
    write_answer(
        changed,
        "wrong/none",
        "Is right.",
        "check_usual",
        "def usual(df, years):\n    return df[df.year.isin(years)].deaths.mean()\n",
    )
    now = audit("tiny", workers=1).report
    assert now.wrong_missed == ["none: check_usual"]
    assert now.right_rejected == ["rounded: check_usual: Take the mean of the years given."]
    assert (now.caught, now.wrong, now.kept, now.right) == (2, 3, 2, 3)
    assert any("none: check_usual: this wrong answer keeps the points" in each for each in now.faults())


def test_a_check_that_pays_for_silence_and_one_that_never_fails_are_found(changed):
    (changed / "answers/tiny/hostile/loops.py").unlink()
    change_source(changed, SOLUTION, "usual")
    now = audit("tiny", workers=1).report
    assert now.blank_paid == ["released: 4 points", "unanswered: 4 points"]
    assert now.dead_checks == ["check_usual"]
    assert now.kill_rate == 0
    assert sorted(now.wrong_missed) == ["raises: check_usual", "total: check_usual", "zero: check_usual"]


def test_a_verdict_that_changes_with_the_seed_is_found(changed):
    (changed / "answers/tiny/hostile/loops.py").unlink()
    unlucky = CHECK + "\nassert seed != 3, 'This seed is unlucky.'"
    change_source(changed, SOLUTION, unlucky)
    now = audit("tiny", workers=1).report
    assert now.variations == 5
    assert now.unstable == ["reference@2: check_usual", "loop@2: check_usual"]
    assert "reference@2: check_usual: This seed is unlucky." in now.right_rejected


def test_mutants_that_loop_or_eat_memory_are_bounded(changed):
    counting = SOLUTION.replace(
        '    return float(chosen["deaths"].mean())',
        "    left, seen, count = list(chosen.deaths.dropna()), [], 0\n    while count < len(left):\n"
        "        seen.append(left[count])\n        count += 1\n    return sum(seen) / count",
    )
    change_source(changed, counting, CHECK)
    now = audit("tiny", workers=1).report
    assert not now.undecided
    assert {each.operator for each in now.survivors} <= {"a guard is left out", "the result is rounded"}


@pytest.mark.parametrize(
    ("solution", "message"),
    [("def usual(df, years):\n    ### BEGIN SOLUTION\n    return (\n    ### END SOLUTION", "usual")],
)
def test_a_solution_that_is_no_python_is_one_error(changed, solution, message):
    change_source(changed, solution, CHECK)
    with pytest.raises(CourseError, match=message) as raised:
        audit("tiny", workers=1)
    assert len(str(raised.value).splitlines()) == 1


def test_the_report_is_kept_read_and_known_to_be_of_another_assignment(found, changed):
    assert report.read("tiny") is None
    assert list(audits()) == ["answers/tiny/audit.json: not of the assignment as it is: run `cohort audit tiny`"]
    report.write(found.report)
    assert report.read("tiny") == found.report
    assert list(audits()) == found.report.faults()
    write_answer(changed, "right/again", "Again.", "", "def usual(df, years):\n    return 1\n")
    assert "not of the assignment as it is" in next(audits())
    report.path("tiny").write_text('{"module": "tiny"}')
    with pytest.raises(CourseError, match="this is no report of an audit: run `cohort audit tiny`"):
        report.read("tiny")


def test_the_page_says_the_rates_and_shows_the_survivors(found, changed):
    report.write(found.report)
    page = audit_page(load_course())
    assert f"| tiny | {found.report.killed} of {found.report.mutants} " in page
    assert "```diff" in page and "-    if not years:" in page
    assert "- check_usual: Deaths are not negative." in page


def test_the_command_writes_report_and_behaviours_and_ends_with_the_gate(found, changed):
    command = [sys.executable, "-m", "cohort.cli", "audit", "--json"]
    environment = {**os.environ, "COLUMNS": "200"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)
    (module,) = json.loads(done.stdout)["modules"]
    assert {"module", "kill_rate", "wrong_missed", "right_rejected", "survivors"} <= module.keys()
    assert module["kill_rate"] == round(found.report.kill_rate, 4)
    shut = bool(found.report.faults())
    assert (done.returncode, module["gate"]) == ((1, "shut") if shut else (0, "open"))
    assert report.read("tiny").mark == misconceptions.read("tiny").mark == report.mark("tiny")
