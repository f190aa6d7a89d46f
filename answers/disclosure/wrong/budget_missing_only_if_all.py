# shows: A table is without limit only if all its counts are without noise.
# loses: [check_budget]
# teaches: One count without noise hides behind another one of its table. What does the person in that cell pay?
# %% budget
def budget(queries):
    if (queries["epsilon"] <= 0).any():
        raise ValueError("above 0")
    return float(queries.groupby("table")["epsilon"].max().fillna(math.inf).sum())
