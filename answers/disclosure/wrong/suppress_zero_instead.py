# shows: Small counts are published as zero.
# loses: [check_suppress]
# teaches: A withheld count is shown as zero. A reader will believe that nobody is there.
# %% suppress
def suppress(table, threshold=5):
    safe = table.astype(float)
    inner = safe.iloc[:-1, :-1]
    small = (inner > 0) & (inner < threshold)
    if small.any(axis=None) and 1 in inner.shape:
        raise ValueError("join areas or groups first")
    safe.iloc[:-1, :-1] = inner.mask(small, 0)
    return safe
