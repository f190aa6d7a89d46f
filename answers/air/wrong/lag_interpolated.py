# shows: Missing values are made up between their neighbours.
# loses: [check_lag_mean]
# teaches: Where does a value come from on a day on which nobody measured?
# %% lag_mean
def lag_mean(df, column, lags):
    by_day = df.set_index("date")[column].sort_index().asfreq("D").interpolate()
    values = [by_day.reindex(df["date"] - pd.Timedelta(days=lag)).to_numpy() for lag in lags]
    return pd.Series(np.mean(values, axis=0), index=df.index)
