# shows: A month or a day of one digit is taken.
# loses: [check_describe]
# teaches: 'How many digits has each part of a day, also in the first months of a year?'
# %% describe
def describe(df, about):
    datetime.datetime.strptime(str(about["as_of"]), "%Y-%m-%d")
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
        "resources": [{"name": about["name"], "path": about["name"] + ".csv", "schema": schema}],
    }
    for part in ("sources", "contributors"):
        described[part] = [{key: value for key, value in one.items() if value is not None} for one in about[part]]
    return described if about["contact"] is None else {**described, "contact": about["contact"]}
