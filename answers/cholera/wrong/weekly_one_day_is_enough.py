# shows: A week with a single number passes for a whole week.
# loses: [check_to_weekly]
# teaches: With min_count=1 one day is enough. How many days does a whole week have?
# %% to_weekly
def to_weekly(df):
    week = df["date"].dt.strftime("%G-W%V").rename("week")
    return df.groupby(["country", week])[["cases", "deaths"]].sum(min_count=1).reset_index()
