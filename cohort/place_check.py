"""What a place pack lacks: for its depth, for its modules, and what is unverified, stale or in force no longer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from cohort import tree
from cohort.course import load_course
from cohort.errors import CourseError
from cohort.facts import Fact, Period
from cohort.places import Place, load_place
from cohort.yamlfile import read_yaml

# What a pack of each depth has, beyond what every pack must have to validate.
KEYS = {"brief": ("law", "formats"), "full": ("law", "formats", "datasets", "partner", "authorities")}
TOPICS = {
    "brief": ("breach.authority",),
    "full": ("law.statute", "law.regulator", "breach.authority", "breach.individuals", "penalty.maximum"),
}
# What a lesson does without, and a local expert can give.
WISHED = ("deaths.registration", "season")
# Whose verified facts have a period, which lessons count with.
DUTIES = ("breach.authority", "breach.individuals", "breach.processor")
CONCEPTS = ("data_subject", "controller", "processor", "sensitive_data", "breach", "authority")
# A review counts for twelve months.
FRESH = timedelta(days=365)
# How a text begins, and which time zone stands, that `cohort place new` left for somebody to write.
TODO = "TODO"
NO_ZONE = "UTC"
# A fact that a lesson asks for by its id, as its notebook's JSON has it.
ASKED = re.compile(r"""\.fact\(\\?["']([a-z][a-z0-9-]*)""")

# Where in the file, and what is wrong there.
Found = Iterator[tuple[tuple[str | int, ...], str]]


@dataclass(frozen=True)
class Findings:
    """What was found in a pack, one ``file:line:`` each; only `faults` fail, `notes` are for a reviewer to mend."""

    code: str
    faults: list[str]
    notes: list[str]


def check(code: str, on: date | None = None) -> Findings:
    """What a pack lacks on a day, today without it.

    A pack that does not validate has its errors as faults.
    """
    on = on or date.today()
    try:
        load_place(code)
    except CourseError as error:
        return Findings(code, _short(error), [])
    path = tree.root() / "places" / f"{code}.yml"
    return Findings(code, _at_lines(path, lambda place: _faults(place, on)), _at_lines(path, lambda p: _notes(p, on)))


def stale(fact: Fact, on: date) -> bool:
    """Whether a fact was reviewed, but too long ago to count."""
    return fact.reviewed_on is not None and fact.reviewed_on < on - FRESH


def _faults(place: Place, on: date) -> Found:
    for key in KEYS[place.depth]:
        if not getattr(place, key):
            yield (key,), f"{key} is missing: a pack of depth {place.depth} needs it"
    for concept in CONCEPTS if place.law else ():
        if concept not in place.law.terms:
            yield ("law", "terms", concept), f"the law's word for {concept} is missing: add it under law.terms"
    for topic in TOPICS[place.depth]:
        if not place.about(topic):
            yield ("facts",), f"no fact on {topic}: a pack of depth {place.depth} needs one"
    for module in load_course().modules:
        if module.name not in place.scenarios:
            yield ("scenarios",), f"no scenario for {module.name}: add one under scenarios"
        elif place.name not in place.scenarios[module.name]:
            yield ("scenarios", module.name), f"the scenario of {module.name} does not say {place.name}: name the place"
        for id in sorted(_asked(tree.lesson(module.name)) - {fact.id for fact in place.facts}):
            yield ("facts",), f"no fact {id}: the lesson {module.name} asks for it by this id"
    if place.holidays:
        try:
            place.holidays.known()
        except CourseError as error:
            yield ("holidays", "country"), str(error)
    elif any(isinstance(fact.value, Period) and fact.value.business_days for fact in place.facts):
        yield ("holidays",), "holidays is missing: a fact counts business days"
    if place.time_zone == NO_ZONE:
        yield ("time_zone",), f"the time zone of the capital is still to do: no place has {NO_ZONE} for its own"
    for number, fact in enumerate(place.facts):
        for key, message in _faults_of(fact, place, on):
            yield ("facts", number, key), f"{fact.id} {message}"
    yield from _todos(place.model_dump(mode="json", by_alias=True), ())


def _faults_of(fact: Fact, place: Place, on: date) -> Iterator[tuple[str, str]]:
    """The key of a fact, and what is wrong there."""
    if fact.in_force.to and fact.in_force.to < on and not _succeeded(fact, place):
        yield "in_force", f"is in force no longer (until {fact.in_force.to}): add what follows on {fact.topic}"
    if fact.topic in DUTIES and fact.verified and not isinstance(fact.value, Period):
        yield "value", 'has no period as its value: write {hours: 72}, or {without_number: "without undue delay"}'
    if (fact.unit or "").startswith("share") and isinstance(fact.value, (int, float)) and not 0 <= fact.value <= 1:
        yield "value", "is a share, between 0 and 1: write 0.17 for 17 %"


def _notes(place: Place, on: date) -> Found:
    for topic in WISHED:
        if not place.about(topic):
            yield ("facts",), f"no fact on {topic} yet"
    for number, fact in enumerate(place.facts):
        if not fact.verified:
            yield ("facts", number, "certainty"), f"{fact.id} is unverified (certainty {fact.certainty})"
        if stale(fact, on):
            yield ("facts", number, "reviewed_on"), f"{fact.id} was last reviewed on {fact.reviewed_on}: review it anew"
    if waiting := sum(fact.reviewed_by is None for fact in place.facts):
        yield ("facts",), f"{waiting} of {len(place.facts)} facts are not yet reviewed by a local expert"


def _asked(lesson: Path) -> set[str]:
    return set(ASKED.findall(lesson.read_text(encoding="utf-8"))) if lesson.exists() else set()


def _succeeded(ended: Fact, place: Place) -> bool:
    """Whether another fact of the topic began later; if that one ended too, it has a fault of its own."""
    began = ended.in_force.from_ or date.min
    return any((other.in_force.from_ or date.min) > began for other in place.facts if other.topic == ended.topic)


def _todos(part: object, at: tuple[str | int, ...]) -> Found:
    """Texts that nobody has written yet."""
    match part:
        case str() if part.startswith(TODO):
            yield at, f"{'.'.join(map(str, at))} is still to do: write it"
        case dict():
            for key, value in part.items():
                yield from _todos(value, (*at, key))
        case list():
            for number, value in enumerate(part):
                yield from _todos(value, (*at, number))


def _at_lines(path: Path, find: Callable[[Place], Found]) -> list[str]:
    try:
        read_yaml(path, Place, faults=find)
    except CourseError as error:
        return _short(error)
    return []


def _short(error: CourseError) -> list[str]:
    return [line.removeprefix(f"{tree.root()}/") for line in str(error).splitlines()]
