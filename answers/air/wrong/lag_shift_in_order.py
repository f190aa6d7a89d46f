# shows: The rows are put in order and shifted, but a day without a row is jumped over.
# loses: [check_lag_mean]
# teaches: What stands in the row above if a day has no row?
# %% lag_mean
def lag_mean(df, column, lags):
    ordered = df.sort_values("date")[column]
    means = sum(ordered.shift(lag) for lag in lags) / len(lags)
    return means.loc[df.index]
