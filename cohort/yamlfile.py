"""Reads a YAML file into a pydantic model; an error names the file, the line and the mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from cohort.errors import CourseError, must_exist

Model = TypeVar("Model", bound=BaseModel)
# What to do about what PyYAML says.
MENDS = {
    "that cannot start any token": "use spaces, not tabs, and quotes around a text that begins with such a sign",
    "mapping values are not allowed here": "put quotes around a text that has a colon in it",
}

Faults = Callable[[Model], Iterable[tuple[tuple[str | int, ...], str]]]


def read_yaml(path: Path, model: type[Model], mend: str = "see CONTRIBUTING.md", faults: Faults | None = None) -> Model:
    """The content of a YAML file as an instance of `model`.

    Parameters
    ----------
    path : Path
        A UTF-8 YAML file that holds one mapping.
    model : type
        The pydantic model to validate against.
    mend : str
        What to do if the file is missing.
    faults : callable, optional
        What is wrong between the records of a valid model: pairs of a place in it and a message.

    Raises
    ------
    CourseError
        If the file is missing, is not YAML, repeats a key or does not fit the
        model. The message begins ``file:line:`` and lists every fault, so that an
        editor can jump there.
    """
    must_exist(path, mend)
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        duplicate = _duplicate_key(node)
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = str(getattr(error, "problem", error))
        mend = next((f": {mend}" for words, mend in MENDS.items() if words in problem), "")
        raise CourseError(f"{path}{line}: not valid YAML: {problem}{mend}") from error
    except ValueError as error:
        if isinstance(error, UnicodeDecodeError):
            raise CourseError(f"{path}: not UTF-8 text: save the file as UTF-8") from error
        raise CourseError(f"{path}: a date or number in it is not one ({error}): write a date as 2021-03-12") from error
    if duplicate is not None:
        raise CourseError(f"{path}:{duplicate.start_mark.line + 1}: the key {duplicate.value!r} stands twice: keep one")
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        lines = [
            f"{path}:{_line(node, fault['loc'])}: {'.'.join(map(str, fault['loc'])) or 'file'}: {_words(fault)}"
            for fault in error.errors()
        ]
        raise CourseError("\n".join(lines)) from error
    lines = [f"{path}:{_line(node, loc)}: {message}" for loc, message in (faults(record) if faults else ())]
    if lines:
        raise CourseError("\n".join(lines))
    return record


def _words(fault: dict) -> str:
    match fault["type"]:
        case "missing":
            return "is missing: add it"
        case "extra_forbidden":
            return "is not a known key: remove it or mend its spelling"
        case "value_error" | "assertion_error":
            return fault["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return f"{fault['msg'][0].lower()}{fault['msg'][1:]}, not {fault['input']!r}"


def _line(node: yaml.Node, loc: tuple) -> int:
    """The 1-based line of the value at `loc`, or of the nearest parent that is in the file."""
    line = node.start_mark.line if node else 0
    for step in loc:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == str(step)]
            if not found:
                break
            key, node = found[0]
            line = key.start_mark.line
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        else:
            break
    return line + 1


def _duplicate_key(node: yaml.Node | None) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    return key
                seen.add(key.value)
            if (below := _duplicate_key(value)) is not None:
                return below
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            if (below := _duplicate_key(value)) is not None:
                return below
    return None
