# shows: The week is written into the table that was given.
# loses: [check_to_weekly]
# teaches: The table that came in has a column more afterwards. Who else may use this table?
# %% to_weekly
def to_weekly(df):
    df["week"] = df["date"].dt.strftime("%G-W%V")
    return df.groupby(["country", "week"])[["cases", "deaths"]].sum(min_count=7).reset_index()
