# shows: The table is sorted in place, so the caller's own table changes.
# loses: [check_lag_table]
# teaches: What does the caller's table look like after your function has run?
# %% lag_table
def lag_table(df: pd.DataFrame, column: str, max_lag: int) -> pd.DataFrame:
    df.sort_values("date", inplace=True)
    series = df.set_index("date")[column].sort_index()
    if max_lag < 0 or series.index.has_duplicates:
        raise ValueError("give each day once, and a lag of 0 days or more")
    every_day = series.asfreq("D")
    lags = pd.DataFrame({lag: every_day.shift(lag) for lag in range(max_lag + 1)})
    return lags.loc[series.index]
