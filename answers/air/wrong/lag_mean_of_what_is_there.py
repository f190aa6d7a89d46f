# shows: The mean is taken of the days that have a value.
# loses: [check_lag_mean]
# teaches: If one of the days has no value, do you know the mean of all?
# %% lag_mean
def lag_mean(df, column, lags):
    by_day = df.set_index("date")[column]
    values = [by_day.reindex(df["date"] - pd.Timedelta(days=lag)).to_numpy() for lag in lags]
    return pd.Series(np.nanmean(values, axis=0), index=df.index)
