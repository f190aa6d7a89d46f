"""Who asks, and what that lets them do: only the hub says it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """The owner of a token, as the hub describes them.

    Attributes
    ----------
    name : str
        Their name on the hub.
    takes, grades : frozenset of str
        The courses that they take part in, and those that they teach.
    """

    name: str
    takes: frozenset[str]
    grades: frozenset[str]


def person(model: dict) -> Person:
    """Read the hub's model of a user or service.

    The groups are those of nbgrader: ``nbgrader-COURSE`` for all, ``formgrade-COURSE`` for those who teach. A
    service has no groups: nbgrader names a course's formgrader as the course, so it teaches just that one. The slash
    in its name keeps it apart from all users.
    """
    if model.get("kind") == "service":
        return Person(f"service/{model['name']}", frozenset({model["name"]}), frozenset({model["name"]}))
    grades = frozenset(name.removeprefix("formgrade-") for name in model["groups"] if name.startswith("formgrade-"))
    takes = frozenset(name.removeprefix("nbgrader-") for name in model["groups"] if name.startswith("nbgrader-"))
    return Person(model["name"], takes | grades, grades)
