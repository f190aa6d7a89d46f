"""``cohort places`` and ``cohort place``: list, compare, add and check the places of the course."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Column, Table

from cohort import place_check, place_schema, place_table
from cohort import places as places_
from cohort.options import fail, short
from cohort.screen import err, out

app = typer.Typer()
place = typer.Typer(no_args_is_help=True, help="Add a place to the course, or check one.")
app.add_typer(place, name="place")


@app.command()
def places(
    compare: Annotated[str | None, typer.Option(help="A topic, such as breach.authority, or breach for all.")] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what holds on this day, with --compare.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print a report for programs instead of a table.")] = False,
) -> None:
    """List the places and how well each is known, or compare them on a topic."""
    if on and not compare:
        raise typer.BadParameter("--on needs --compare TOPIC")
    rows = place_table.compare(compare, on and on.date()) if compare else place_table.summary(date.today())
    if json:
        out.print_json(data={"places": rows}, default=str)
    elif compare:
        out.print(_comparison(compare, rows))
    else:
        out.print(_table("Places", list(rows[0]), [list(map(str, row.values())) for row in rows]))


@place.command()
def check(codes: Annotated[list[str] | None, typer.Argument(help="Codes of places; all without it.")] = None) -> None:
    """Say what packs lack, and what is unverified, stale or in force no longer."""
    faults = []
    for code in codes or places_.codes():
        found = place_check.check(code)
        state = "[red]FAIL[/]" if found.faults else "[green]ok[/]  "
        out.print(f"{state} {code}: {_count(found.faults, 'fault')}, {_count(found.notes, 'note')}", highlight=False)
        for note in found.notes:
            out.print(f"     {note}", markup=False, highlight=False, soft_wrap=True)
        faults += found.faults
    if not place_schema.current():
        err.print(f"{short(place_schema.path())} is out of date: run `cohort place schema`", markup=False)
    fail(faults)


@place.command()
def schema() -> None:
    """Write the JSON Schema with which editors complete and check packs."""
    out.print(f"Wrote {short(place_schema.write())}", highlight=False)


@place.command()
def new(
    code: Annotated[str, typer.Argument(help="ISO 3166 code of a country or state, such as GH or US-CA.")],
    name: Annotated[str | None, typer.Option(help="Its name; a country's is known without it.")] = None,
) -> None:
    """Write the pack of a new place, with comments, for you to fill in."""
    from cohort.place_new import new as new_

    path = new_(code, name)
    out.print(f"Wrote {short(path)}. No notebook changes.", soft_wrap=True, highlight=False)
    out.print(f"Next   replace each TODO; cohort place check {code} lists what is left", highlight=False)
    out.print(f"Then   cohort lessons --place {code}", highlight=False)


def _comparison(topic: str, rows: list[dict]) -> Table:
    lines = []
    for row in rows:
        if "id" not in row:
            lines.append([row["place"], "none"])
            continue
        held = " ".join(f"{word} {row[word]}" for word in ("from", "to") if row[word])
        certainty = f"{row['certainty']}{'' if row['verified'] else ' unverified'}"
        lines.append([row["place"], row["id"], row["value"] or row["text"], row["citation"], held, certainty])
    return _table(f"Places on {topic}", ["place", "fact", "value", "citation", "in force", "certainty"], lines)


def _table(title: str, columns: list[str], lines: list[list[str]]) -> Table:
    # Folded, because half an amount of money is another amount.
    table = Table(*(Column(name, overflow="fold") for name in columns), title=title)
    for line in lines:
        table.add_row(*map(escape, line))
    return table


def _count(items: list[str], what: str) -> str:
    return f"{len(items)} {what}{'' if len(items) == 1 else 's'}"
