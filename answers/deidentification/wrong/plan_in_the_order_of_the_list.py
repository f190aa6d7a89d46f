# shows: The columns come in the order of the list, not in that of the plan.
# loses: [check_generalise]
# teaches: The right columns, in the order of the old list. Which order does the task ask for?
# %% generalise
def generalise(df, plan):
    for column in plan:
        if column not in df.columns:
            raise ValueError(f"no column {column}")
    released = df[[column for column in df if column in plan]].reset_index(drop=True)
    for column, bands in plan.items():
        if bands is not None:
            start, width, top = bands
            released[column] = ((released[column] - start) // width * width + start).clip(upper=top)
    return released
