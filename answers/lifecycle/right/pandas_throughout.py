# shows: Index alignment, reindex and boolean masks do the work.
# %% data_licence
def data_licence(descriptor):
    entries = descriptor["resources"][0].get("licenses", []) + descriptor.get("licenses", [])
    names = pd.Series([entry.get("name") for entry in entries], dtype="object").fillna("").str.strip()
    names = names.mask(names.str.lower().isin(["", "unknown"]), "unknown")
    return "unknown" if names.empty else str(names.iloc[0])
# %% licence_allows
def licence_allows(licence, use, rules):
    if not rules.columns.isin([use]).any():
        raise ValueError(use)
    lower = rules.set_axis(rules.index.str.lower())[use]
    return bool(lower.get((licence or "unknown").lower(), lower["unknown"]))
# %% chain_allows
def chain_allows(licences, use, rules):
    answers = pd.Series(licences or ["unknown"], dtype="object").map(lambda one: licence_allows(one, use, rules))
    return bool(answers.all())
# %% describe_column
def describe_column(column, about):
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    if about.get("code", False):
        kind = "string"
    elif column.isna().all():
        kind = "any"
    elif column.dtype == "bool":
        kind = "boolean"
    elif numeric:
        kind = "integer" if column.dropna().mod(1).eq(0).all() else "number"
    else:
        kind = "date" if pd.api.types.is_datetime64_dtype(column) else "string"
    number = kind in {"integer", "number"}
    constraints = {"required": None if column.hasnans else True, "minimum": about.get("minimum") if number else None}
    field = {
        "name": column.name,
        "type": kind,
        "description": about.get("what"),
        "unit": about.get("unit") if number else None,
        "constraints": {key: value for key, value in constraints.items() if value is not None},
    }
    return {key: value for key, value in field.items() if value is not None}
# %% describe
def describe(df, about):
    day = pd.to_datetime(about["as_of"], format="%Y-%m-%d", errors="coerce")
    if pd.isna(day) or f"{day:%Y-%m-%d}" != about["as_of"]:
        raise ValueError("as_of must be a day")
    is_key = [df.dropna(subset=key).drop_duplicates(key).shape[0] == len(df) for key in about["keys"]]
    keys = [key for key, good in zip(about["keys"], is_key) if good][:1]

    def known(parts):
        return [pd.Series(part, dtype="object").dropna().to_dict() for part in parts]

    schema = {
        "fields": [describe_column(df[name], about["columns"].get(name, {})) for name in df],
        "missingValues": [""] + about["missing"],
    } | {"primaryKey": key for key in keys}
    contact = {} if about["contact"] is None else {"contact": about["contact"]}
    return {
        "name": about["name"],
        "title": about["title"],
        "as_of": about["as_of"],
        "licenses": [{"name": name} for name in [about["licence"]] if name is not None],
        "sources": known(about["sources"]),
        "contributors": known(about["contributors"]),
        "resources": [{"name": about["name"], "path": about["name"] + ".csv", "schema": schema}],
    } | contact
# %% stage_gaps
def stage_gaps(plan):
    stages = ["plan", "collect", "store", "use", "share", "archive", "destroy"]
    rows = plan.set_index("stage").reindex(stages)
    text = rows[["what", "who"]].apply(lambda column: column.fillna("").astype(str).str.strip().eq(""))
    last = pd.Series(stages, index=stages).isin(["archive", "destroy"])
    early = pd.Series(stages, index=stages).eq("destroy") & (rows["date"] <= rows["date"].get("archive"))
    gaps = pd.Series(None, index=stages, dtype="object")
    gaps[early] = "too early"
    gaps[last & rows["date"].isna()] = "no date"
    gaps[text["who"]] = "nobody named"
    gaps[text["what"]] = "nothing said"
    gaps[~gaps.index.isin(plan["stage"])] = "left out"
    return gaps.dropna().to_dict()
