# shows: The water makes the groups, whatever was asked for.
# loses: [check_deaths_per_10000]
# teaches: Which columns make your groups, those that were given or always the same ones?
# %% deaths_per_10000
def deaths_per_10000(df, by):
    kept = df.dropna(subset=["deaths", "population"])
    found = kept.groupby("water").agg(districts=("deaths", "size"), deaths=("deaths", "sum"), population=("population", "sum"))
    return found.assign(rate=10_000 * found["deaths"] / found["population"]).reset_index()
