# shows: Equal epsilons are counted once, whatever table they belong to.
# loses: [check_budget]
# teaches: Two tables with the same epsilon count as one. Are they the same release?
# %% budget
def budget(queries):
    if (queries["epsilon"] <= 0).any():
        raise ValueError("above 0")
    if queries["epsilon"].isna().any():
        return math.inf
    return float(queries.groupby("table")["epsilon"].max().drop_duplicates().sum())
