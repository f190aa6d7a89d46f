# shows: The columns month and day are written into the table that was given.
# loses: [check_baseline]
# teaches: New columns are written into the table that came in. Who else may use this table after your function?
# %% baseline
def baseline(df, years):
    df["month"], df["day"] = df["date"].dt.month, df["date"].dt.day
    chosen = df[df["date"].dt.year.isin(years)]
    without_data = set(years) - set(chosen["date"].dt.year)
    if without_data or not years:
        raise ValueError(f"no data for the baseline years {sorted(without_data)}")
    return chosen.groupby(["month", "day"])["deaths"].mean()
