# shows: In an empty list the share of people alone is 0, as if it were safe.
# loses: [check_uniqueness]
# teaches: An empty list got the best possible result. What does the task say about a list without rows?
# %% uniqueness
def uniqueness(df, qi):
    if df.empty:
        return 0.0
    return float((equivalence_classes(df, qi)["rows"] == 1).sum() / len(df))
