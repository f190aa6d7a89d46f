# shows: The rate is per 1,000.
# loses: [check_deaths_per_10000]
# teaches: Per how many people is your rate?
# %% deaths_per_10000
def deaths_per_10000(df, by):
    kept = df.dropna(subset=["deaths", "population"])
    groups = kept.groupby(by)
    found = groups.agg(districts=("deaths", "size"), deaths=("deaths", "sum"), population=("population", "sum"))
    return found.assign(rate=1000 * found["deaths"] / found["population"]).reset_index()
