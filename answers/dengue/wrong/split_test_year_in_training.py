# shows: "The test year itself is learned from as well."
# loses: [check_rolling_split]
# teaches: "The test year is also among the rows to learn from. What must be new about the rows that you judge by?"
# %% rolling_split
def rolling_split(dates, first_year, delay):
    if delay < 0:
        raise ValueError("negative delay")
    pairs = []
    for year in sorted(set(dates.dt.year)):
        if year >= first_year:
            if not (dates < pd.Timestamp(year, 1, 1) - pd.DateOffset(months=delay)).any():
                raise ValueError("nothing to learn from")
            known = dates.dt.year <= year
            pairs.append((list(dates.index[known]), list(dates.index[dates.dt.year == year])))
    return pairs
