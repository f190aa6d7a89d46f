# shows: A missing count becomes zero people, which moves the median.
# loses: [check_breach_summary]
# teaches: A breach that nobody has counted did not reach zero people. What do you do with the missing counts?
# %% breach_summary
def breach_summary(df):
    known = df["people"].fillna(0)
    if known.empty:
        raise ValueError("no breach has a count of people")
    theft = df["kind"].str.contains("Theft")
    return {
        "breaches": len(df),
        "missing": int(df["people"].isna().sum()),
        "people": known.sum(),
        "median": known.median(),
        "share_of_ten": known.nlargest(10).sum() / known.sum(),
        "theft": int(theft.sum()),
    }
