# shows: "shift over the whole sorted table: the first month of a place gets the last month of another."
# loses: [check_make_lags]
# teaches: "The first month of a place gets a value from another place. What does shift know about places?"
# %% make_lags
def make_lags(df, by, columns, k):
    if k < 1 or df.duplicated([by, "date"]).any():
        raise ValueError("k must be 1 or more, and each month stands once")
    rows = df.sort_values([by, "date"])
    earlier = rows[columns].shift(k).add_suffix(f"_lag{k}")
    return df.join(earlier)
