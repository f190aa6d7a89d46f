# shows: A column with the sizes is added to the table that was given.
# loses: [check_suppress_below]
# teaches: A column was added to the table that came in. Who else may use this table?
# %% suppress_below
def suppress_below(df, qi, k):
    df["rows_of_class"] = df.groupby(qi, observed=True, dropna=False)[qi[0]].transform("size")
    kept = df[df["rows_of_class"] >= k].drop(columns="rows_of_class").reset_index(drop=True)
    return kept, len(df) - len(kept)
