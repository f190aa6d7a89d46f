# shows: Only the first column makes the groups.
# loses: [check_deaths_per_10000]
# teaches: Two columns were given. Does the second one change anything?
# %% deaths_per_10000
def deaths_per_10000(df, by):
    kept = df.dropna(subset=["deaths", "population"])
    found = kept.groupby(by[0]).agg(districts=("deaths", "size"), deaths=("deaths", "sum"), population=("population", "sum"))
    found = found.assign(rate=10_000 * found["deaths"] / found["population"]).reset_index()
    for name in by[1:]:
        found.insert(1, name, "all")
    return found
