# shows: The share is rounded to two digits.
# loses: [check_breach_summary]
# teaches: The docstring asks for numbers as they are. Do you round?
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
        "share_of_ten": round(known.nlargest(10).sum() / known.sum(), 2),
        "theft": int(theft.sum()),
    }
