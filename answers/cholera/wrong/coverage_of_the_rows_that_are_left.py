# shows: Rows without a number are dropped first, so no country is without.
# loses: [check_coverage]
# teaches: Rows without a number were dropped at the beginning. Which countries can be left?
# %% coverage
def coverage(df):
    share = float(df["cases"].isna().mean())
    df = df.dropna(subset=["cases"])
    return {"with": sorted(df["country"].unique()), "without": [], "missing": share}
