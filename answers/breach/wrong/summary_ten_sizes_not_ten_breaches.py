# shows: The ten largest different sizes are taken, so that breaches of one size count once.
# loses: [check_breach_summary]
# teaches: Two breaches of the same size are two breaches. What happens to them on your way to the ten largest?
# %% breach_summary
def breach_summary(df):
    known = df["people"].dropna()
    if known.empty:
        raise ValueError("no breach has a count of people")
    theft = df["kind"].str.contains("Theft")
    return {
        "breaches": len(df),
        "missing": int(df["people"].isna().sum()),
        "people": known.sum(),
        "median": known.median(),
        "share_of_ten": known.drop_duplicates().nlargest(10).sum() / known.sum(),
        "theft": int(theft.sum()),
    }
