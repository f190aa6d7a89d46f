# shows: The old row numbers stay, with gaps where people were removed.
# loses: [check_suppress_below]
# teaches: The old row numbers are still there, and their gaps show who was removed. Give a new index.
# %% suppress_below
def suppress_below(df, qi, k):
    rows = df.groupby(qi, observed=True, dropna=False)[qi[0]].transform("size")
    kept = df[rows >= k]
    return kept, len(df) - len(kept)
