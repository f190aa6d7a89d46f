# shows: The minimum is the least value found.
# loses: [check_describe_column]
# teaches: Your minimum is a value that happened to be there. Which value can be true at least?
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
    if kind in ("integer", "number"):
        known |= {"minimum": float(values.min())}
    unit = {"unit": about["unit"]} if kind in ("integer", "number") and about.get("unit") is not None else {}
    what = {"description": about["what"]} if about.get("what") is not None else {}
    return {"name": column.name, "type": kind, **what, **unit, "constraints": known}
