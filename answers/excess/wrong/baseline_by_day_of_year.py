# shows: "Days are matched by their number in the year: from March on, a leap year is one day off."
# loses: [check_baseline, check_excess]
# teaches: "The days are matched by their number in the year. In a leap year that number is one higher from March on: what else can you match them by?"
# %% baseline
def baseline(df, years):
    chosen = df[df["date"].dt.year.isin(years)]
    without_data = set(years) - set(chosen["date"].dt.year)
    if without_data or not years:
        raise ValueError(f"no data for the baseline years {sorted(without_data)}")
    usual = chosen.groupby(chosen["date"].dt.day_of_year)["deaths"].mean()
    one_year = pd.date_range("2000-12-31", periods=len(usual) + 1)[1:] if len(usual) != 366 else pd.date_range("2000-01-01", "2000-12-31")
    if len(usual) < 365:
        one_year = pd.to_datetime(usual.index - 1, unit="D", origin="2001-01-01")
    usual.index = pd.MultiIndex.from_arrays([one_year.month, one_year.day], names=["month", "day"])
    return usual
