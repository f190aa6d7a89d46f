# shows: The missing share is a percentage.
# loses: [check_coverage]
# teaches: Is your share a number from 0 to 1?
# %% coverage
def coverage(df):
    reported = df.groupby("country")["cases"].count() > 0
    return {"with": sorted(reported.index[reported]), "without": sorted(reported.index[~reported]), "missing": 100 * float(df["cases"].isna().mean())}
