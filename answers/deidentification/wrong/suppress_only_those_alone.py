# shows: Only people who are alone are removed, whatever k is.
# loses: [check_suppress_below]
# teaches: Only people who are alone were removed. With a larger k, classes of two or three are too small as well.
# %% suppress_below
def suppress_below(df, qi, k):
    rows = df.groupby(qi, observed=True, dropna=False)[qi[0]].transform("size")
    kept = df[(rows >= k) | (rows > 1)].reset_index(drop=True)
    return kept, len(df) - len(kept)
