# shows: A missing number is added up as zero.
# loses: [check_deaths_per_10000]
# teaches: A district without a population lends its deaths to the group, but not its people.
# %% deaths_per_10000
def deaths_per_10000(df, by):
    kept = df
    groups = kept.groupby(by)
    found = groups.agg(districts=("deaths", "size"), deaths=("deaths", "sum"), population=("population", "sum"))
    return found.assign(rate=10_000 * found["deaths"] / found["population"]).reset_index()
