"""Known misconceptions: what a student may have had in mind whose answer behaves like a wrong one of the bank.

``answers/<module>/misconceptions.json`` holds which behaviour before a check (`cohort.grading.behaviour`)
is that of which wrong answers. The audit writes it; the words are `teaches` of these answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from cohort import answers, tree
from cohort.answers import Answer, Kind
from cohort.course import Record
from cohort.errors import CourseError
from cohort.files import whole_file
from cohort.grading.verdict import Verdict
from cohort.scan import read_secrets

NAME = "misconceptions.json"

# An answer of the bank by its name, and its verdicts by check.
Heard = tuple[str, Mapping[str, Verdict]]


class Behaviours(Record):
    """Which wrong answers behave how.

    Attributes
    ----------
    mark : str
        A fingerprint of what was heard.
    checks : dict
        For each check, by behaviour, the names of the wrong answers that behave so.
    """

    mark: str
    checks: dict[str, dict[str, list[str]]]


def path(module: str) -> Path:
    """Where the behaviours of a module's wrong answers are kept."""
    return tree.root() / "answers" / module / NAME


def collect(mark: str, wrong: Iterable[Heard], right: Iterable[Heard]) -> Behaviours:
    """The behaviours of wrong answers that no right answer shows.

    Parameters
    ----------
    mark : str
        A fingerprint of what was heard.
    wrong, right : iterable of pairs
        Answers with their verdicts. An answer may come several times, as for several places and seeds.
    """
    fine = {(check, each.behaviour) for _, verdicts in right for check, each in verdicts.items()}
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, verdicts in wrong:
        for check, each in verdicts.items():
            if each.behaviour and (check, each.behaviour) not in fine:
                found[check][each.behaviour].add(name)
    checks = {
        check: {behaviour: sorted(names) for behaviour, names in sorted(behaviours.items())}
        for check, behaviours in sorted(found.items())
    }
    return Behaviours(mark=mark, checks=checks)


def write(module: str, behaviours: Behaviours) -> None:
    """Keep the behaviours of a module's wrong answers."""
    with whole_file(path(module)) as beside:
        beside.write_text(behaviours.model_dump_json(indent=1) + "\n", encoding="utf-8")


def read(module: str) -> Behaviours | None:
    """The behaviours that are kept; None if there are none.

    Raises
    ------
    CourseError
        If the file is damaged.
    """
    try:
        return Behaviours.model_validate_json(path(module).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise CourseError(f"{path(module)}: it cannot be read or is damaged: run `cohort audit {module}`") from error


def known(module: str) -> dict[str, dict[str, str]]:
    """For each check, by behaviour, the words for a student whose answer behaves so.

    A behaviour that wrong answers share whose words differ is left out, as nobody can tell which it is; so is one of
    an answer without words, or that is in the bank no more.

    Raises
    ------
    CourseError
        If the file or the bank is damaged.
    """
    behaviours = read(module)
    if behaviours is None:
        return {}
    words = {answer.name: _words(answer) for answer in answers.read_bank(module) if answer.kind is Kind.WRONG}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for check, by_behaviour in behaviours.checks.items():
        for behaviour, names in by_behaviour.items():
            said = {words.get(name, "") for name in names}
            if len(said) == 1 and (text := said.pop()):
                found[check][behaviour] = text
    return dict(found)


def leaks(module: str) -> list[str]:
    """What the words for students show of the assignment's hidden checks, solutions and mark schemes, a line each.

    Raises
    ------
    CourseError
        If the bank or the assignment's source is damaged.
    """
    hidden = read_secrets(tree.source(module).parent)
    return [
        f"answers/{module}/{answer.kind}/{answer.name}.py: `teaches` shows {leak}: say it without"
        for answer in answers.read_bank(module)
        for leak in (*hidden.lines_in(_words(answer)), *hidden.values_in(_words(answer)))
    ]


def _words(answer: Answer) -> str:
    """What a student is told, in one line."""
    return " ".join(answer.teaches.split())
