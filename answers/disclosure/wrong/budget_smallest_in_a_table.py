# shows: A table costs the smallest of its epsilons.
# loses: [check_budget]
# teaches: A table costs its cheapest cell here. What does the person pay who stands in another one?
# %% budget
def budget(queries):
    if (queries["epsilon"] <= 0).any():
        raise ValueError("above 0")
    if queries["epsilon"].isna().any():
        return math.inf
    return float(queries.groupby("table")["epsilon"].min().sum())
