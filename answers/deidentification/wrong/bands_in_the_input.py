# shows: The bands are written into the table that was given.
# loses: [check_generalise]
# teaches: The bands were written into the table that came in. Afterwards nobody has the exact ages any more.
# %% generalise
def generalise(df, plan):
    for column in plan:
        if column not in df.columns:
            raise ValueError(f"no column {column}")
    for column, bands in plan.items():
        if bands is not None:
            start, width, top = bands
            df[column] = ((df[column] - start) // width * width + start).clip(upper=top)
    return df[list(plan)].reset_index(drop=True)
