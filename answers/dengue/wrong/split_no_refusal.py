# shows: "A test year without anything to learn from gives an empty training part."
# loses: [check_rolling_split]
# teaches: "A test year has nothing to learn from, and nobody is told. What does the docstring want to happen then?"
# %% rolling_split
def rolling_split(dates, first_year, delay):
    if delay < 0:
        raise ValueError("negative delay")
    pairs = []
    for year in sorted(set(dates.dt.year)):
        if year >= first_year:
            known = dates < pd.Timestamp(year, 1, 1) - pd.DateOffset(months=delay)
            pairs.append((list(dates.index[known]), list(dates.index[dates.dt.year == year])))
    return pairs
