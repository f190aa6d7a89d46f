# shows: Counts become pandas' nullable integers, licences a dict of dicts, gaps a generator.
# %% data_licence
def data_licence(descriptor):
    own = descriptor["resources"][0].get("licenses") or []
    first = (own + (descriptor.get("licenses") or []) + [{}])[0]
    name = first.get("name")
    name = "" if name is None else name.strip()
    return {"": "unknown", "unknown": "unknown"}.get(name.lower(), name)
# %% licence_allows
def licence_allows(licence, use, rules):
    table = rules.to_dict("index")
    if any(use not in row for row in table.values()):
        raise ValueError("this use has no column")
    by_name = {name.lower(): row for name, row in table.items()}
    return by_name.get(str(licence).lower(), table["unknown"])[use]
# %% chain_allows
def chain_allows(licences, use, rules):
    strictest = True
    for licence in licences or ["unknown"]:
        strictest = min(strictest, licence_allows(licence, use, rules))
    return strictest
# %% describe_column
def describe_column(column, about):
    kind = "string"
    if not about.get("code"):
        if column.first_valid_index() is None:
            kind = "any"
        elif pd.api.types.is_bool_dtype(column):
            kind = "boolean"
        elif pd.api.types.is_datetime64_any_dtype(column):
            kind = "date"
        elif pd.api.types.is_numeric_dtype(column):
            try:
                column.astype("Int64")
                kind = "integer"
            except TypeError:
                kind = "number"
    parts = [("name", column.name), ("type", kind)]
    limits = [] if column.isna().any() else [("required", True)]
    about = {key: value for key, value in about.items() if value is not None}
    if "what" in about:
        parts.append(("description", about["what"]))
    if kind in ("integer", "number"):
        parts += [(key, about[key]) for key in about if key == "unit"]
        limits += [(key, about[key]) for key in about if key == "minimum"]
    return dict(parts, constraints=dict(limits))
# %% describe
def describe(df, about):
    year, month, day = (int(part) for part in str(about["as_of"]).split("-"))
    if str(datetime.date(year, month, day)) != about["as_of"]:
        raise ValueError("as_of is written in another way")
    index_of = {tuple(key): df.set_index(key).index for key in about["keys"]}
    good = [
        list(key)
        for key, index in index_of.items()
        if index.is_unique and not df[list(key)].isna().any().any()
    ]
    schema = {
        "missingValues": [""] + [word for word in about["missing"]],
        "fields": [describe_column(df[name], dict(about["columns"].get(name, {}))) for name in df.columns],
    }
    if good:
        schema["primaryKey"] = good[0]
    told = {key: value for key, value in about.items() if key in ("name", "title", "as_of", "contact")}
    told = {key: value for key, value in told.items() if value is not None}
    for part in ("sources", "contributors"):
        told[part] = [dict(pair for pair in one.items() if pair[1] is not None) for one in about[part]]
    told["licenses"] = [{"name": about["licence"]}] * (about["licence"] is not None)
    told["resources"] = [dict(name=about["name"], path=about["name"] + ".csv", schema=schema)]
    return told
# %% stage_gaps
def stage_gaps(plan):
    def found():
        table = plan.assign(what=plan["what"].fillna("").str.strip(), who=plan["who"].fillna("").str.strip())
        for stage in STAGES:
            here = table[table["stage"].eq(stage)]
            if here.empty:
                yield stage, "left out"
                continue
            [(what, who, date)] = here[["what", "who", "date"]].itertuples(index=False)
            kept = table.loc[table["stage"].eq("archive"), "date"].max()
            problems = {
                "nothing said": not what,
                "nobody named": not who,
                "no date": stage in ("archive", "destroy") and pd.isna(date),
                "too early": stage == "destroy" and (date <= kept if pd.notna(kept) else False),
            }
            yield from ((stage, problem) for problem in [next((name for name, is_so in problems.items() if is_so), "")] if problem)

    return dict(found())
