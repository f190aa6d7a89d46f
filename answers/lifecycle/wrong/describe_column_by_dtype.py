# shows: A count with a missing value is called a number, because pandas keeps it as float.
# loses: [check_describe_column]
# teaches: pandas keeps a count with a gap as 12.0. Is the count less whole for that?
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
        kind = "integer" if pd.api.types.is_integer_dtype(column) else "number"
    else:
        kind = "string"
    known = {"required": True} if len(values) == len(column) else {}
    if kind in ("integer", "number"):
        known |= {key: about[key] for key in ["minimum"] if about.get(key) is not None}
    unit = {"unit": about["unit"]} if kind in ("integer", "number") and about.get("unit") is not None else {}
    what = {"description": about["what"]} if about.get("what") is not None else {}
    return {"name": column.name, "type": kind, **what, **unit, "constraints": known}
