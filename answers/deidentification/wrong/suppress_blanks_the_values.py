# shows: The values of small classes are made missing and the rows stay.
# loses: [check_suppress_below]
# teaches: The rows are still there, with gaps in them. The task asks to remove them; count how many.
# %% suppress_below
def suppress_below(df, qi, k):
    rows = df.groupby(qi, observed=True, dropna=False)[qi[0]].transform("size")
    kept = df.reset_index(drop=True)
    kept.loc[(rows < k).to_numpy(), qi] = None
    return kept, int((rows < k).sum())
