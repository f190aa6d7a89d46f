# shows: An epsilon of 0 is allowed.
# loses: [check_budget]
# teaches: An epsilon of 0 passes. Is there such a release?
# %% budget
def budget(queries):
    if (queries["epsilon"] < 0).any():
        raise ValueError("above 0")
    if queries["epsilon"].isna().any():
        return math.inf
    return float(queries.groupby("table")["epsilon"].max().sum())
