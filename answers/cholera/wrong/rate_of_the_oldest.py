# shows: The oldest of the usable populations is taken.
# loses: [check_rate_per_100000]
# teaches: Of several years that may be used, which one is nearest to the cases?
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    usable = people[people["year"].between(year - back, year)].dropna(subset="population")
    latest = usable.sort_values("year").drop_duplicates("country").set_index("country")
    found = latest[["year", "population"]].reindex(cases.index)
    return found.assign(rate=100_000 * cases / found["population"])
