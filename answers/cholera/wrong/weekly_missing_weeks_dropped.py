# shows: Weeks with a gap are left out of the table.
# loses: [check_to_weekly]
# teaches: A week that is not known has a row too. How many rows does each country have?
# %% to_weekly
def to_weekly(df):
    week = df["date"].dt.strftime("%G-W%V").rename("week")
    return df.groupby(["country", week])[["cases", "deaths"]].sum(min_count=7).dropna().reset_index()
