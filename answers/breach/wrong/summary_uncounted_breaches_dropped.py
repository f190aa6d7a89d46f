# shows: Breaches without a count are no breaches in the summary.
# loses: [check_breach_summary]
# teaches: A breach that nobody has counted has happened. In which of the numbers does it belong?
# %% breach_summary
def breach_summary(df):
    known = df["people"].dropna()
    if known.empty:
        raise ValueError("no breach has a count of people")
    theft = df["kind"].str.contains("Theft")
    return {
        "breaches": len(known),
        "missing": int(df["people"].isna().sum()),
        "people": known.sum(),
        "median": known.median(),
        "share_of_ten": known.nlargest(10).sum() / known.sum(),
        "theft": int(theft.sum()),
    }
