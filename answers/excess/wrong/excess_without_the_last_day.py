# shows: The window ends before its last day, as a Python range would.
# loses: [check_excess, check_excess_days]
# teaches: The window ends one day too early. Look at what your code does with its last day.
# %% excess
def excess(df, start, end, years):
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
    return float(observed.sum() - expected.sum())
