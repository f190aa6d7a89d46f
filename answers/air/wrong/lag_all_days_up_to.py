# shows: All days up to the longest lag are taken, not those that are named.
# loses: [check_lag_mean]
# teaches: Which days does `lags` name, and which did you take?
# %% lag_mean
def lag_mean(df, column, lags):
    by_day = df.set_index("date")[column]
    values = [by_day.reindex(df["date"] - pd.Timedelta(days=lag)).to_numpy() for lag in range(max(lags) + 1)]
    return pd.Series(np.mean(values, axis=0), index=df.index)
