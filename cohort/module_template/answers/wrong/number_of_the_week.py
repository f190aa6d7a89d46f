# shows: Days are grouped by the number of the week, whatever the year.
# loses: [check_weekly_visits]
# %% weekly_visits
def weekly_visits(df):
    number = df["date"].dt.isocalendar().week
    by_week = df.groupby(number)
    total = by_week["visits"].sum().where(by_week["visits"].count() == 7)
    first = by_week["date"].min()
    monday = first - pd.to_timedelta(first.dt.day_of_week, unit="D")
    days = by_week["visits"].count()
    return pd.DataFrame({"monday": monday.array, "days": days.array, "visits": total.array}).sort_values("monday")
