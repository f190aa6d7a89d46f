# shows: A reported zero counts as no number.
# loses: [check_coverage]
# teaches: A country reported that nobody was ill. Did it report or not?
# %% coverage
def coverage(df):
    reported = df.groupby("country")["cases"].sum() > 0
    return {"with": sorted(reported.index[reported]), "without": sorted(reported.index[~reported]), "missing": float(df["cases"].isna().mean())}
