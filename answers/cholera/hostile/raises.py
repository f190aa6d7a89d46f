# shows: Every function raises an error of its own as soon as it is called.
# loses: [check_to_weekly, check_coverage, check_cfr, check_reconcile, check_rate_per_100000, check_map_class, check_neighbours, check_deaths_per_10000]
# %% to_weekly
def to_weekly(df):
    raise RuntimeError("not today")
# %% coverage
def coverage(df):
    return df["no such column"]
# %% cfr
def cfr(cases, deaths):
    return 1 / 0
# %% reconcile
def reconcile(ours, theirs, tolerance):
    return undefined_name
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    return rate_per_100000(cases, people, year, back)
# %% map_class
def map_class(rates, countries, cuts):
    raise KeyboardInterrupt
# %% neighbours
def neighbours(shapes, name):
    raise AssertionError
# %% deaths_per_10000
def deaths_per_10000(df, by):
    raise BaseException("not an Exception")
