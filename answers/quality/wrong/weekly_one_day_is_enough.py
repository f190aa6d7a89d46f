# shows: A week has a total as soon as one of its days has a number.
# loses: [check_weekly]
# teaches: A week of which most days are missing looks quiet. How many days does a total need?
# %% weekly
def weekly(df, begins="Monday"):
    since = (df["date"].dt.day_of_week - DAYS.index(begins)) % 7
    first = df["date"] - pd.to_timedelta(since, unit="D")
    found = df.groupby(["country", first.rename("week")])["cases"].agg(["count", "sum"])
    weeks = pd.date_range(first.min(), first.max(), freq="7D")
    every = pd.MultiIndex.from_product([sorted(df["country"].unique()), weeks], names=["country", "week"])
    found = found.reindex(every, fill_value=0)
    table = pd.DataFrame({"days": found["count"], "cases": found["sum"].where(found["count"] >= 1)})
    return table.reset_index()
