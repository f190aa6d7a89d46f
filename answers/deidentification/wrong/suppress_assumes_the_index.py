# shows: The index is taken for positions 0, 1, 2, ..., so in a list in another order the wrong rows go.
# loses: [check_suppress_below]
# teaches: "The right number of rows, but the wrong ones: an index is a name, not a position. Is yours 0, 1, 2, ... in every list?"
# %% suppress_below
def suppress_below(df, qi, k):
    plain = df.reset_index(drop=True)
    rows = plain.groupby(qi, observed=True, dropna=False)[qi[0]].transform("size")
    small = list(rows.index[rows < k])
    kept = df.drop(index=[label for label in small if label in df.index]).reset_index(drop=True)
    return kept, len(small)
