# shows: "shift within the place, by rows: over a gap it takes an older month."
# loses: [check_make_lags]
# teaches: "Over an absent month an older one is taken. By what can you find the month before, if not by the row?"
# %% make_lags
def make_lags(df, by, columns, k):
    if k < 1 or df.duplicated([by, "date"]).any():
        raise ValueError("k must be 1 or more, and each month stands once")
    rows = df.sort_values([by, "date"])
    earlier = rows.groupby(by)[columns].shift(k).add_suffix(f"_lag{k}")
    return df.join(earlier)
