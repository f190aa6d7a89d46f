# shows: The mean of the usable populations is taken.
# loses: [check_rate_per_100000]
# teaches: Is your population that of one year? Which one?
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    usable = people[people["year"].between(year - back, year)].dropna(subset="population")
    latest = usable.groupby("country").agg(year=("year", "max"), population=("population", "mean"))
    found = latest[["year", "population"]].reindex(cases.index)
    return found.assign(rate=100_000 * cases / found["population"])
