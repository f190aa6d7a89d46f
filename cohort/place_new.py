"""Makes the pack of a new place from a commented template; what nobody has said yet stands as TODO."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

import yaml
from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages

from cohort import tree
from cohort.course import load_course
from cohort.errors import CourseError
from cohort.files import whole_file
from cohort.place_check import NO_ZONE, TODO
from cohort.places import Holidays, Place
from cohort.yamlfile import read_yaml

TEMPLATE = Path(__file__).with_name("place_template.yml")
CODE = re.compile(r"([A-Z]{2})(?:-([A-Z]{2}))?")


def new(code: str, name: str | None = None) -> Path:
    """Write ``places/CODE.yml``; it validates, and ``cohort place check`` lists what is to be written.

    Name, languages and time zone of a country come from the Unicode CLDR (through `babel`), and its
    holidays from PyPI `holidays`, where these know them.

    Raises
    ------
    CourseError
        If the code is not one, its name is not known and not given, or the place has a pack.
    """
    match = CODE.fullmatch(code)
    if not match:
        raise CourseError(f"{code!r} is not a code: use ISO 3166, such as GH for a country or US-CA for a state")
    country, state = match.groups()
    path = tree.root() / "places" / f"{code}.yml"
    if path.exists():
        raise CourseError(f"{path} exists: edit it, or remove it first")
    name = " ".join((name or "").split()) or (None if state else Locale("en").territories.get(country))
    if not name:
        raise CourseError(f"the name of {code} is not known: give it with --name")
    zones = get_global("territory_zones").get(country, [])
    languages = dict.fromkeys(each.split("_")[0] for each in get_official_languages(country)) or ["en"]
    words = {
        "code": _scalar(code),
        "name": _scalar(name),
        "languages": ", ".join(map(_scalar, languages)),
        # Which of several is the capital's nobody says: UTC is reported until somebody does.
        "zone": zones[0] if len(zones) == 1 else NO_ZONE,
        "holidays": _holidays(country, state),
        "scenarios": "".join(f"  {each.name}: >-\n    {TODO} {each.question}\n" for each in load_course().modules),
    }
    text = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(words)
    with whole_file(path) as beside:
        beside.write_text(text, encoding="utf-8")
        read_yaml(beside, Place)
    return path


def _holidays(country: str, state: str | None) -> str:
    for subdivision in dict.fromkeys((state, None)):
        try:
            Holidays(country=country, subdivision=subdivision).known()
        except CourseError:
            continue
        return f"holidays:\n  country: {_scalar(country)}\n  subdivision: {_scalar(subdivision)}"
    return "# PyPI holidays does not know this country: name one with the same holidays.\n# holidays:\n#   country: XX"


def _scalar(value: str | None) -> str:
    """A value as YAML, quoted where it must be: unquoted, NO and ON are no codes but false and true."""
    return yaml.safe_dump(value, allow_unicode=True, width=float("inf")).removesuffix("...\n").strip()
