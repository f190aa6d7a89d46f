"""Adds an item to a YAML text, so that its comments and its layout stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import indent

import yaml


def insert(text: str, keys: Sequence[str | int], item: str, number: int | None = None) -> str:
    """A YAML text with one more item in one of its lists or mappings.

    Parameters
    ----------
    text : str
        The whole file.
    keys : sequence of str or int
        Where the list or mapping lies, from the outside in.
    item : str
        The item as YAML of its own: ``- ...`` for a list, ``key: ...`` for a mapping.
    number : int, optional
        Which item of a list it becomes; the last one without it.

    Raises
    ------
    ValueError
        If there is no such list or mapping, or the item cannot stand there without changing the rest.

    Examples
    --------
    >>> print(insert("fruit:\\n  - fig  # sweet\\n", ["fruit"], "- plum\\n"), end="")
    fruit:
      - fig  # sweet
      - plum
    """
    lines = [line.rstrip("\n") + "\n" for line in text.splitlines(keepends=True)]
    node = _find(yaml.compose("".join(lines), Loader=yaml.SafeLoader), keys)
    at = len(node.value) if number is None else number
    line = (node.value[at].start_mark if at < len(node.value) else node.end_mark).line
    column = node.start_mark.column
    # Comments and blank lines above the next item belong to it.
    while line and re.match(rf"\s*$|\s{{0,{column}}}#", lines[line - 1]):
        line -= 1
    found = "".join([*lines[:line], indent(item, " " * column), *lines[line:]])
    if not _differ_by(yaml.safe_load(text), found, keys, yaml.safe_load(item), at):
        raise ValueError(f"{'.'.join(map(str, keys))} is not laid out with one item below the other")
    return found


def _find(node: yaml.Node | None, keys: Sequence[str | int]) -> yaml.Node:
    for key in keys:
        match node:
            case yaml.MappingNode():
                node = next((value for name, value in node.value if name.value == key), None)
            case yaml.SequenceNode():
                node = node.value[key]
    if not isinstance(node, yaml.CollectionNode) or not node.value:
        raise ValueError(f"there is nothing under {'.'.join(map(str, keys))} to add to")
    return node


def _differ_by(before: object, text: str, keys: Sequence[str | int], item: list | dict, at: int) -> bool:
    """Whether the new text says what the one before did, and the item."""
    place = before
    for key in keys:
        place = place[key]
    if isinstance(place, dict):
        place.update(item)
    else:
        place[at:at] = item
    try:
        return yaml.safe_load(text) == before
    except yaml.YAMLError:
        return False
