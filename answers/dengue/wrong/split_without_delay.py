# shows: "The delay is not used: reports that were not there yet are learned from."
# loses: [check_rolling_split]
# teaches: "The last months before a test year are learned from, although their reports are not there yet. Where does delay come in?"
# %% rolling_split
def rolling_split(dates, first_year, delay):
    if delay < 0:
        raise ValueError("negative delay")
    pairs = []
    for year in sorted(set(dates.dt.year)):
        if year >= first_year:
            known = dates < pd.Timestamp(year, 1, 1)
            if not known.any():
                raise ValueError("nothing to learn from")
            pairs.append((list(dates.index[known]), list(dates.index[dates.dt.year == year])))
    return pairs
