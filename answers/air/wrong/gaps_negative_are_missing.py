# shows: Values below zero are counted as missing.
# loses: [check_gaps]
# teaches: The source says how the values below zero came about. Are they missing?
# %% gaps
def gaps(df, column):
    series = df.set_index("date")[column]
    series = series.reindex(pd.date_range(series.index.min(), series.index.max()))
    missing = series.isna() | (series < 0)
    in_a_row = missing.groupby((~missing).cumsum()).sum()
    return {
        "days": len(series),
        "missing": missing.sum(),
        "negative": (series < 0).sum(),
        "longest": in_a_row.max(),
    }
