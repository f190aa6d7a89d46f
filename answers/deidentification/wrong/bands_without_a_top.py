# shows: The highest band is left open, so a very old person is alone in a band.
# loses: [check_generalise]
# teaches: Very high numbers have bands of their own. Who is 93 is easily found. What does top say?
# %% generalise
def generalise(df, plan):
    for column in plan:
        if column not in df.columns:
            raise ValueError(f"no column {column}")
    released = df[list(plan)].reset_index(drop=True)
    for column, bands in plan.items():
        if bands is not None:
            start, width, top = bands
            released[column] = ((released[column] - start) // width * width + start)
    return released
