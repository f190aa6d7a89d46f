# shows: A population of any age is taken.
# loses: [check_rate_per_100000]
# teaches: How old is the population that you use, and how old may it be?
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    usable = people[people["year"] <= year].dropna(subset="population")
    latest = usable.sort_values("year").drop_duplicates("country", keep="last").set_index("country")
    found = latest[["year", "population"]].reindex(cases.index)
    return found.assign(rate=100_000 * cases / found["population"])
