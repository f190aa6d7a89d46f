# shows: Zero counts as negative.
# loses: [check_gaps]
# teaches: Is zero below zero?
# %% gaps
def gaps(df, column):
    series = df.set_index("date")[column]
    series = series.reindex(pd.date_range(series.index.min(), series.index.max()))
    missing = series.isna()
    in_a_row = missing.groupby((~missing).cumsum()).sum()
    return {
        "days": len(series),
        "missing": missing.sum(),
        "negative": (series <= 0).sum(),
        "longest": in_a_row.max(),
    }
