# shows: A missing number is put into the first band.
# loses: [check_generalise]
# teaches: "A missing age became a low age. Missing is not a number: it stays missing."
# %% generalise
def generalise(df, plan):
    for column in plan:
        if column not in df.columns:
            raise ValueError(f"no column {column}")
    released = df[list(plan)].reset_index(drop=True)
    for column, bands in plan.items():
        if bands is not None:
            start, width, top = bands
            released[column] = ((released[column] - start) // width * width + start).clip(upper=top).fillna(start)
    return released
