# shows: Weeks are named by their Sunday, as pandas does if it is not told otherwise.
# loses: [check_weekly_visits]
# %% weekly_visits
def weekly_visits(df):
    by_week = df.set_index("date")["visits"].sort_index().resample("W")
    weeks = by_week.agg(["count", "sum"])
    total = weeks["sum"].where(weeks["count"] == 7)
    return pd.DataFrame({"monday": weeks.index, "days": weeks["count"].array, "visits": total.array})
