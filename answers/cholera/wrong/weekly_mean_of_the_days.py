# shows: The week is the mean of its days.
# loses: [check_to_weekly]
# teaches: A week has as many cases as its seven days together. Is yours as large as one day?
# %% to_weekly
def to_weekly(df):
    week = df["date"].dt.strftime("%G-W%V").rename("week")
    groups = df.groupby(["country", week])[["cases", "deaths"]]
    return groups.mean().where(groups.count() == 7).reset_index()
