# shows: Weeks by resample and by periods; zero filled in only where the count of days is whole.
# %% to_weekly
def to_weekly(df):
    parts = []
    for country, part in df.groupby("country"):
        days = part.set_index("date")[["cases", "deaths"]].sort_index()
        weekly = days.resample("W-SUN")
        table = weekly.sum()[weekly.size() > 0]
        table = table.where(weekly.count()[weekly.size() > 0] >= 7)
        parts.append(table.assign(country=country, week=[f"{d:%G}-W{d:%V}" for d in table.index]))
    return pd.concat(parts, ignore_index=True)[["country", "week", "cases", "deaths"]]
# %% coverage
def coverage(df):
    wide = df.assign(known=df["cases"].notna().astype(int)).groupby("country", sort=True)["known"].max()
    return {
        "with": wide[wide == 1].index.tolist(),
        "without": wide[wide == 0].index.tolist(),
        "missing": np.isnan(df["cases"].to_numpy(dtype=float)).sum() / df["cases"].size,
    }
# %% cfr
from scipy.stats import binomtest


def cfr(cases, deaths):
    both = cases.notna() & deaths.notna()
    n, d = cases[both].sum(), deaths[both].sum()
    if n < d:
        raise ValueError("deaths exceed cases")
    if not n:
        return None
    interval = binomtest(int(round(d)), int(round(n))).proportion_ci(method="wilson")
    return d / n, interval.low, interval.high
# %% reconcile
def reconcile(ours, theirs, tolerance):
    countries = ours.index.union(theirs.index).sort_values()
    a, b = ours.reindex(countries).astype(float), theirs.reindex(countries).astype(float)
    low, high = np.fmin(a, b), np.fmax(a, b)
    status = pd.Series("differ", index=countries)
    status[high - low <= tolerance * low] = "agree"
    status[a.isna() ^ b.isna()] = "one source"
    status[a.isna() & b.isna()] = "no data"
    ratio = (a / b).where(b != 0)
    return pd.concat({"ratio": ratio, "status": status, "low": low, "high": high}, axis=1)
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    known = people[people["population"].notna()]
    known = known[(known["year"] <= year) & (known["year"] >= year - back)]
    rows = known.loc[known.groupby("country")["year"].idxmax()] if len(known) else known
    table = pd.DataFrame(index=cases.index)
    table["year"] = table.index.map(dict(zip(rows["country"], rows["year"])))
    table["population"] = table.index.map(dict(zip(rows["country"], rows["population"])))
    table["rate"] = cases / (table["population"] / 100_000)
    return table.astype(float)
# %% deaths_per_10000
def deaths_per_10000(df, by):
    def one(group):
        return pd.Series({"districts": len(group), "deaths": group["deaths"].sum(), "population": group["population"].sum()})

    whole = df[["deaths", "population"]].notna().all(axis=1)
    table = df[whole].groupby(by)[["deaths", "population"]].apply(one).reset_index()
    table["districts"] = table["districts"].astype(int)
    table["rate"] = table["deaths"] / (table["population"] / 10_000)
    return table
