# shows: Countries without a population are dropped.
# loses: [check_rate_per_100000]
# teaches: A country without a population has lost its row. Who will ask about it now?
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    usable = people[people["year"].between(year - back, year)].dropna(subset="population")
    latest = usable.sort_values("year").drop_duplicates("country", keep="last").set_index("country")
    found = latest[["year", "population"]].reindex(cases.index).dropna()
    return found.assign(rate=100_000 * cases.reindex(found.index) / found["population"])
