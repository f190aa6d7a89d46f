# shows: One missing day makes a country one without data.
# loses: [check_coverage]
# teaches: A country has numbers on most days and a gap on one. Has it no number at all?
# %% coverage
def coverage(df):
    gaps = df["cases"].isna().groupby(df["country"]).any()
    return {"with": sorted(gaps.index[~gaps]), "without": sorted(gaps.index[gaps]), "missing": float(df["cases"].isna().mean())}
