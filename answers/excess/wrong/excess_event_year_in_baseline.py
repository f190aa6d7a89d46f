# shows: A baseline that contains the year of the event is accepted, and hides a part of the excess.
# loses: [check_excess_days]
# teaches: A baseline that contains the year of the event is accepted. What does the event then do to the expected deaths?
# %% excess
def excess(df, start, end, years):
    window = pd.date_range(start, end)
    observed = df.set_index("date")["deaths"].reindex(window)
    usual = baseline(df, years)
    if (2, 29) not in usual.index:
        usual.loc[(2, 29)] = (usual.get((2, 28), np.nan) + usual.get((3, 1), np.nan)) / 2
    expected = usual.reindex(zip(window.month, window.day))
    if observed.isna().any() or expected.isna().any():
        raise ValueError("a day of the window has no count: choose a window, or years, without gaps")
    return float(observed.sum() - expected.sum())
