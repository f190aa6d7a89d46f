# shows: Rows with several kinds are counted once for each of their kinds.
# loses: [check_breach_summary]
# teaches: One breach with three kinds is still one breach. How often do you count its row?
# %% breach_summary
def breach_summary(df):
    known = df["people"].dropna()
    if known.empty:
        raise ValueError("no breach has a count of people")
    theft = df["kind"].str.contains("Theft") * df["kind"].str.split(", ").str.len()
    return {
        "breaches": len(df),
        "missing": int(df["people"].isna().sum()),
        "people": known.sum(),
        "median": known.median(),
        "share_of_ten": known.nlargest(10).sum() / known.sum(),
        "theft": int(theft.sum()),
    }
