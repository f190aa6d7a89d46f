# shows: Values below zero are treated as missing.
# loses: [check_lag_mean]
# teaches: What does the source say about values below zero?
# %% lag_mean
def lag_mean(df, column, lags):
    by_day = df.set_index("date")[column].where(lambda values: values >= 0)
    values = [by_day.reindex(df["date"] - pd.Timedelta(days=lag)).to_numpy() for lag in lags]
    return pd.Series(np.mean(values, axis=0), index=df.index)
