# shows: The table that is left has the quasi-identifiers only.
# loses: [check_suppress_below]
# teaches: The other columns have gone. Without the sensitive column the university has nothing to study.
# %% suppress_below
def suppress_below(df, qi, k):
    rows = df.groupby(qi, observed=True, dropna=False)[qi[0]].transform("size")
    kept = df.loc[rows >= k, qi].reset_index(drop=True)
    return kept, len(df) - len(kept)
