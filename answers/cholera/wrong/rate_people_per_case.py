# shows: The ratio is upside down.
# loses: [check_rate_per_100000]
# teaches: The more cases, the smaller is your rate. Which of the two belongs above the line?
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    usable = people[people["year"].between(year - back, year)].dropna(subset="population")
    latest = usable.sort_values("year").drop_duplicates("country", keep="last").set_index("country")
    found = latest[["year", "population"]].reindex(cases.index)
    return found.assign(rate=found["population"] / cases / 100_000)
