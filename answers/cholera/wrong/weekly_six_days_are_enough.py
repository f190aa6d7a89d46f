# shows: A week with six of its days counts as whole.
# loses: [check_to_weekly]
# teaches: Look at a week with six reported days. Is its sum the number of the week?
# %% to_weekly
def to_weekly(df):
    week = df["date"].dt.strftime("%G-W%V").rename("week")
    return df.groupby(["country", week])[["cases", "deaths"]].sum(min_count=6).reset_index()
