# shows: 29 February is left out of the window when the baseline has none, observed deaths and all.
# loses: [check_excess_days]
# teaches: "29 February is taken out of the window when the baseline does not have it. People died on that day, too: what does the docstring put in the place of the missing mean?"
# %% excess
def excess(df, start, end, years):
    window = pd.date_range(start, end)
    if set(window.year) & set(years):
        raise ValueError("the baseline contains the year of the event: choose other years")
    observed = df.set_index("date")["deaths"].reindex(window)
    usual = baseline(df, years)
    if (2, 29) not in usual.index:
        window = window[~((window.month == 2) & (window.day == 29))]
        observed = observed[window]
    expected = usual.reindex(zip(window.month, window.day))
    if observed.isna().any() or expected.isna().any():
        raise ValueError("a day of the window has no count: choose a window, or years, without gaps")
    return float(observed.sum() - expected.sum())
