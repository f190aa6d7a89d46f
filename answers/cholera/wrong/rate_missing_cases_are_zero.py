# shows: A missing count of cases gives a rate of 0.
# loses: [check_rate_per_100000]
# teaches: A country sent no number, and its rate is 0. Is that what it told us?
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    usable = people[people["year"].between(year - back, year)].dropna(subset="population")
    latest = usable.sort_values("year").drop_duplicates("country", keep="last").set_index("country")
    found = latest[["year", "population"]].reindex(cases.index)
    return found.assign(rate=100_000 * cases.fillna(0) / found["population"])
