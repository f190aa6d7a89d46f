# shows: The mean is given as the median.
# loses: [check_breach_summary]
# teaches: A few breaches with millions of people pull one of your numbers up. Which number is the middle one?
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
        "median": known.mean(),
        "share_of_ten": known.nlargest(10).sum() / known.sum(),
        "theft": int(theft.sum()),
    }
