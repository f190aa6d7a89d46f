# shows: Outer merges and pivot tables; the first day of each week is computed with the weekday.
# %% to_weekly
def to_weekly(df):
    d = df[["date", "country", "cases", "deaths"]].copy()
    thursday = d["date"] - pd.to_timedelta(d["date"].dt.weekday, unit="D") + pd.Timedelta(days=3)
    number = (thursday.dt.dayofyear - 1) // 7 + 1
    d["week"] = [f"{t.year}-W{n:02d}" for t, n in zip(thursday, number)]
    long = d.melt(["country", "week"], ["cases", "deaths"])
    long["known"] = long["value"].notna()
    table = long.groupby(["country", "week", "variable"]).agg(total=("value", "sum"), known=("known", "sum"))
    table.loc[table["known"] < 7, "total"] = np.nan
    wide = table["total"].unstack().reset_index()
    wide.columns.name = None
    return wide[["country", "week", "cases", "deaths"]]
# %% coverage
def coverage(df):
    heard = set(df.loc[df["cases"].notnull(), "country"])
    rest = set(df["country"]).difference(heard)
    return dict([("missing", 1 - df["cases"].count() / df.shape[0]), ("with", sorted(heard)), ("without", sorted(rest))])
# %% reconcile
def reconcile(ours, theirs, tolerance):
    left = ours.rename_axis("country").rename("a").reset_index()
    right = theirs.rename_axis("country").rename("b").reset_index()
    t = left.merge(right, on="country", how="outer").set_index("country").sort_index()
    t["ratio"] = (t["a"] / t["b"]).replace([np.inf, -np.inf], np.nan)
    t["low"], t["high"] = t[["a", "b"]].min(axis=1), t[["a", "b"]].max(axis=1)
    near = (t["a"] <= t["b"] * (1 + tolerance)) & (t["b"] <= t["a"] * (1 + tolerance))
    t["status"] = np.select(
        [t["a"].isna() & t["b"].isna(), t["a"].isna() | t["b"].isna(), near], ["no data", "one source", "agree"], "differ"
    )
    return t[["ratio", "status", "low", "high"]]
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    wide = people.pivot(index="country", columns="year", values="population")
    wide = wide.reindex(columns=range(year - back, year + 1)).reindex(cases.index)
    when = wide.apply(lambda row: row.last_valid_index(), axis=1).astype(float)
    size = wide.ffill(axis=1)[year]
    return pd.DataFrame({"year": when, "population": size, "rate": cases.div(size).mul(100_000)})
# %% map_class
def map_class(rates, countries, cuts):
    lower = [0, *cuts]
    table = pd.DataFrame({"rate": rates.reindex(countries)})
    names = [f"under {cuts[0]:g}"] + [f"{a:g} to under {b:g}" for a, b in zip(cuts, cuts[1:])] + [f"{cuts[-1]:g} and more"]
    table["text"] = [names[np.searchsorted(lower, rate, side="right") - 1] if rate > 0 else "" for rate in table["rate"]]
    table.loc[table["rate"] == 0, "text"] = "none reported"
    table.loc[table["rate"].isna(), "text"] = "no data"
    return table["text"]
# %% neighbours
def neighbours(shapes, name):
    frame = gpd.GeoDataFrame({"name": shapes["name"].tolist()}, geometry=gpd.GeoSeries.from_wkt(shapes["geometry"].tolist()))
    mine = frame[frame["name"] == name]
    if mine.empty:
        raise ValueError(f"no area {name}")
    joined = gpd.sjoin(frame[frame["name"] != name], mine, predicate="intersects")
    return joined["name_left"].sort_values().tolist()
# %% deaths_per_10000
def deaths_per_10000(df, by):
    whole = df[df["deaths"].notna() & df["population"].notna()].assign(districts=1)
    table = whole.pivot_table(index=by, values=["districts", "deaths", "population"], aggfunc="sum").reset_index()
    table["rate"] = 1e4 * table["deaths"] / table["population"]
    return table[[*by, "districts", "deaths", "population", "rate"]]
