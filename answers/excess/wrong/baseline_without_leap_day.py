# shows: 29 February is thrown away in every year, because it made trouble.
# loses: [check_baseline, check_excess_days]
# teaches: "29 February is taken out of every year. What does the task say about this day?"
# %% baseline
def baseline(df, years):
    chosen = df[df["date"].dt.year.isin(years)]
    chosen = chosen[~((chosen["date"].dt.month == 2) & (chosen["date"].dt.day == 29))]
    without_data = set(years) - set(chosen["date"].dt.year)
    if without_data or not years:
        raise ValueError(f"no data for the baseline years {sorted(without_data)}")
    month, day = chosen["date"].dt.month.rename("month"), chosen["date"].dt.day.rename("day")
    return chosen.groupby([month, day])["deaths"].mean()
