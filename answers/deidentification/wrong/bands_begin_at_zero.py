# shows: All bands begin at 0, whatever start says.
# loses: [check_generalise]
# teaches: "The bands begin at 0 here. Weeks are counted from 1: in which band is week 13?"
# %% generalise
def generalise(df, plan):
    for column in plan:
        if column not in df.columns:
            raise ValueError(f"no column {column}")
    released = df[list(plan)].reset_index(drop=True)
    for column, bands in plan.items():
        if bands is not None:
            start, width, top = bands
            released[column] = (released[column] // width * width).clip(upper=top)
    return released
