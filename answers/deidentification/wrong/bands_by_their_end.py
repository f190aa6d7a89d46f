# shows: A number becomes the end of its band instead of the beginning.
# loses: [check_generalise]
# teaches: Each number became the end of its band. The task asks for the beginning.
# %% generalise
def generalise(df, plan):
    for column in plan:
        if column not in df.columns:
            raise ValueError(f"no column {column}")
    released = df[list(plan)].reset_index(drop=True)
    for column, bands in plan.items():
        if bands is not None:
            start, width, top = bands
            released[column] = ((released[column] - start) // width * width + start + width - 1).clip(upper=top)
    return released
