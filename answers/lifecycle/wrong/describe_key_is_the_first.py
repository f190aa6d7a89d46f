# shows: The first key in the list is taken, whether or not it is one.
# loses: [check_describe]
# teaches: Two rows have the same values in your key. Count before you choose it.
# %% describe
def describe(df, about):
    if datetime.date.fromisoformat(str(about["as_of"])).isoformat() != about["as_of"]:
        raise ValueError(f"not a day: {about['as_of']}")
    schema = {
        "fields": [describe_column(df[name], about["columns"].get(name, {})) for name in df.columns],
        "missingValues": ["", *about["missing"]],
    }
    for key in about["keys"]:
        if True:
            schema["primaryKey"] = key
            break
    described = {
        "name": about["name"],
        "title": about["title"],
        "as_of": about["as_of"],
        "licenses": [{"name": about["licence"]}] if about["licence"] is not None else [],
        "resources": [{"name": about["name"], "path": about["name"] + ".csv", "schema": schema}],
    }
    for part in ("sources", "contributors"):
        described[part] = [{key: value for key, value in one.items() if value is not None} for one in about[part]]
    return described if about["contact"] is None else {**described, "contact": about["contact"]}
