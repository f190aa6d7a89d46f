# shows: Without any count the function returns NaN instead of refusing.
# loses: [check_breach_summary]
# teaches: What do you return when no breach has a count? The docstring asks for a refusal.
# %% breach_summary
def breach_summary(df):
    known = df["people"].dropna()
    theft = df["kind"].str.contains("Theft")
    return {
        "breaches": len(df),
        "missing": int(df["people"].isna().sum()),
        "people": known.sum(),
        "median": known.median(),
        "share_of_ten": known.nlargest(10).sum() / known.sum(),
        "theft": int(theft.sum()),
    }
