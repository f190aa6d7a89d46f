# shows: "Positions of the rows are returned in place of their labels."
# loses: [check_rolling_split]
# teaches: "The numbers are places in the table, counted from 0. The index of a Series has labels of its own: which are they?"
# %% rolling_split
def rolling_split(dates, first_year, delay):
    if delay < 0:
        raise ValueError("negative delay")
    pairs = []
    for year in sorted(set(dates.dt.year)):
        if year >= first_year:
            known = (dates < pd.Timestamp(year, 1, 1) - pd.DateOffset(months=delay)).to_numpy()
            if not known.any():
                raise ValueError("nothing to learn from")
            pairs.append((np.flatnonzero(known).tolist(), np.flatnonzero((dates.dt.year == year).to_numpy()).tolist()))
    return pairs
