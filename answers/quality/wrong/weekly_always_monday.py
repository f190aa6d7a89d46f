# shows: Weeks begin on Monday, whatever the caller says.
# loses: [check_weekly]
# teaches: Some offices begin the week on another day. Where does the caller say so?
# %% weekly
def weekly(df, begins="Monday"):
    since = (df["date"].dt.day_of_week - 0) % 7
    first = df["date"] - pd.to_timedelta(since, unit="D")
    found = df.groupby(["country", first.rename("week")])["cases"].agg(["count", "sum"])
    weeks = pd.date_range(first.min(), first.max(), freq="7D")
    every = pd.MultiIndex.from_product([sorted(df["country"].unique()), weeks], names=["country", "week"])
    found = found.reindex(every, fill_value=0)
    table = pd.DataFrame({"days": found["count"], "cases": found["sum"].where(found["count"] == 7)})
    return table.reset_index()
