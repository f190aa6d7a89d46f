# shows: A missing population of the year hides that of the year before.
# loses: [check_rate_per_100000]
# teaches: The newest row of a country has no population in it. Is there an older one?
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    usable = people[people["year"].between(year - back, year)]
    latest = usable.sort_values("year").drop_duplicates("country", keep="last").set_index("country")
    found = latest[["year", "population"]].reindex(cases.index)
    return found.assign(rate=100_000 * cases / found["population"])
