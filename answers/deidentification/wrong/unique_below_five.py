# shows: Everybody in a class of fewer than five rows counts as alone.
# loses: [check_uniqueness]
# teaches: Classes of two to four rows were counted too. They are small, but nobody in them is alone.
# %% uniqueness
def uniqueness(df, qi):
    if df.empty:
        raise ValueError("no rows")
    rows = equivalence_classes(df, qi)["rows"]
    return float(rows[rows < 5].sum() / len(df))
