"""The assertions of checks by their messages: which of them were ever met."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping

from cohort.grading.verdict import State, Verdict


def never_met(checks: Mapping[str, str], heard: Iterable[Mapping[str, Verdict]]) -> list[str]:
    """The assertions that no verdict ended with, as ``check: message``.

    Assertions without a message of their own are passed by: what a judge says of them names no line.

    Parameters
    ----------
    checks : mapping
        The whole source of each check, by grade id.
    heard : iterable of mapping
        Verdicts by check.
    """
    said: dict[str, set[str]] = {name: set() for name in checks}
    for verdicts in heard:
        for name, verdict in verdicts.items():
            if verdict.state is State.FAILED:
                said[name].add(verdict.message)
    return [
        f"{name}: {words}"
        for name, source in checks.items()
        for words, pattern in _messages(source)
        if not any(pattern.fullmatch(each) for each in said[name])
    ]


def _messages(source: str) -> list[tuple[str, re.Pattern[str]]]:
    """The message of each assertion, in words and as what matches it."""
    found = {}
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Assert(msg=ast.Constant(value=str() as words)):
                found[words] = re.compile(re.escape(words), re.DOTALL)
            case ast.Assert(msg=ast.JoinedStr(values=parts)):
                texts = [part.value if isinstance(part, ast.Constant) else None for part in parts]
                words = "".join("…" if text is None else text for text in texts)
                pattern = "".join(".*" if text is None else re.escape(text) for text in texts)
                found[words] = re.compile(pattern, re.DOTALL)
    return list(found.items())
