# shows: A missing day is added up as zero.
# loses: [check_to_weekly]
# teaches: One day of a week is missing, and the week comes out as a number. What do you know about that day?
# %% to_weekly
def to_weekly(df):
    week = df["date"].dt.strftime("%G-W%V").rename("week")
    return df.groupby(["country", week])[["cases", "deaths"]].sum().reset_index()
