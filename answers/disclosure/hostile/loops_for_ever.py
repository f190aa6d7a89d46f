# shows: A search for a safe table never ends, so the function loops for ever when it is called.
# loses: [check_suppress]
# %% suppress
def suppress(table, threshold=5):
    safe = table.astype(float)
    while (safe.iloc[:-1, :-1] < threshold).any(axis=None) or True:
        safe = safe.mask(safe < threshold)
    return safe
