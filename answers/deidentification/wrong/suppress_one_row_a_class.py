# shows: Doubles are dropped, so each class has one row left.
# loses: [check_suppress_below]
# teaches: "Each class has one row left: its people have become one person. Doubles are what hides people."
# %% suppress_below
def suppress_below(df, qi, k):
    rows = df.groupby(qi, observed=True, dropna=False)[qi[0]].transform("size")
    kept = df[rows >= k].drop_duplicates(qi).reset_index(drop=True)
    return kept, int((rows < k).sum())
