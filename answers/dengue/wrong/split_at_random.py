# shows: "The rows are drawn at random: four of five to learn from, the fifth to judge by."
# loses: [check_rolling_split]
# teaches: "Rows are drawn at random, so later months are learned from. Which months were known when a test year began?"
# %% rolling_split
def rolling_split(dates, first_year, delay):
    if delay < 0:
        raise ValueError("negative delay")
    pairs = []
    for year in sorted(set(dates.dt.year)):
        if year >= first_year:
            test = dates.sample(frac=0.2, random_state=year).index
            pairs.append((list(dates.index.difference(test)), list(test)))
    return pairs
