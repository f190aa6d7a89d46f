# shows: The share is given in percent.
# loses: [check_breach_summary]
# teaches: A share lies between 0 and 1.
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
        "share_of_ten": 100 * known.nlargest(10).sum() / known.sum(),
        "theft": int(theft.sum()),
    }
