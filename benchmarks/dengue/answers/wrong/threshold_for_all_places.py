# shows: One threshold for the whole country.
# loses: [check_outbreaks]
# %% outbreaks
def outbreaks(df, last_year):
    rate = df["dengue_cases"] / df["population"]
    limit = rate[df["year"] <= last_year].quantile(0.75)
    return rate[df["year"] > last_year] > limit
