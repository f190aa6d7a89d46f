# shows: The missing share is that of countries, not of rows.
# loses: [check_coverage]
# teaches: Which whole is your share a part of, the countries or the rows?
# %% coverage
def coverage(df):
    reported = df.groupby("country")["cases"].count() > 0
    return {"with": sorted(reported.index[reported]), "without": sorted(reported.index[~reported]), "missing": float((~reported).mean())}
