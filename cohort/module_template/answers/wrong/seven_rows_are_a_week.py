# shows: Each seven rows are a week, in the order in which they come.
# loses: [check_weekly_visits]
# %% weekly_visits
def weekly_visits(df):
    rows = np.arange(len(df)) // 7
    by_week = df.groupby(rows)
    total = by_week["visits"].sum().where(by_week["visits"].count() == 7)
    days = by_week["visits"].count()
    return pd.DataFrame({"monday": by_week["date"].min(), "days": days, "visits": total})
