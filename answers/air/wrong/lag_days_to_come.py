# shows: Days to come are taken instead of days before.
# loses: [check_lag_mean]
# teaches: Can somebody die today of what will be in the air tomorrow?
# %% lag_mean
def lag_mean(df, column, lags):
    by_day = df.set_index("date")[column]
    values = [by_day.reindex(df["date"] + pd.Timedelta(days=lag)).to_numpy() for lag in lags]
    return pd.Series(np.mean(values, axis=0), index=df.index)
