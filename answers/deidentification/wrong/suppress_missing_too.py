# shows: People whose quasi-identifier is missing are removed, whatever the size of their class.
# loses: [check_suppress_below]
# teaches: Everybody with a missing value has gone, although there are enough of them. What does groupby do with NaN by itself?
# %% suppress_below
def suppress_below(df, qi, k):
    rows = df.groupby(qi, observed=True)[qi[0]].transform("size")
    kept = df[rows >= k].reset_index(drop=True)
    return kept, len(df) - len(kept)
