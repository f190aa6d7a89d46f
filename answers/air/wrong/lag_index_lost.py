# shows: The index of the table is lost, so the means cannot become a column of it.
# loses: [check_lag_mean]
# teaches: With which index does your Series come back?
# %% lag_mean
def lag_mean(df, column, lags):
    by_day = df.set_index("date")[column]
    values = [by_day.reindex(df["date"] - pd.Timedelta(days=lag)).to_numpy() for lag in lags]
    return pd.Series(np.mean(values, axis=0))
