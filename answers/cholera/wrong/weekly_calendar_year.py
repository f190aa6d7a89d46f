# shows: The calendar year stands beside the ISO week.
# loses: [check_to_weekly]
# teaches: 30 December 2024 belongs to week 1. Of which year?
# %% to_weekly
def to_weekly(df):
    week = df["date"].dt.strftime("%Y-W%V").rename("week")
    return df.groupby(["country", week])[["cases", "deaths"]].sum(min_count=7).reset_index()
