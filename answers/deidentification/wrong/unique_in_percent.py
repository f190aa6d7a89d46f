# shows: The share comes as a percentage.
# loses: [check_uniqueness]
# teaches: This is a percentage. A share lies between 0 and 1.
# %% uniqueness
def uniqueness(df, qi):
    if df.empty:
        raise ValueError("no rows")
    rows = equivalence_classes(df, qi)["rows"]
    return 100 * float((rows == 1).sum() / len(df))
