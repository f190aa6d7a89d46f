# shows: The rows that are left come in the order of their classes.
# loses: [check_suppress_below]
# teaches: The rows come in another order. The task asks to keep the order.
# %% suppress_below
def suppress_below(df, qi, k):
    rows = df.groupby(qi, observed=True, dropna=False)[qi[0]].transform("size")
    kept = df[rows >= k].sort_values(qi).reset_index(drop=True)
    return kept, len(df) - len(kept)
