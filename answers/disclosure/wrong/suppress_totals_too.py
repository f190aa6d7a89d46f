# shows: The totals of rows with a small count are withheld instead of a second count.
# loses: [check_suppress]
# teaches: A total is withheld. The totals are public already, so this hides nothing.
# %% suppress
def suppress(table, threshold=5):
    safe = table.astype(float)
    inner = safe.iloc[:-1, :-1]
    small = (inner > 0) & (inner < threshold)
    if small.any(axis=None) and 1 in inner.shape:
        raise ValueError("join areas or groups first")
    safe.iloc[:-1, :-1] = inner.mask(small)
    safe.loc[safe.isna().any(axis=1), "total"] = np.nan
    safe.loc["total", safe.isna().any(axis=0)] = np.nan
    return safe
