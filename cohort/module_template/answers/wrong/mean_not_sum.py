# shows: The visits of a week are the mean of its days.
# loses: [check_weekly_visits]
# %% weekly_visits
def weekly_visits(df):
    monday = df["date"] - pd.to_timedelta(df["date"].dt.day_of_week, unit="D")
    weeks = df.groupby(monday)["visits"].agg(["count", "mean"]).rename(columns={"mean": "sum"})
    weeks = weeks.reindex(pd.date_range(monday.min(), monday.max(), freq="7D"), fill_value=0)
    total = weeks["sum"].where(weeks["count"] == 7)
    return pd.DataFrame({"monday": weeks.index, "days": weeks["count"].array, "visits": total.array})
