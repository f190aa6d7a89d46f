"""``places/schema.json``: the JSON Schema by which an editor completes and checks a pack."""

from __future__ import annotations

import json
from pathlib import Path

from cohort import tree
from cohort.files import whole_file
from cohort.places import Place


def path() -> Path:
    """Where the schema lies, beside the packs."""
    return tree.root() / "places" / "schema.json"


def text() -> str:
    """The schema of the packs as the code reads them now."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "Written by `cohort place schema`: do not edit.",
        **Place.model_json_schema(),
    }
    return json.dumps(schema, indent=2) + "\n"


def current() -> bool:
    """Whether the file is the schema of the packs as the code reads them now."""
    return path().exists() and path().read_text(encoding="utf-8") == text()


def write() -> Path:
    """Write the schema anew."""
    with whole_file(path()) as beside:
        beside.write_text(text(), encoding="utf-8")
    return path()
