# shows: A column of the plan that the list does not have is left out silently.
# loses: [check_generalise]
# teaches: A column that is not there was left out without a word. Whoever wrote the plan should learn of it.
# %% generalise
def generalise(df, plan):
    plan = {column: bands for column, bands in plan.items() if column in df.columns}
    released = df[list(plan)].reset_index(drop=True)
    for column, bands in plan.items():
        if bands is not None:
            start, width, top = bands
            released[column] = ((released[column] - start) // width * width + start).clip(upper=top)
    return released
