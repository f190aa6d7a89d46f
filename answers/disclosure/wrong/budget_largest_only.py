# shows: Only the largest epsilon counts, as if a person were in one table only.
# loses: [check_budget]
# teaches: Only the dearest release is paid. A person who is in two tables gives something away in both.
# %% budget
def budget(queries):
    if (queries["epsilon"] <= 0).any():
        raise ValueError("above 0")
    if queries["epsilon"].isna().any():
        return math.inf
    return float(queries["epsilon"].max()) if len(queries) else 0.0
