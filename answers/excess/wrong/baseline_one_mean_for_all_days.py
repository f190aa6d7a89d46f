# shows: Every calendar day gets the mean of all days, so the season is lost.
# loses: [check_baseline, check_excess, check_excess_days]
# teaches: Every day gets the mean of all days, so the season is lost. Look at how your code tells one calendar day from another.
# %% baseline
def baseline(df, years):
    chosen = df[df["date"].dt.year.isin(years)]
    without_data = set(years) - set(chosen["date"].dt.year)
    if without_data or not years:
        raise ValueError(f"no data for the baseline years {sorted(without_data)}")
    month, day = chosen["date"].dt.month.rename("month"), chosen["date"].dt.day.rename("day")
    usual = chosen.groupby([month, day])["deaths"].mean()
    usual[:] = chosen["deaths"].mean()
    return usual
