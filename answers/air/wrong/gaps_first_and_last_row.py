# shows: The first and last row are taken for the first and last date.
# loses: [check_gaps]
# teaches: Are the rows always in the order of the calendar?
# %% gaps
def gaps(df, column):
    series = df.set_index("date")[column]
    series = series.reindex(pd.date_range(series.index[0], series.index[-1]))
    missing = series.isna()
    in_a_row = missing.groupby((~missing).cumsum()).sum()
    return {
        "days": len(series),
        "missing": missing.sum(),
        "negative": (series < 0).sum(),
        "longest": in_a_row.max(),
    }
