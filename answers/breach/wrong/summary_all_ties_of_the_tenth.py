# shows: All breaches as large as the tenth are taken, so that there are more than ten.
# loses: [check_breach_summary]
# teaches: Count how many breaches your ten largest are, when many have the same size.
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
        "share_of_ten": known.nlargest(10, keep="all").sum() / known.sum(),
        "theft": int(theft.sum()),
    }
