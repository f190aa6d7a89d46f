# shows: The number of classes that were removed is given, not of people.
# loses: [check_suppress_below]
# teaches: This counts the classes that went. Each may have been several people. Count the people.
# %% suppress_below
def suppress_below(df, qi, k):
    rows = df.groupby(qi, observed=True, dropna=False)[qi[0]].transform("size")
    kept = df[rows >= k].reset_index(drop=True)
    return kept, len(df[rows < k].drop_duplicates(qi))
