# shows: The rows are shifted, so that a day after a hole gets the day before the hole as its yesterday.
# loses: [check_lag_table]
# teaches: A day is missing in the table. Which row does your function take for the day before?
# %% lag_table
def lag_table(df: pd.DataFrame, column: str, max_lag: int) -> pd.DataFrame:
    series = df.set_index("date")[column].sort_index()
    if max_lag < 0 or series.index.has_duplicates:
        raise ValueError("give each day once, and a lag of 0 days or more")
    every_day = series
    lags = pd.DataFrame({lag: every_day.shift(lag) for lag in range(max_lag + 1)})
    return lags.loc[series.index]
