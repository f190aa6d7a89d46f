# shows: The rate is per 10,000.
# loses: [check_rate_per_100000]
# teaches: Per how many people is your rate?
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    usable = people[people["year"].between(year - back, year)].dropna(subset="population")
    latest = usable.sort_values("year").drop_duplicates("country", keep="last").set_index("country")
    found = latest[["year", "population"]].reindex(cases.index)
    return found.assign(rate=10_000 * cases / found["population"])
