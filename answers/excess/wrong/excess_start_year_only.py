# shows: Only the year of the first day is kept out of the baseline; a window over the new year has two.
# loses: [check_excess_days]
# teaches: Only the year of the first day is kept out of the baseline. In which years can the days of one window lie?
# %% excess
def excess(df, start, end, years):
    window = pd.date_range(start, end)
    if pd.Timestamp(start).year in years:
        raise ValueError("the baseline contains the year of the event: choose other years")
    observed = df.set_index("date")["deaths"].reindex(window)
    usual = baseline(df, years)
    if (2, 29) not in usual.index:
        usual.loc[(2, 29)] = (usual.get((2, 28), np.nan) + usual.get((3, 1), np.nan)) / 2
    expected = usual.reindex(zip(window.month, window.day))
    if observed.isna().any() or expected.isna().any():
        raise ValueError("a day of the window has no count: choose a window, or years, without gaps")
    return float(observed.sum() - expected.sum())
