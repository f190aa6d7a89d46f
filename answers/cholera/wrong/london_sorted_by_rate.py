# shows: The groups are sorted by their rate.
# loses: [check_deaths_per_10000]
# teaches: In which order does the task want the groups?
# %% deaths_per_10000
def deaths_per_10000(df, by):
    kept = df.dropna(subset=["deaths", "population"])
    groups = kept.groupby(by)
    found = groups.agg(districts=("deaths", "size"), deaths=("deaths", "sum"), population=("population", "sum"))
    return found.assign(rate=10_000 * found["deaths"] / found["population"]).sort_values("rate").reset_index()
