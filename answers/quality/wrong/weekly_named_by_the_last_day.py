# shows: A week is named by its last day.
# loses: [check_weekly]
# teaches: Is the date in your table the first day of the week or the last?
# %% weekly
def weekly(df, begins="Monday"):
    since = (df["date"].dt.day_of_week - DAYS.index(begins)) % 7
    first = df["date"] - pd.to_timedelta(since, unit="D")
    found = df.groupby(["country", first.rename("week")])["cases"].agg(["count", "sum"])
    weeks = pd.date_range(first.min(), first.max(), freq="7D")
    every = pd.MultiIndex.from_product([sorted(df["country"].unique()), weeks], names=["country", "week"])
    found = found.reindex(every, fill_value=0)
    table = pd.DataFrame({"days": found["count"], "cases": found["sum"].where(found["count"] == 7)})
    table = table.reset_index()
    return table.assign(week=table["week"] + pd.Timedelta(days=6))
