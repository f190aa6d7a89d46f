# shows: "shift within the place, in the order in which the rows happen to be."
# loses: [check_make_lags]
# teaches: "The row above is taken for the month before. In which order are the rows?"
# %% make_lags
def make_lags(df, by, columns, k):
    if k < 1 or df.duplicated([by, "date"]).any():
        raise ValueError("k must be 1 or more, and each month stands once")
    return df.join(df.groupby(by)[columns].shift(k).add_suffix(f"_lag{k}"))
