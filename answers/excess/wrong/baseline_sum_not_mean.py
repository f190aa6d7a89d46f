# shows: The deaths of the baseline years are added up and not divided by the number of years.
# loses: [check_baseline, check_excess, check_excess_days]
# teaches: The deaths of the years are added up. How do you get from this sum to what is usual in one year?
# %% baseline
def baseline(df, years):
    chosen = df[df["date"].dt.year.isin(years)]
    without_data = set(years) - set(chosen["date"].dt.year)
    if without_data or not years:
        raise ValueError(f"no data for the baseline years {sorted(without_data)}")
    month, day = chosen["date"].dt.month.rename("month"), chosen["date"].dt.day.rename("day")
    return chosen.groupby([month, day])["deaths"].sum()
