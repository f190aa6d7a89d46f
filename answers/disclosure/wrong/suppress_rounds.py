# shows: All counts are rounded to the threshold instead of withheld.
# loses: [check_suppress]
# teaches: The counts are rounded. The docstring asks for true counts, or none.
# %% suppress
def suppress(table, threshold=5):
    safe = table.astype(float)
    inner = safe.iloc[:-1, :-1]
    if ((inner > 0) & (inner < threshold)).any(axis=None) and 1 in inner.shape:
        raise ValueError("join areas or groups first")
    safe.iloc[:-1, :-1] = (inner / threshold).round() * threshold
    return safe
