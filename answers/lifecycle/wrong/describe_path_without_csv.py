# shows: The path has no ending.
# loses: [check_describe]
# teaches: The path has to be the name of the file, with its ending.
# %% describe
def describe(df, about):
    if datetime.date.fromisoformat(str(about["as_of"])).isoformat() != about["as_of"]:
        raise ValueError(f"not a day: {about['as_of']}")
    schema = {
        "fields": [describe_column(df[name], about["columns"].get(name, {})) for name in df.columns],
        "missingValues": ["", *about["missing"]],
    }
    for key in about["keys"]:
        if df[key].notna().all(axis=None) and not df.duplicated(key).any():
            schema["primaryKey"] = key
            break
    described = {
        "name": about["name"],
        "title": about["title"],
        "as_of": about["as_of"],
        "licenses": [{"name": about["licence"]}] if about["licence"] is not None else [],
        "resources": [{"name": about["name"], "path": about["name"], "schema": schema}],
    }
    for part in ("sources", "contributors"):
        described[part] = [{key: value for key, value in one.items() if value is not None} for one in about[part]]
    return described if about["contact"] is None else {**described, "contact": about["contact"]}
