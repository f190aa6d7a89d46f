# shows: People are counted in months without a count of cases.
# loses: [check_incidence]
# %% incidence
def incidence(df, by):
    people = df.groupby(by)["population"].sum()
    cases = df.groupby(by)["dengue_cases"].sum()
    rate = cases / (people / 12) * 100_000
    return rate.sort_values()
