# shows: Weeks are counted in sevens from 1 January.
# loses: [check_to_weekly]
# teaches: Weeks are counted from 1 January, whatever day of the week it was. Where does ISO 8601 begin?
# %% to_weekly
def to_weekly(df):
    number = (df["date"].dt.day_of_year - 1) // 7 + 1
    week = (df["date"].dt.year.astype(str) + "-W" + number.astype(str).str.zfill(2)).rename("week")
    return df.groupby(["country", week])[["cases", "deaths"]].sum(min_count=7).reset_index()
