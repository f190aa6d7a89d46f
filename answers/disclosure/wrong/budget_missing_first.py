# shows: A missing epsilon is found first, and the others are not looked at any more.
# loses: [check_budget]
# teaches: A missing epsilon ends your function before it has looked at the others. Is one of them impossible?
# %% budget
def budget(queries):
    if queries["epsilon"].isna().any():
        return math.inf
    if (queries["epsilon"] <= 0).any():
        raise ValueError("above 0")
    return float(queries.groupby("table")["epsilon"].max().sum())
