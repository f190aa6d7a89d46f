# shows: "numpy arrays and masks; counts are numpy integers and the pairs are lists."
# %% rolling_split
def rolling_split(dates, first_year, delay):
    if delay < 0:
        raise ValueError("the delay is negative")
    months = dates.to_numpy().astype("datetime64[M]")
    years = months.astype("datetime64[Y]").astype(int) + 1970
    labels = dates.index.to_numpy()
    result = []
    for year in np.unique(years):
        if year < first_year:
            continue
        begin = np.datetime64(f"{year}-01", "M") - delay
        if not (months < begin).any():
            raise ValueError("no training rows")
        result.append([labels[months < begin].tolist(), labels[years == year].tolist()])
    return result
# %% outbreak
def outbreak(df, limits):
    keys = pd.MultiIndex.from_arrays([df["micro_code"], df["date"].dt.month])
    limit = limits.reindex(keys).to_numpy(dtype=float)
    rate = df["rate"].to_numpy(dtype=float)
    values = np.where(np.isnan(rate) | np.isnan(limit), np.nan, np.where(rate > limit, 1.0, 0.0))
    return pd.Series(values, index=df.index)
# %% score
def score(happened, rang):
    a, b = happened.to_numpy(dtype=float), rang.to_numpy(dtype=float)
    keep = ~np.isnan(a) & ~np.isnan(b)
    a, b = a[keep].astype(bool), b[keep].astype(bool)
    hits, missed, false_alarms = np.sum(a & b), np.sum(a & ~b), np.sum(~a & b)
    with np.errstate(invalid="ignore"):
        shares = [None if n == 0 else np.float64(hits / n) for n in (a.sum(), b.sum())]
    return {"ppv": shares[1], "sensitivity": shares[0], "quiet": np.sum(~a & ~b), "false_alarms": false_alarms, "missed": missed, "hits": hits}
# %% cost_curve
def cost_curve(happened, height, multipliers, miss, false_alarm):
    y, z = happened.to_numpy(dtype=float), height.to_numpy(dtype=float)
    keep = ~np.isnan(y) & ~np.isnan(z)
    y, z = y[keep] == 1, z[keep]
    table = {"multiplier": list(multipliers), "sensitivity": [], "ppv": [], "cost": []}
    for m in multipliers:
        rang = z > m
        hits = (y & rang).sum()
        table["sensitivity"].append(hits / y.sum() if y.any() else np.nan)
        table["ppv"].append(hits / rang.sum() if rang.any() else np.nan)
        table["cost"].append(miss * (y & ~rang).sum() + false_alarm * (~y & rang).sum())
    return pd.DataFrame(table)
# %% assign_teams
def assign_teams(df, teams, visit):
    table = df.set_index("micro_code").sort_index()
    gain = table["probability"].mul(table["averted"]).sub(visit)
    ask = gain.index[gain.isna()].tolist()
    chosen = gain[gain > 0].sort_values(ascending=False, kind="stable").index[:teams]
    return list(chosen), ask
