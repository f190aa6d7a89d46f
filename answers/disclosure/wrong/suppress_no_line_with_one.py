# shows: Until no row and no column has just one withheld count, the smallest count of the line is withheld, too.
# loses: [check_suppress]
# teaches: Withholding goes on from line to line and takes too much. Which four corners are enough?
# %% suppress
def suppress(table, threshold=5):
    safe = table.astype(float)
    inner = safe.iloc[:-1, :-1].copy()
    small = (inner > 0) & (inner < threshold)
    if small.any(axis=None) and 1 in inner.shape:
        raise ValueError("join areas or groups first")
    inner = inner.mask(small)
    while True:
        rows = [a for a in inner.index if inner.loc[a].isna().sum() == 1]
        columns = [g for g in inner.columns if inner[g].isna().sum() == 1]
        if rows:
            inner.loc[rows[0], inner.loc[rows[0]].idxmin()] = np.nan
        elif columns:
            inner.loc[inner[columns[0]].idxmin(), columns[0]] = np.nan
        else:
            break
    safe.iloc[:-1, :-1] = inner
    return safe
