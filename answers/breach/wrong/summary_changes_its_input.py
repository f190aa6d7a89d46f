# shows: The rows without a count are dropped from the given table itself.
# loses: [check_breach_summary]
# teaches: After your function, is the table that it was given still the same?
# %% breach_summary
def breach_summary(df):
    known = df["people"].dropna()
    if known.empty:
        raise ValueError("no breach has a count of people")
    theft = df["kind"].str.contains("Theft")
    rows = len(df)
    answer = int(df["people"].isna().sum())
    df.dropna(subset=["people"], inplace=True)
    return {
        "breaches": rows,
        "missing": answer,
        "people": known.sum(),
        "median": known.median(),
        "share_of_ten": known.nlargest(10).sum() / known.sum(),
        "theft": int(theft.sum()),
    }
