# shows: A second count is withheld in each row, and none in the columns.
# loses: [check_suppress]
# teaches: Each row hides two counts, but a column hides one. The reader has both totals.
# %% suppress
def suppress(table, threshold=5):
    safe = table.astype(float)
    inner = safe.iloc[:-1, :-1]
    small = (inner > 0) & (inner < threshold)
    if small.any(axis=None) and 1 in inner.shape:
        raise ValueError("join areas or groups first")
    hidden = inner.mask(small)
    for area in hidden.index[(hidden.isna().sum(axis=1) == 1)]:
        hidden.loc[area, hidden.loc[area].idxmin()] = np.nan
    safe.iloc[:-1, :-1] = hidden
    return safe
