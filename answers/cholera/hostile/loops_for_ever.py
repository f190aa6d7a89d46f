# shows: A search for a population never ends, so the function loops for ever when it is called.
# loses: [check_rate_per_100000]
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    while not (people["year"] == year + 1000).any():
        year -= 1
    return year
