# shows: "The window is cut out by the positions of its first and last row: right only while the rows are in order."
# loses: [check_excess]
# teaches: The window is cut out by the places of its rows. What happens to it when the rows come in another order?
# %% excess
def excess(df, start, end, years):
    window = pd.date_range(start, end)
    if set(window.year) & set(years):
        raise ValueError("the baseline contains the year of the event: choose other years")
    days = df["date"].tolist()
    if pd.Timestamp(start) not in days or pd.Timestamp(end) not in days:
        raise ValueError("not in the table")
    observed = df["deaths"].iloc[days.index(pd.Timestamp(start)) : days.index(pd.Timestamp(end)) + 1]
    usual = baseline(df, years)
    if (2, 29) not in usual.index:
        usual.loc[(2, 29)] = (usual.get((2, 28), np.nan) + usual.get((3, 1), np.nan)) / 2
    expected = usual.reindex(zip(window.month, window.day))
    if observed.isna().any() or expected.isna().any():
        raise ValueError("a day of the window has no count: choose a window, or years, without gaps")
    return float(observed.sum() - expected.sum())
