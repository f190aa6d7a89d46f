# shows: Each day of each country is given a row first, then weeks are counted; ratios in logarithms are not used.
# %% weekly
def weekly(df, begins="Monday"):
    start, end = df["date"].min(), df["date"].max()
    start -= pd.Timedelta(days=(start.day_of_week - DAYS.index(begins)) % 7)
    length = -(-((end - start).days + 1) // 7) * 7
    days = pd.date_range(start, periods=length)
    tables = []
    for country in sorted(df["country"].unique()):
        one = df[df["country"] == country].set_index("date")["cases"].reindex(days).to_numpy(dtype=float).reshape(-1, 7)
        table = pd.DataFrame({"country": country, "week": days[::7]})
        table["days"] = (~np.isnan(one)).sum(axis=1)
        table["cases"] = one.sum(axis=1)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)
# %% compare_sources
def compare_sources(ours, theirs, tolerance):
    table = ours.to_frame("ours").join(theirs.to_frame("theirs"), how="outer").sort_index()
    known = table.notna()
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = table["ours"].to_numpy(float) / table["theirs"].to_numpy(float)
    table["ratio"] = np.where(np.isfinite(ratio), ratio, np.nan)
    distance = abs(table["ratio"] - 1)
    table["finding"] = "differ"
    table.loc[distance <= tolerance, "finding"] = "agree"
    table.loc[(table["ours"] == 0) & (table["theirs"] == 0), "finding"] = "agree"
    table.loc[known["ours"] & ~known["theirs"], "finding"] = "only ours"
    table.loc[~known["ours"] & known["theirs"], "finding"] = "only theirs"
    table.loc[~known["ours"] & ~known["theirs"], "finding"] = "no number"
    return table
# %% violations
def violations(failed, names, n_rows):
    sets = [set(failed["row"][failed["rule"] == name]) for name in names]
    rows = np.array([len(each) for each in sets] + [len(set.union(set(), *sets))])
    return pd.DataFrame({"rule": np.append(names, "any rule"), "rows": rows, "percent": rows / n_rows * 100})
