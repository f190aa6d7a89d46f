# shows: Rows are counted, so a day without a row is not missing.
# loses: [check_gaps]
# teaches: Which days of the calendar have no row?
# %% gaps
def gaps(df, column):
    series = df.set_index("date")[column]
    series = series.sort_index()
    missing = series.isna()
    in_a_row = missing.groupby((~missing).cumsum()).sum()
    return {
        "days": len(series),
        "missing": missing.sum(),
        "negative": (series < 0).sum(),
        "longest": in_a_row.max(),
    }
