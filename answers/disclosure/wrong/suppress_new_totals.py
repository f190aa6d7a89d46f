# shows: The totals are added up again from what is shown.
# loses: [check_suppress]
# teaches: The totals have changed. They are public already, so the two tables together give everything away.
# %% suppress
def suppress(table, threshold=5):
    safe = table.astype(float)
    inner = safe.iloc[:-1, :-1]
    small = (inner > 0) & (inner < threshold)
    if small.any(axis=None) and 1 in inner.shape:
        raise ValueError("join areas or groups first")
    shown = inner.mask(small)
    safe.iloc[:-1, :-1] = shown
    safe.loc[shown.index, "total"] = shown.sum(axis=1)
    safe.loc["total"] = safe.iloc[:-1].sum()
    return safe
