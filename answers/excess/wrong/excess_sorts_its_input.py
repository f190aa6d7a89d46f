# shows: The table that was given is sorted in place, so the caller's rows are in another order afterwards.
# loses: [check_excess_days]
# teaches: The table that came in is sorted in place, so its rows are in another order afterwards. Who else may use this table?
# %% excess
def excess(df, start, end, years):
    df.sort_values("date", inplace=True)
    window = pd.date_range(start, end)
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
