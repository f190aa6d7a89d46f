# shows: Districts with gaps are counted among the districts.
# loses: [check_deaths_per_10000]
# teaches: A district that is in none of the sums is counted. What does districts say?
# %% deaths_per_10000
def deaths_per_10000(df, by):
    kept = df.dropna(subset=["deaths", "population"])
    found = kept.groupby(by).agg(deaths=("deaths", "sum"), population=("population", "sum"))
    found.insert(0, "districts", df.groupby(by).size())
    return found.assign(rate=10_000 * found["deaths"] / found["population"]).reset_index()
