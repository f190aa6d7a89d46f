# shows: pandas' own resampling, with weeks that begin on Monday.
# %% weekly_visits
def weekly_visits(df):
    by_week = df.set_index("date")["visits"].sort_index().resample("W-MON", label="left", closed="left")
    weeks = by_week.agg(["count", "sum"])
    weeks.loc[weeks["count"] < 7, "sum"] = None
    weeks = weeks.rename_axis("monday").reset_index()
    return weeks.rename(columns={"count": "days", "sum": "visits"})
