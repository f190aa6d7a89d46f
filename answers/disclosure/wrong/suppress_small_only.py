# shows: Only the small counts are withheld, and the totals give them away.
# loses: [check_suppress]
# teaches: One count alone in its row is withheld, and the total is shown. What is the total minus the others?
# %% suppress
def suppress(table, threshold=5):
    safe = table.astype(float)
    inner = safe.iloc[:-1, :-1]
    small = (inner > 0) & (inner < threshold)
    if small.any(axis=None) and 1 in inner.shape:
        raise ValueError("join areas or groups first")
    safe.iloc[:-1, :-1] = inner.mask(small)
    return safe
