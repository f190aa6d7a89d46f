# shows: A week without any report has no row.
# loses: [check_weekly_visits]
# %% weekly_visits
def weekly_visits(df):
    monday = df["date"] - pd.to_timedelta(df["date"].dt.day_of_week, unit="D")
    weeks = df.groupby(monday)["visits"].agg(["count", "sum"])
    total = weeks["sum"].where(weeks["count"] == 7)
    return pd.DataFrame({"monday": weeks.index, "days": weeks["count"].array, "visits": total.array})
