# shows: The day before a gap is counted with it.
# loses: [check_gaps]
# teaches: Count only the days without a value. Where does a run begin?
# %% gaps
def gaps(df, column):
    series = df.set_index("date")[column]
    series = series.reindex(pd.date_range(series.index.min(), series.index.max()))
    missing = series.isna()
    in_a_row = missing.groupby((~missing).cumsum()).size()
    return {
        "days": len(series),
        "missing": missing.sum(),
        "negative": (series < 0).sum(),
        "longest": in_a_row.max(),
    }
