# shows: A date that stands twice is kept once, without a word.
# loses: [check_lag_table]
# teaches: Two rows have the same date and differ. Who decides which one is right?
# %% lag_table
def lag_table(df: pd.DataFrame, column: str, max_lag: int) -> pd.DataFrame:
    series = df.drop_duplicates("date").set_index("date")[column].sort_index()
    if max_lag < 0:
        raise ValueError("give each day once, and a lag of 0 days or more")
    every_day = series.asfreq("D")
    lags = pd.DataFrame({lag: every_day.shift(lag) for lag in range(max_lag + 1)})
    return lags.loc[series.index]
