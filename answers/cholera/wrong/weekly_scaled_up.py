# shows: Weeks with gaps are scaled up to seven days.
# loses: [check_to_weekly]
# teaches: A week with a gap is filled with its own mean. Did anybody report that?
# %% to_weekly
def to_weekly(df):
    week = df["date"].dt.strftime("%G-W%V").rename("week")
    return (7 * df.groupby(["country", week])[["cases", "deaths"]].mean()).reset_index()
