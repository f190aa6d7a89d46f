# shows: A missing value counts as zero.
# loses: [check_lag_mean]
# teaches: Was the air without particles on a day without a value?
# %% lag_mean
def lag_mean(df, column, lags):
    by_day = df.set_index("date")[column].fillna(0)
    values = [by_day.reindex(df["date"] - pd.Timedelta(days=lag)).to_numpy() for lag in lags]
    return pd.Series(np.mean(values, axis=0), index=df.index)
