# shows: Columns that the plan does not name stay in the table, the district and the name among them.
# loses: [check_generalise]
# teaches: Columns that the plan does not name are still there. What is not named is not given.
# %% generalise
def generalise(df, plan):
    for column in plan:
        if column not in df.columns:
            raise ValueError(f"no column {column}")
    released = df.reset_index(drop=True)
    for column, bands in plan.items():
        if bands is not None:
            start, width, top = bands
            released[column] = ((released[column] - start) // width * width + start).clip(upper=top)
    return released
