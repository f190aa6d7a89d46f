# shows: Weeks begin on Sunday.
# loses: [check_to_weekly]
# teaches: On which day of the week does an ISO week begin?
# %% to_weekly
def to_weekly(df):
    week = (df["date"] + pd.Timedelta(days=1)).dt.strftime("%G-W%V").rename("week")
    return df.groupby(["country", week])[["cases", "deaths"]].sum(min_count=7).reset_index()
