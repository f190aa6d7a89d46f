# shows: Many small functions, and numpy for the whole numbers.
# %% data_licence
def stated(entries):
    return bool(entries) and len(entries) > 0


def data_licence(descriptor):
    table = descriptor["resources"][0]
    if stated(table.get("licenses")):
        first = table["licenses"][0]
    elif stated(descriptor.get("licenses")):
        first = descriptor["licenses"][0]
    else:
        return "unknown"
    name = str(first.get("name") or "unknown").strip() or "unknown"
    return name if name.upper() != "UNKNOWN" else "unknown"
# %% licence_allows
def row_of(licence, rules):
    same = [name for name in rules.index if name.upper() == str(licence).upper()]
    return same[0] if same else "unknown"


def licence_allows(licence, use, rules):
    try:
        column = rules[use]
    except KeyError as error:
        raise ValueError(str(error)) from None
    return column[row_of(licence, rules)].item()
# %% chain_allows
def chain_allows(licences, use, rules):
    forbids = [licence for licence in licences or [None] if not licence_allows(licence, use, rules)]
    return not forbids
# %% describe_column
import numpy as np


def kind_of(column, is_code):
    values = column.dropna().to_numpy()
    if is_code:
        return "string"
    if values.size == 0:
        return "any"
    if values.dtype == bool:
        return "boolean"
    if np.issubdtype(values.dtype, np.datetime64):
        return "date"
    if np.issubdtype(values.dtype, np.number):
        return "integer" if np.array_equal(values, np.floor(values)) else "number"
    return "string"


def describe_column(column, about):
    field = dict(name=column.name, type=kind_of(column, about.get("code", False)), constraints=dict())
    if not column.isnull().any():
        field["constraints"].update(required=True)
    if about.get("what") is not None:
        field.update(description=about["what"])
    if field["type"] == "integer" or field["type"] == "number":
        if about.get("unit") is not None:
            field.update(unit=about["unit"])
        if about.get("minimum") is not None:
            field["constraints"].update(minimum=about["minimum"])
    return field
# %% describe
def first_key(df, keys):
    for key in keys:
        if df[key].isna().sum().sum() == 0 and len(df[key].drop_duplicates()) == len(df):
            return {"primaryKey": key}
    return {}


def without_none(one):
    return {key: one[key] for key in one if one[key] is not None}


def describe(df, about):
    day = about["as_of"]
    if not isinstance(day, str):
        raise ValueError("as_of is not a text")
    if str(datetime.date.fromisoformat(day)) != day:
        raise ValueError("as_of is written in another way")
    fields = [describe_column(df[name], about["columns"].get(name) or {}) for name in df.columns]
    schema = without_none({"fields": fields, "missingValues": [""] + list(about["missing"])}) | first_key(df, about["keys"])
    return without_none(
        {
            "name": about["name"],
            "title": about["title"],
            "as_of": day,
            "contact": about["contact"],
            "licenses": [{"name": about["licence"]}] if about["licence"] else [],
            "sources": list(map(without_none, about["sources"])),
            "contributors": list(map(without_none, about["contributors"])),
            "resources": [{"name": about["name"], "path": about["name"] + ".csv", "schema": schema}],
        }
    )
# %% stage_gaps
def is_blank(text):
    return text is None or text is pd.NA or text != text or text.strip() == ""


def stage_gaps(plan):
    gaps = {}
    dates = dict(zip(plan["stage"], plan["date"]))
    told = {stage: (what, who) for stage, what, who in plan[["stage", "what", "who"]].itertuples(index=False)}
    for stage in STAGES:
        if stage not in told:
            gaps[stage] = "left out"
        elif is_blank(told[stage][0]):
            gaps[stage] = "nothing said"
        elif is_blank(told[stage][1]):
            gaps[stage] = "nobody named"
        elif stage in STAGES[-2:] and pd.isna(dates[stage]):
            gaps[stage] = "no date"
    kept = dates.get("archive", pd.NaT)
    if "destroy" not in gaps and not pd.isna(kept) and dates["destroy"] <= kept:
        gaps["destroy"] = "too early"
    return gaps
