# shows: Numbers are rounded to the nearest tens, so 29 comes to 30.
# loses: [check_generalise]
# teaches: Numbers were rounded to the nearest band. 29 is in the band that begins at 20.
# %% generalise
def generalise(df, plan):
    for column in plan:
        if column not in df.columns:
            raise ValueError(f"no column {column}")
    released = df[list(plan)].reset_index(drop=True)
    for column, bands in plan.items():
        if bands is not None:
            start, width, top = bands
            released[column] = (((released[column] - start) / width).round() * width + start).clip(upper=top)
    return released
