# shows: Only a population of the same year is used.
# loses: [check_rate_per_100000]
# teaches: There is no population for the year of the cases. What does the task allow then?
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    usable = people[people["year"] == year].dropna(subset="population")
    latest = usable.sort_values("year").drop_duplicates("country", keep="last").set_index("country")
    found = latest[["year", "population"]].reindex(cases.index)
    return found.assign(rate=100_000 * cases / found["population"])
