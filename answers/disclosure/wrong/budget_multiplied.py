# shows: The epsilons of the tables are multiplied.
# loses: [check_budget]
# teaches: The tables are multiplied, so more releases cost less. What happens to what is known of a person?
# %% budget
def budget(queries):
    if (queries["epsilon"] <= 0).any():
        raise ValueError("above 0")
    if queries["epsilon"].isna().any():
        return math.inf
    return float(queries.groupby("table")["epsilon"].max().prod()) if len(queries) else 0.0
