# shows: Each country has only the weeks from its own first to its own last row.
# loses: [check_weekly]
# teaches: One country has fewer weeks than another. Which weeks does the whole table have?
# %% weekly
def weekly(df, begins="Monday"):
    first = df["date"] - pd.to_timedelta((df["date"].dt.day_of_week - DAYS.index(begins)) % 7, unit="D")
    tables = []
    for country, rows in df.assign(week=first).groupby("country"):
        weeks = pd.date_range(rows["week"].min(), rows["week"].max(), freq="7D", name="week")
        found = rows.groupby("week")["cases"].agg(["count", "sum"]).reindex(weeks, fill_value=0)
        cases = found["sum"].where(found["count"] == 7)
        tables.append(pd.DataFrame({"country": country, "week": weeks, "days": found["count"].array, "cases": cases.array}))
    return pd.concat(tables, ignore_index=True)
