# shows: The countries are added up into one.
# loses: [check_to_weekly]
# teaches: Your table has one row for a week. Whose week is it?
# %% to_weekly
def to_weekly(df):
    week = df["date"].dt.strftime("%G-W%V").rename("week")
    found = df.groupby(week)[["cases", "deaths"]].sum(min_count=7).reset_index()
    found.insert(0, "country", df["country"].iloc[0])
    return found
