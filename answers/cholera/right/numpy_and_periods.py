# shows: Arrays and unique values of numpy; the interval from the quadratic equation; borders from buffers of nothing.
# %% to_weekly
def to_weekly(df):
    iso = df["date"].dt.isocalendar().astype(int)
    key = df["country"].astype(str) + "|" + iso["year"].astype(str) + "-W" + iso["week"].map("{:02d}".format)
    names, place = np.unique(key.to_numpy(dtype=str), return_inverse=True)
    found = {"country": [name.split("|")[0] for name in names], "week": [name.split("|")[1] for name in names]}
    for what in ("cases", "deaths"):
        values = df[what].to_numpy(dtype=float)
        known = ~np.isnan(values)
        total = np.bincount(place[known], weights=values[known], minlength=len(names))
        days = np.bincount(place[known], minlength=len(names))
        found[what] = np.where(days == 7, total, np.nan)
    return pd.DataFrame(found)
# %% cfr
def cfr(cases, deaths):
    table = np.column_stack([cases.to_numpy(dtype=float), deaths.to_numpy(dtype=float)])
    n, d = table[~np.isnan(table).any(axis=1)].sum(axis=0)
    if d > n:
        raise ValueError("more deaths than cases")
    if n == 0:
        return None
    z2 = 1.96**2
    low, high = sorted(np.roots([1 + z2 / n, -(2 * d / n + z2 / n), (d / n) ** 2]).real)
    return d / n, low, high
# %% map_class
def map_class(rates, countries, cuts):
    value = np.array([rates.get(country, np.nan) for country in countries], dtype=float)
    conditions, texts = [np.isnan(value), value == 0, value < cuts[0]], ["no data", "none reported", f"under {cuts[0]:g}"]
    for low, high in zip(cuts[:-1], cuts[1:]):
        conditions.append((value >= low) & (value < high))
        texts.append(f"{low:g} to under {high:g}")
    return pd.Series(np.select(conditions, texts, default=f"{cuts[-1]:g} and more"), index=countries, name="class")
# %% neighbours
def neighbours(shapes, name):
    areas = gpd.GeoSeries.from_wkt(shapes["geometry"].tolist())
    names = np.array(shapes["name"], dtype=object)
    [places] = np.nonzero(names == name)
    if not len(places):
        raise ValueError("not on this map")
    mine = areas.iloc[places[0]]
    return sorted(other for other, gap in zip(names, areas.distance(mine)) if gap == 0 and other != name)
