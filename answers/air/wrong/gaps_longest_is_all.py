# shows: The longest gap is the number of all missing days.
# loses: [check_gaps]
# teaches: How many of the missing days follow one another?
# %% gaps
def gaps(df, column):
    series = df.set_index("date")[column]
    series = series.reindex(pd.date_range(series.index.min(), series.index.max()))
    missing = series.isna()
    in_a_row = missing.groupby((~missing).cumsum()).sum()
    return {
        "days": len(series),
        "missing": missing.sum(),
        "negative": (series < 0).sum(),
        "longest": missing.sum(),
    }
