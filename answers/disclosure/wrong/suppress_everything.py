# shows: If one count is small, all counts are withheld.
# loses: [check_suppress]
# teaches: 'The whole table is withheld. It is safe, and nobody can use it: what is enough?'
# %% suppress
def suppress(table, threshold=5):
    safe = table.astype(float)
    inner = safe.iloc[:-1, :-1]
    if ((inner > 0) & (inner < threshold)).any(axis=None):
        if 1 in inner.shape:
            raise ValueError("join areas or groups first")
        safe.iloc[:-1, :-1] = np.nan
    return safe
