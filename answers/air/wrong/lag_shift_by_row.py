# shows: Rows are shifted, so the row above is taken for the day before, over gaps and in any order.
# loses: [check_lag_mean]
# teaches: Is the row above always the day before?
# %% lag_mean
def lag_mean(df, column, lags):
    return sum(df[column].shift(lag) for lag in lags) / len(lags)
