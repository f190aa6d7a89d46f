# shows: Plain loops and early returns; nothing of pandas where a list will do.
# %% data_licence
def data_licence(descriptor):
    for where in (descriptor["resources"][0], descriptor):
        entries = where.get("licenses")
        if entries:
            name = entries[0].get("name")
            if name is None or name.strip() == "" or name.strip().lower() == "unknown":
                return "unknown"
            return name.strip()
    return "unknown"
# %% licence_allows
def licence_allows(licence, use, rules):
    if use not in list(rules.columns):
        raise ValueError("no such use")
    for name in rules.index:
        if licence is not None and name.lower() == licence.lower():
            return bool(rules.at[name, use])
    return bool(rules.at["unknown", use])
# %% chain_allows
def chain_allows(licences, use, rules):
    if len(licences) == 0:
        return licence_allows("unknown", use, rules)
    for licence in licences:
        if not licence_allows(licence, use, rules):
            return False
    return True
# %% describe_column
def describe_column(column, about):
    missing = sum(1 for value in column if pd.isna(value))
    field = {"name": column.name}
    if about.get("code"):
        field["type"] = "string"
    elif missing == len(column):
        field["type"] = "any"
    elif column.dtype == bool:
        field["type"] = "boolean"
    elif str(column.dtype).startswith("datetime64"):
        field["type"] = "date"
    elif column.dtype.kind in "iuf":
        whole = all(float(value).is_integer() for value in column if not pd.isna(value))
        field["type"] = "integer" if whole else "number"
    else:
        field["type"] = "string"
    if about.get("what") is not None:
        field["description"] = about["what"]
    field["constraints"] = {}
    if missing == 0:
        field["constraints"]["required"] = True
    if field["type"] in ("integer", "number"):
        if about.get("unit") is not None:
            field["unit"] = about["unit"]
        if about.get("minimum") is not None:
            field["constraints"]["minimum"] = about["minimum"]
    return field
# %% describe
def describe(df, about):
    try:
        day = datetime.datetime.strptime(about["as_of"], "%Y-%m-%d")
    except TypeError:
        raise ValueError("as_of is no day")
    if day.strftime("%Y-%m-%d") != about["as_of"]:
        raise ValueError("as_of is written in another way")
    schema = {"fields": [], "missingValues": [""]}
    for name in df.columns:
        told = about["columns"][name] if name in about["columns"] else {}
        schema["fields"].append(describe_column(df[name], told))
    for word in about["missing"]:
        schema["missingValues"].append(word)
    for key in about["keys"]:
        rows = [tuple(row) for row in df[key].itertuples(index=False)]
        complete = not any(pd.isna(value) for row in rows for value in row)
        if complete and len(set(rows)) == len(rows) and "primaryKey" not in schema:
            schema["primaryKey"] = key
    result = {key: about[key] for key in ("name", "title", "as_of")}
    result["licenses"] = []
    if about["licence"] is not None:
        result["licenses"].append({"name": about["licence"]})
    for part in ("sources", "contributors"):
        result[part] = []
        for one in about[part]:
            result[part].append({key: value for key, value in one.items() if value is not None})
    if about["contact"] is not None:
        result["contact"] = about["contact"]
    result["resources"] = [{"name": about["name"], "path": f"{about['name']}.csv", "schema": schema}]
    return result
# %% stage_gaps
def stage_gaps(plan):
    gaps = {}
    until = None
    for stage in ("plan", "collect", "store", "use", "share", "archive", "destroy"):
        rows = plan[plan["stage"] == stage]
        if len(rows) == 0:
            gaps[stage] = "left out"
            continue
        row = rows.iloc[0]
        if stage == "archive" and pd.notna(row["date"]):
            until = row["date"]
        if pd.isna(row["what"]) or row["what"].strip() == "":
            gaps[stage] = "nothing said"
        elif pd.isna(row["who"]) or row["who"].strip() == "":
            gaps[stage] = "nobody named"
        elif stage in ("archive", "destroy") and pd.isna(row["date"]):
            gaps[stage] = "no date"
        elif stage == "destroy" and until is not None and row["date"] <= until:
            gaps[stage] = "too early"
    return gaps
