# shows: Areas with a small count are left out of the table.
# loses: [check_suppress]
# teaches: A whole area is gone. Its numbers are the total minus the other areas, and its people were not counted.
# %% suppress
def suppress(table, threshold=5):
    inner = table.iloc[:-1, :-1]
    small = (inner > 0) & (inner < threshold)
    if small.any(axis=None) and 1 in inner.shape:
        raise ValueError("join areas or groups first")
    return table.drop(index=inner.index[small.any(axis=1)]).astype(float)
