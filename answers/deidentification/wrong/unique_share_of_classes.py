# shows: The number of people alone is divided by the number of classes.
# loses: [check_uniqueness]
# teaches: "This is a share of the classes. Each person counts the same: divide by the number of people."
# %% uniqueness
def uniqueness(df, qi):
    if df.empty:
        raise ValueError("no rows")
    rows = equivalence_classes(df, qi)["rows"]
    return float((rows == 1).mean())
