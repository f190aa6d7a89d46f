# shows: If deaths are missing, the cases of the week are thrown away too.
# loses: [check_to_weekly]
# teaches: Deaths are missing on a day of which the cases are known. What happens to the cases of the week?
# %% to_weekly
def to_weekly(df):
    week = df["date"].dt.strftime("%G-W%V").rename("week")
    found = df.groupby(["country", week])[["cases", "deaths"]].sum(min_count=7)
    return found.where(found.notna().all(axis=1)).reset_index()
