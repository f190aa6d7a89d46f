# shows: The first ten rows are taken for the ten largest.
# loses: [check_breach_summary]
# teaches: Are the first rows of the table the largest ones? Try the rows in another order.
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
        "share_of_ten": known.head(10).sum() / known.sum(),
        "theft": int(theft.sum()),
    }
