# shows: A table costs the mean of its epsilons.
# loses: [check_budget]
# teaches: A table costs a mean here. What does the person pay who stands in its dearest cell?
# %% budget
def budget(queries):
    if (queries["epsilon"] <= 0).any():
        raise ValueError("above 0")
    if queries["epsilon"].isna().any():
        return math.inf
    return float(queries.groupby("table")["epsilon"].mean().sum())
