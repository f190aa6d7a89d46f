# shows: The first row of each class is taken for unique, because duplicated does not mark it.
# loses: [check_uniqueness]
# teaches: The first row of every class was counted as alone. duplicated does not mark it by itself. Is a person alone if another row is the same?
# %% uniqueness
def uniqueness(df, qi):
    if df.empty:
        raise ValueError("no rows")
    return float((~df.duplicated(qi)).mean())
