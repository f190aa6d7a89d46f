# shows: The number of each week by arithmetic, and NumPy's bincount.
# %% weekly_visits
def weekly_visits(df):
    first = df["date"].min() - pd.Timedelta(days=df["date"].min().weekday())
    counted = df[df["visits"].notna()]
    length = (df["date"].max() - first).days // 7 + 1
    place = (counted["date"] - first).dt.days.to_numpy() // 7
    days = np.bincount(place, minlength=length)
    visits = np.bincount(place, weights=counted["visits"].to_numpy(), minlength=length)
    mondays = [first + pd.Timedelta(weeks=n) for n in range(length)]
    return pd.DataFrame({"monday": mondays, "days": days, "visits": np.where(days == 7, visits, np.nan)})
