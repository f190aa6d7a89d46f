# shows: A row counts as a report, also where its number is missing.
# loses: [check_weekly]
# teaches: A row can be there without a number. What does days count?
# %% weekly
def weekly(df, begins="Monday"):
    since = (df["date"].dt.day_of_week - DAYS.index(begins)) % 7
    first = df["date"] - pd.to_timedelta(since, unit="D")
    found = df.groupby(["country", first.rename("week")])["cases"].agg(["size", "sum"]).rename(columns={"size": "count"})
    weeks = pd.date_range(first.min(), first.max(), freq="7D")
    every = pd.MultiIndex.from_product([sorted(df["country"].unique()), weeks], names=["country", "week"])
    found = found.reindex(every, fill_value=0)
    table = pd.DataFrame({"days": found["count"], "cases": found["sum"].where(found["count"] == 7)})
    return table.reset_index()
