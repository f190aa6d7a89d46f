# shows: Weeks that are not complete are taken out of the table.
# loses: [check_weekly_visits]
# %% weekly_visits
def weekly_visits(df):
    monday = df["date"] - pd.to_timedelta(df["date"].dt.day_of_week, unit="D")
    weeks = df.groupby(monday)["visits"].agg(["count", "sum"])
    weeks = weeks[weeks["count"] == 7]
    total = weeks["sum"]
    return pd.DataFrame({"monday": weeks.index, "days": weeks["count"].array, "visits": total.array})
