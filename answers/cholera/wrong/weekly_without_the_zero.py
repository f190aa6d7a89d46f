# shows: The number of the week is written with one digit.
# loses: [check_to_weekly]
# teaches: Compare the name of your first week with 2025-W01, letter for letter.
# %% to_weekly
def to_weekly(df):
    iso = df["date"].dt.isocalendar()
    week = (iso["year"].astype(str) + "-W" + iso["week"].astype(str)).rename("week")
    return df.groupby(["country", week])[["cases", "deaths"]].sum(min_count=7).reset_index()
