# shows: The rows are not put in order, so yesterday is whatever row stands above.
# loses: [check_lag_table]
# teaches: The rows may come in any order. What must be done before one row is called the day after another?
# %% lag_table
def lag_table(df, column, max_lag):
    series = df.set_index("date")[column]
    if max_lag < 0 or series.index.has_duplicates:
        raise ValueError("give each day once, and a lag of 0 days or more")
    return pd.DataFrame({lag: series.shift(lag) for lag in range(max_lag + 1)})
