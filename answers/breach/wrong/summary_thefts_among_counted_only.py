# shows: Thefts without a count of people are left out.
# loses: [check_breach_summary]
# teaches: What was stolen is known also where the number of people is not. Which rows do you look at for theft?
# %% breach_summary
def breach_summary(df):
    known = df["people"].dropna()
    if known.empty:
        raise ValueError("no breach has a count of people")
    theft = df.loc[df["people"].notna(), "kind"].str.contains("Theft")
    return {
        "breaches": len(df),
        "missing": int(df["people"].isna().sum()),
        "people": known.sum(),
        "median": known.median(),
        "share_of_ten": known.nlargest(10).sum() / known.sum(),
        "theft": int(theft.sum()),
    }
