# shows: Plain loops over days and years instead of grouping; everything else follows from that.
# %% baseline
def baseline(df, years):
    counts = {}
    seen = set()
    for day, deaths in zip(df["date"], df["deaths"]):
        if day.year in years:
            seen.add(day.year)
            if not pd.isna(deaths):
                counts.setdefault((day.month, day.day), []).append(float(deaths))
    if not years or seen != set(years):
        raise ValueError("a baseline year has no data")
    keys = sorted(counts)
    means = [sum(counts[key]) / len(counts[key]) for key in keys]
    return pd.Series(means, index=pd.MultiIndex.from_tuples(keys, names=["month", "day"]))
# %% excess
def excess(df, start, end, years):
    deaths_on = {}
    for day, deaths in zip(df["date"], df["deaths"]):
        deaths_on[day] = deaths
    usual = baseline(df, years)
    total = 0.0
    day = pd.Timestamp(start)
    while day <= pd.Timestamp(end):
        if day.year in years:
            raise ValueError("event year in the baseline")
        if day not in deaths_on or pd.isna(deaths_on[day]):
            raise ValueError("no count for " + str(day))
        key = (day.month, day.day)
        if key in usual.index:
            expected = usual[key]
        elif key == (2, 29):
            expected = (usual[(2, 28)] + usual[(3, 1)]) / 2
        else:
            raise ValueError("no baseline for " + str(day))
        total += deaths_on[day] - expected
        day += pd.Timedelta(days=1)
    return total
# %% compare_baselines
def compare_baselines(df, start, end, choices):
    lines = []
    for name in choices:
        e = excess(df, start, end, choices[name])
        low, high = excess_interval(df, start, end, choices[name])
        observed = 0
        for day, deaths in zip(df["date"], df["deaths"]):
            if pd.Timestamp(start) <= day <= pd.Timestamp(end):
                observed += deaths
        lines.append((e, name, observed - e, low, high))
    lines.sort()
    return pd.DataFrame(
        {
            "expected": [line[2] for line in lines],
            "excess": [line[0] for line in lines],
            "low": [line[3] for line in lines],
            "high": [line[4] for line in lines],
        },
        index=[line[1] for line in lines],
    )
