# shows: "One split only: before the first test year, and from it on."
# loses: [check_rolling_split]
# teaches: "There is one pair only, with all later years as one test. When 2004 begins, what more is known than when 2003 began?"
# %% rolling_split
def rolling_split(dates, first_year, delay):
    if delay < 0:
        raise ValueError("negative delay")
    known = dates < pd.Timestamp(first_year, 1, 1) - pd.DateOffset(months=delay)
    test = dates.dt.year >= first_year
    if not test.any():
        return []
    if not known.any():
        raise ValueError("nothing to learn from")
    return [(list(dates.index[known]), list(dates.index[test]))]
