# shows: The year of the cases is written, not that of the population.
# loses: [check_rate_per_100000]
# teaches: Your table says that the population is of the year of the cases. Is it?
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    usable = people[people["year"].between(year - back, year)].dropna(subset="population")
    latest = usable.sort_values("year").drop_duplicates("country", keep="last").set_index("country")
    found = latest[["year", "population"]].reindex(cases.index)
    return found.assign(year=float(year), rate=100_000 * cases / found["population"])
