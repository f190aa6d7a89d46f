# shows: A function of the student's own gives both totals and leaves the last day out; the later tasks use it and lose nothing more.
# loses: [check_excess, check_excess_days]
# teaches: The window ends one day too early. Look at what your code does with its last day.
# %% excess
def totals(df, start, end, years):
    window = pd.date_range(start, end, inclusive="left")
    if set(window.year) & set(years):
        raise ValueError("the baseline contains the year of the event: choose other years")
    observed = df.set_index("date")["deaths"].reindex(window)
    usual = baseline(df, years)
    if (2, 29) not in usual.index:
        usual.loc[(2, 29)] = (usual.get((2, 28), np.nan) + usual.get((3, 1), np.nan)) / 2
    expected = usual.reindex(zip(window.month, window.day))
    if observed.isna().any() or expected.isna().any():
        raise ValueError("a day of the window has no count: choose a window, or years, without gaps")
    return float(observed.sum()), float(expected.sum())


def excess(df, start, end, years):
    observed, expected = totals(df, start, end, years)
    return observed - expected
# %% excess_interval
def excess_interval(df, start, end, years):
    observed, expected = totals(df, start, end, years)
    half = 1.96 * math.sqrt(observed + expected / len(years))
    return observed - expected - half, observed - expected + half
# %% compare_baselines
def compare_baselines(df, start, end, choices):
    rows = {}
    for name, years in choices.items():
        observed, expected = totals(df, start, end, years)
        rows[name] = [expected, observed - expected, *excess_interval(df, start, end, years)]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["expected", "excess", "low", "high"])
    return table.sort_values("excess")
