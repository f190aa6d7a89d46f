# shows: Every count is added, as if a person were in each cell of a table.
# loses: [check_budget]
# teaches: The cells of one table are added up. In how many of them is one person?
# %% budget
def budget(queries):
    if (queries["epsilon"] <= 0).any():
        raise ValueError("above 0")
    if queries["epsilon"].isna().any():
        return math.inf
    return float(queries["epsilon"].sum())
