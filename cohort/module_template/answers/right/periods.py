# shows: Weeks as periods, and a join with all weeks between the first and the last.
# %% weekly_visits
def weekly_visits(df):
    week = df["date"].dt.to_period("W-SUN")
    counted = df.dropna().groupby(week.rename("week"))["visits"]
    weeks = pd.DataFrame(index=pd.period_range(week.min(), week.max(), freq="W-SUN"))
    weeks = weeks.join(counted.size().rename("days")).join(counted.sum())
    weeks["days"] = weeks["days"].fillna(0).astype(int)
    weeks.loc[weeks["days"] != 7, "visits"] = np.nan
    weeks.insert(0, "monday", weeks.index.start_time)
    return weeks
