# shows: A negative epsilon is taken off the account.
# loses: [check_budget]
# teaches: An epsilon that is not above 0 is taken as it is. Can a release give something back?
# %% budget
def budget(queries):
    if queries["epsilon"].isna().any():
        return math.inf
    return float(queries.groupby("table")["epsilon"].max().sum())
