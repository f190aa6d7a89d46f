# shows: Weeks run from Sunday to Saturday.
# loses: [check_weekly_visits]
# %% weekly_visits
def weekly_visits(df):
    monday = df["date"] - pd.to_timedelta((df["date"].dt.day_of_week + 1) % 7, unit="D")
    weeks = df.groupby(monday)["visits"].agg(["count", "sum"])
    weeks = weeks.reindex(pd.date_range(monday.min(), monday.max(), freq="7D"), fill_value=0)
    total = weeks["sum"].where(weeks["count"] == 7)
    return pd.DataFrame({"monday": weeks.index, "days": weeks["count"].array, "visits": total.array})
