# shows: Classes with exactly k rows are removed too.
# loses: [check_suppress_below]
# teaches: Classes with exactly k rows have gone. Are they too small for k?
# %% suppress_below
def suppress_below(df, qi, k):
    rows = df.groupby(qi, observed=True, dropna=False)[qi[0]].transform("size")
    kept = df[rows > k].reset_index(drop=True)
    return kept, len(df) - len(kept)
