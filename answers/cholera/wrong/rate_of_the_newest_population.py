# shows: The newest population is taken, though it is of a later year than the cases.
# loses: [check_rate_per_100000]
# teaches: The population that you use was not known in the year of the cases. Which years may you look at?
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    usable = people[people["year"] >= year - back].dropna(subset="population")
    latest = usable.sort_values("year").drop_duplicates("country", keep="last").set_index("country")
    found = latest[["year", "population"]].reindex(cases.index)
    return found.assign(rate=100_000 * cases / found["population"])
