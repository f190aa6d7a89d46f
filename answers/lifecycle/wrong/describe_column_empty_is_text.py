# shows: A column without any value is called text.
# loses: [check_describe_column]
# teaches: Nothing is in this column. How can you know that it is text?
# %% describe_column
def describe_column(column, about):
    values = column.dropna()
    if about.get("code"):
        kind = "string"
    elif values.empty:
        kind = "string"
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
        known |= {key: about[key] for key in ["minimum"] if about.get(key) is not None}
    unit = {"unit": about["unit"]} if kind in ("integer", "number") and about.get("unit") is not None else {}
    what = {"description": about["what"]} if about.get("what") is not None else {}
    return {"name": column.name, "type": kind, **what, **unit, "constraints": known}
