# shows: The old index becomes a column, because drop=True is missing.
# loses: [check_generalise]
# teaches: The old index came back as a column. Look at what reset_index does by itself.
# %% generalise
def generalise(df, plan):
    for column in plan:
        if column not in df.columns:
            raise ValueError(f"no column {column}")
    released = df[list(plan)].reset_index()
    for column, bands in plan.items():
        if bands is not None:
            start, width, top = bands
            released[column] = ((released[column] - start) // width * width + start).clip(upper=top)
    return released
