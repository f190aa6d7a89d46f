# shows: A baseline year that the table does not have is passed over without a word.
# loses: [check_baseline]
# %% baseline
def baseline(df, years):
    chosen = df[df["date"].dt.year.isin(years)]
    month, day = chosen["date"].dt.month.rename("month"), chosen["date"].dt.day.rename("day")
    return chosen.groupby([month, day])["deaths"].mean()
