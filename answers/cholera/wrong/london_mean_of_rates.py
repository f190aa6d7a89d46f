# shows: The rate is the mean of the districts' rates.
# loses: [check_deaths_per_10000]
# teaches: A small district weighs as much as a large one. Add up first, then divide.
# %% deaths_per_10000
def deaths_per_10000(df, by):
    kept = df.dropna(subset=["deaths", "population"])
    kept = kept.assign(rate=10_000 * kept["deaths"] / kept["population"])
    groups = kept.groupby(by)
    return groups.agg(districts=("deaths", "size"), deaths=("deaths", "sum"), population=("population", "sum"), rate=("rate", "mean")).reset_index()
