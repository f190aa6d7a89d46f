"""The page with the attacks on the checks: every attack of the corpus is on it, and its sums are right."""

from __future__ import annotations

import re

import deceiving
from conftest import ROOT

PAGE = (ROOT / "book" / "deceits.md").read_text(encoding="utf-8")


def rows(section: str) -> list[list[str]]:
    """The cells of each row of the table in a section, without its head."""
    text = PAGE.split(f"## {section}\n")[1].split("\n## ")[0] if section else PAGE.split("\n## ")[0]
    table = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [[cell.strip("* ") for cell in re.split(r" \| ", line.strip("|"))] for line in table]


def test_each_attack_of_the_corpus_is_on_the_page_under_its_kind():
    for kind, (_, attacks) in deceiving.KINDS.items():
        assert [tries for tries, *_ in rows(kind)] == [each.tries for each in attacks], "run benchmarks/deceits.py"


def test_the_sums_are_those_of_the_rows_and_the_judge_lets_nothing_pass():
    *kinds, total = rows("")
    assert [kind for kind, *_ in kinds] == list(deceiving.KINDS)
    plain = {kind: [float(before.split(",")[0]) for _, before, _ in rows(kind)] for kind in deceiving.KINDS}
    for kind, count, stealing, before, after in kinds:
        found = plain[kind]
        assert (int(count), int(stealing), float(before)) == (len(found), sum(map(bool, found)), sum(found))
        assert after == "0" == "".join({row[-1] for row in rows(kind)})
    assert [float(number) for number in total[1:]] == [sum(float(row[n]) for row in kinds) for n in range(1, 5)]
