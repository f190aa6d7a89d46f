# shows: "Each test year is judged by all other years, later ones too."
# loses: [check_rolling_split]
# teaches: "All other years are learned from, also those after the test year. Which of them were known when it began?"
# %% rolling_split
def rolling_split(dates, first_year, delay):
    if delay < 0:
        raise ValueError("negative delay")
    pairs = []
    for year in sorted(set(dates.dt.year)):
        if year >= first_year:
            test = dates.dt.year == year
            if test.all():
                raise ValueError("nothing to learn from")
            pairs.append((list(dates.index[~test]), list(dates.index[test])))
    return pairs
