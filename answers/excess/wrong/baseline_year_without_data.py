# shows: A baseline year that the table does not have is passed over without a word.
# loses: [check_baseline]
# teaches: A year that the table does not have is passed over without a word. What does the docstring say must happen then?
# %% baseline
def baseline(df, years):
    chosen = df[df["date"].dt.year.isin(years)]
    month, day = chosen["date"].dt.month.rename("month"), chosen["date"].dt.day.rename("day")
    return chosen.groupby([month, day])["deaths"].mean()
