# shows: The weeks are counted from the first date of the table.
# loses: [check_weekly]
# teaches: On which day of the week does your first week begin, if the table begins on a Friday?
# %% weekly
def weekly(df, begins="Monday"):
    since = (df["date"] - df["date"].min()).dt.days % 7
    first = df["date"] - pd.to_timedelta(since, unit="D")
    found = df.groupby(["country", first.rename("week")])["cases"].agg(["count", "sum"])
    weeks = pd.date_range(first.min(), first.max(), freq="7D")
    every = pd.MultiIndex.from_product([sorted(df["country"].unique()), weeks], names=["country", "week"])
    found = found.reindex(every, fill_value=0)
    table = pd.DataFrame({"days": found["count"], "cases": found["sum"].where(found["count"] == 7)})
    return table.reset_index()
