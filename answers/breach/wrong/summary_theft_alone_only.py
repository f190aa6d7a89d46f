# shows: Only rows whose kind is exactly Theft are counted.
# loses: [check_breach_summary]
# teaches: A breach can be a theft and a loss. Look at all the kinds that stand in a row.
# %% breach_summary
def breach_summary(df):
    known = df["people"].dropna()
    if known.empty:
        raise ValueError("no breach has a count of people")
    theft = df["kind"] == "Theft"
    return {
        "breaches": len(df),
        "missing": int(df["people"].isna().sum()),
        "people": known.sum(),
        "median": known.median(),
        "share_of_ten": known.nlargest(10).sum() / known.sum(),
        "theft": int(theft.sum()),
    }
