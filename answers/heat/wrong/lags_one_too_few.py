# shows: The longest lag is left out.
# loses: [check_lag_table]
# teaches: "Count your columns: lag 0 is one of them, and so is the longest lag."
# %% lag_table
def lag_table(df: pd.DataFrame, column: str, max_lag: int) -> pd.DataFrame:
    series = df.set_index("date")[column].sort_index()
    if max_lag < 0 or series.index.has_duplicates:
        raise ValueError("give each day once, and a lag of 0 days or more")
    every_day = series.asfreq("D")
    lags = pd.DataFrame({lag: every_day.shift(lag) for lag in range(max_lag)})
    return lags.loc[series.index]
