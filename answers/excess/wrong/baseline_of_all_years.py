# shows: The mean is taken over all years of the table, with the year of the event, and not over the years given.
# loses: [check_baseline, check_excess, check_excess_days]
# teaches: The mean is taken over all years of the table. Where does your code use the years that were given?
# %% baseline
def baseline(df, years):
    chosen = df[df["date"].dt.year.isin(years)]
    without_data = set(years) - set(chosen["date"].dt.year)
    if without_data or not years:
        raise ValueError(f"no data for the baseline years {sorted(without_data)}")
    chosen = df
    month, day = chosen["date"].dt.month.rename("month"), chosen["date"].dt.day.rename("day")
    return chosen.groupby([month, day])["deaths"].mean()
