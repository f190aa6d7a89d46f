# shows: Rows above the top are removed instead of put into the last band.
# loses: [check_generalise]
# teaches: People above the top have gone. The last band takes them in; removing rows is the next task.
# %% generalise
def generalise(df, plan):
    for column in plan:
        if column not in df.columns:
            raise ValueError(f"no column {column}")
    released = df[list(plan)].reset_index(drop=True)
    for column, bands in plan.items():
        if bands is not None:
            start, width, top = bands
            released = released[~(released[column] >= top + width)].reset_index(drop=True)
            released[column] = (released[column] - start) // width * width + start
    return released
