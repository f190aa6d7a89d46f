# shows: Structural pattern matching, sets and comprehensions.
# %% data_licence
def data_licence(descriptor):
    match [*(descriptor["resources"][0].get("licenses") or descriptor.get("licenses") or ())]:
        case [{"name": str(name)}, *_] if name.strip() and name.strip().casefold() != "unknown":
            return name.strip()
        case _:
            return "unknown"
# %% licence_allows
def licence_allows(licence, use, rules):
    allowed = {(row.casefold(), column): bool(rules.loc[row, column]) for row in rules.index for column in rules.columns}
    if use not in set(rules.columns):
        raise ValueError(f"unknown use {use}")
    wanted = ("" if licence is None else licence.casefold(), use)
    return allowed[wanted] if wanted in allowed else allowed["unknown", use]
# %% chain_allows
def chain_allows(licences, use, rules):
    licences = licences if licences else ["unknown"]
    return {licence_allows(licence, use, rules) for licence in licences} == {True}
# %% describe_column
def describe_column(column, about):
    def kind():
        if about.get("code"):
            return "string"
        match (column.count(), column.dtype.kind):
            case (0, _):
                return "any"
            case (_, "b"):
                return "boolean"
            case (_, "M"):
                return "date"
            case (_, "i" | "u"):
                return "integer"
            case (_, "f"):
                return "integer" if {value % 1 for value in column.dropna()} == {0} else "number"
            case _:
                return "string"

    found = {"name": column.name, "type": kind(), "constraints": {}}
    known = {key: value for key, value in about.items() if value is not None}
    found |= {"description": text for text in [known.get("what")] if text}
    if found["type"] in {"integer", "number"}:
        found |= {key: known[key] for key in {"unit"} & set(known)}
        found["constraints"] |= {key: known[key] for key in {"minimum"} & set(known)}
    if column.count() == column.size:
        found["constraints"]["required"] = True
    return found
# %% describe
import re


def describe(df, about):
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", about["as_of"] or ""):
        raise ValueError("not a day")
    datetime.date(*map(int, about["as_of"].split("-")))

    def is_key(key):
        values = df[key]
        return not values.isna().to_numpy().any() and values.groupby(key).ngroups == len(values)

    key = next(filter(is_key, about["keys"]), None)
    schema = {
        "fields": [describe_column(column, about["columns"].get(name, {})) for name, column in df.items()],
        "missingValues": ["", *about["missing"]],
        **({"primaryKey": key} if key else {}),
    }
    return {
        **{part: about[part] for part in ("name", "title", "as_of")},
        **({"contact": about["contact"]} if about["contact"] is not None else {}),
        **{
            part: [{key: one[key] for key in one if one[key] is not None} for one in about[part]]
            for part in ("sources", "contributors")
        },
        "licenses": [] if about["licence"] is None else [{"name": about["licence"]}],
        "resources": [{"name": about["name"], "path": ".".join([about["name"], "csv"]), "schema": schema}],
    }
# %% stage_gaps
def stage_gaps(plan):
    rows = {row.stage: row for row in plan.itertuples()}

    def blank(text):
        return not isinstance(text, str) or not text.strip()

    def gap(stage):
        match rows.get(stage):
            case None:
                return "left out"
            case row if blank(row.what):
                return "nothing said"
            case row if blank(row.who):
                return "nobody named"
            case row if stage in {"archive", "destroy"} and row.date is pd.NaT:
                return "no date"
            case row if stage == "destroy" and "archive" in rows and not row.date > rows["archive"].date:
                return "too early" if rows["archive"].date is not pd.NaT else ""
        return ""

    return {stage: gap(stage) for stage in STAGES if gap(stage)}
