# shows: Values below zero are set to zero.
# loses: [check_lag_mean]
# teaches: A value below zero counts as it is. Have you changed one?
# %% lag_mean
def lag_mean(df, column, lags):
    by_day = df.set_index("date")[column].clip(lower=0)
    values = [by_day.reindex(df["date"] - pd.Timedelta(days=lag)).to_numpy() for lag in lags]
    return pd.Series(np.mean(values, axis=0), index=df.index)
