# shows: A count without noise costs nothing.
# loses: [check_budget]
# teaches: A count that was published without noise costs nothing here. It is the dearest of all.
# %% budget
def budget(queries):
    if (queries["epsilon"] <= 0).any():
        raise ValueError("above 0")
    return float(queries.groupby("table")["epsilon"].max().sum())
