# shows: The old row numbers stay, and lead back to the full list.
# loses: [check_generalise]
# teaches: The old row numbers are still there. Whoever has the full list finds each row by its number.
# %% generalise
def generalise(df, plan):
    for column in plan:
        if column not in df.columns:
            raise ValueError(f"no column {column}")
    released = df[list(plan)].copy()
    for column, bands in plan.items():
        if bands is not None:
            start, width, top = bands
            released[column] = ((released[column] - start) // width * width + start).clip(upper=top)
    return released
