# shows: What is not at least zero counts as negative, so missing does too.
# loses: [check_gaps]
# teaches: What does a comparison say of a missing value?
# %% gaps
def gaps(df, column):
    series = df.set_index("date")[column]
    series = series.reindex(pd.date_range(series.index.min(), series.index.max()))
    missing = series.isna()
    in_a_row = missing.groupby((~missing).cumsum()).sum()
    return {
        "days": len(series),
        "missing": missing.sum(),
        "negative": (~(series >= 0)).sum(),
        "longest": in_a_row.max(),
    }
