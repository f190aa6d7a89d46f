# shows: The number of people who are alone, not their share.
# loses: [check_uniqueness]
# teaches: This is how many are alone. Of how many people in all?
# %% uniqueness
def uniqueness(df, qi):
    if df.empty:
        raise ValueError("no rows")
    return int((equivalence_classes(df, qi)["rows"] == 1).sum())
