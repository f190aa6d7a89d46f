# shows: Bands are written as texts such as 20-29.
# loses: [check_generalise]
# teaches: Bands came as texts. The task asks for the number with which the band begins.
# %% generalise
def generalise(df, plan):
    for column in plan:
        if column not in df.columns:
            raise ValueError(f"no column {column}")
    released = df[list(plan)].reset_index(drop=True)
    for column, bands in plan.items():
        if bands is not None:
            start, width, top = bands
            released[column] = ((released[column] - start) // width * width + start).clip(upper=top)
            low = released[column]
            released[column] = low.astype(str) + "-" + (low + width - 1).astype(str)
    return released
