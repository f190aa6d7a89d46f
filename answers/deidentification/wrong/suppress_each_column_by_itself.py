# shows: Values that are rare in one column are removed, combinations are not looked at.
# loses: [check_suppress_below]
# teaches: Each column was looked at by itself. A person can be alone by area, age and sex together, though each is common.
# %% suppress_below
def suppress_below(df, qi, k):
    kept = df
    for column in qi:
        kept = kept[kept.groupby(column, observed=True, dropna=False)[column].transform('size') >= k]
    return kept.reset_index(drop=True), len(df) - len(kept)
