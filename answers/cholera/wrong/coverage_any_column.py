# shows: A missing number of deaths counts as a missing number of cases.
# loses: [check_coverage]
# teaches: Which column decides whether a row is missing?
# %% coverage
def coverage(df):
    empty = df.isna().any(axis=1)
    reported = (~empty).groupby(df["country"]).any()
    return {"with": sorted(reported.index[reported]), "without": sorted(reported.index[~reported]), "missing": float(empty.mean())}
