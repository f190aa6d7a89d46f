# shows: The rate is rounded to whole numbers.
# loses: [check_rate_per_100000]
# teaches: Rounding hides small rates. Where does it belong?
# %% rate_per_100000
def rate_per_100000(cases, people, year, back):
    usable = people[people["year"].between(year - back, year)].dropna(subset="population")
    latest = usable.sort_values("year").drop_duplicates("country", keep="last").set_index("country")
    found = latest[["year", "population"]].reindex(cases.index)
    return found.assign(rate=(100_000 * cases / found["population"]).round())
