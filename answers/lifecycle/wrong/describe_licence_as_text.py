# shows: The licence is a text and not a list of dicts.
# loses: [check_describe]
# teaches: In the standard, licenses is a list of dicts with a name.
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
        "licenses": about["licence"],
        "resources": [{"name": about["name"], "path": about["name"] + ".csv", "schema": schema}],
    }
    for part in ("sources", "contributors"):
        described[part] = [{key: value for key, value in one.items() if value is not None} for one in about[part]]
    return described if about["contact"] is None else {**described, "contact": about["contact"]}
