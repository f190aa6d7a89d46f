# shows: A function of the student's own gives both totals, and the later tasks use it; returns numpy and list types.
# %% excess
def totals(df, start, end, years):
    days = pd.date_range(start, end)
    if any(year in years for year in days.year):
        raise ValueError("choose baseline years without the event")
    counts = pd.Series(df["deaths"].values, index=pd.DatetimeIndex(df["date"])).sort_index()
    window = counts.loc[start:end]
    if len(window) < len(days) or window.isna().sum() > 0:
        raise ValueError("some days have no count")
    usual = baseline(df, years).to_dict()
    if (2, 28) in usual and (3, 1) in usual:
        usual.setdefault((2, 29), (usual[2, 28] + usual[3, 1]) / 2)
    try:
        expected = [usual[d.month, d.day] for d in days]
    except KeyError as error:
        raise ValueError("no baseline for this day") from error
    if np.isnan(expected).any():
        raise ValueError("no baseline for a day")
    return window.sum(), np.sum(expected)


def excess(df, start, end, years):
    observed, expected = totals(df, start, end, years)
    return observed - expected
# %% excess_interval
def excess_interval(df, start, end, years):
    observed, expected = totals(df, start, end, years)
    return list(observed - expected + np.array([-1.96, 1.96]) * np.sqrt(observed + expected / len(years)))
# %% compare_baselines
def compare_baselines(df, start, end, choices):
    table = pd.DataFrame(index=list(choices), columns=["expected", "excess", "low", "high"], dtype=float)
    for name, years in choices.items():
        table.loc[name, "expected"] = totals(df, start, end, years)[1]
        table.loc[name, "excess"] = excess(df, start, end, years)
        table.loc[name, ["low", "high"]] = excess_interval(df, start, end, years)
    return table.sort_values(by="excess", ascending=True)
# %% undercount
def undercount(excess, share_registered):
    assert_share = 0 < share_registered <= 1
    if not assert_share:
        raise ValueError
    return np.float64(excess) / share_registered
