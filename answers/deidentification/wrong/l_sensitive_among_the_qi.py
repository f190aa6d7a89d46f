# shows: The sensitive column is put among the quasi-identifiers and the rows are counted.
# loses: [check_l_diversity]
# teaches: The sensitive column was grouped by too, and rows were counted. Keep it out of the classes, and count its different values in each.
# %% l_diversity
def l_diversity(df, qi, sensitive):
    if df.empty:
        raise ValueError("no rows")
    return int(df.groupby([*qi, sensitive], observed=True, dropna=False).size().min())
