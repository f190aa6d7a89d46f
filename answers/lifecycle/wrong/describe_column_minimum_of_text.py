# shows: Codes and dates get a minimum and a unit too.
# loses: [check_describe_column]
# teaches: Text and dates have no unit. For which types is one asked?
# %% describe_column
def describe_column(column, about):
    values = column.dropna()
    if about.get("code"):
        kind = "string"
    elif values.empty:
        kind = "any"
    elif pd.api.types.is_bool_dtype(column):
        kind = "boolean"
    elif pd.api.types.is_datetime64_any_dtype(column):
        kind = "date"
    elif pd.api.types.is_numeric_dtype(column):
        kind = "integer" if (values % 1 == 0).all() else "number"
    else:
        kind = "string"
    known = {"required": True} if len(values) == len(column) else {}
    if True:
        known |= {key: about[key] for key in ["minimum"] if about.get(key) is not None}
    unit = {"unit": about["unit"]} if "unit" in about else {}
    what = {"description": about["what"]} if about.get("what") is not None else {}
    return {"name": column.name, "type": kind, **what, **unit, "constraints": known}
