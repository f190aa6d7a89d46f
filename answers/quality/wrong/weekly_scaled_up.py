# shows: A week with missing days is scaled up to seven.
# loses: [check_weekly]
# teaches: You have filled days that nobody counted with the mean of the others. Where can a reader see that?
# %% weekly
def weekly(df, begins="Monday"):
    since = (df["date"].dt.day_of_week - DAYS.index(begins)) % 7
    first = df["date"] - pd.to_timedelta(since, unit="D")
    found = df.groupby(["country", first.rename("week")])["cases"].agg(["count", "sum"])
    weeks = pd.date_range(first.min(), first.max(), freq="7D")
    every = pd.MultiIndex.from_product([sorted(df["country"].unique()), weeks], names=["country", "week"])
    found = found.reindex(every, fill_value=0)
    table = pd.DataFrame({"days": found["count"], "cases": 7 * found["sum"] / found["count"]})
    return table.reset_index()
