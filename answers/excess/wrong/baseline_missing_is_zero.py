# shows: A missing count is filled with zero before the mean is taken.
# loses: [check_baseline]
# teaches: A day without a count is taken as a day without deaths. What do you know about the deaths on such a day?
# %% baseline
def baseline(df, years):
    chosen = df[df["date"].dt.year.isin(years)]
    without_data = set(years) - set(chosen["date"].dt.year)
    if without_data or not years:
        raise ValueError(f"no data for the baseline years {sorted(without_data)}")
    month, day = chosen["date"].dt.month.rename("month"), chosen["date"].dt.day.rename("day")
    chosen = chosen.fillna({"deaths": 0})
    return chosen.groupby([month, day])["deaths"].mean()
