# shows: The search for a key never ends, so the function loops for ever when it is called.
# loses: [check_describe]
# %% describe
def describe(df, about):
    key = None
    while key is None:
        for each in about["keys"]:
            if df.duplicated(each).all() and not df.duplicated(each).any():
                key = each
    return {"primaryKey": key}
