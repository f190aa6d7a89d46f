# shows: "Only the year before the test year is learned from."
# loses: [check_rolling_split]
# teaches: "Only one earlier year is learned from. How old may a month be?"
# %% rolling_split
def rolling_split(dates, first_year, delay):
    if delay < 0:
        raise ValueError("negative delay")
    pairs = []
    for year in sorted(set(dates.dt.year)):
        if year >= first_year:
            known = (dates < pd.Timestamp(year, 1, 1) - pd.DateOffset(months=delay)) & (dates.dt.year >= year - 1)
            if not (dates < pd.Timestamp(year, 1, 1) - pd.DateOffset(months=delay)).any():
                raise ValueError("nothing to learn from")
            pairs.append((list(dates.index[known]), list(dates.index[dates.dt.year == year])))
    return pairs
