# shows: The rates of the schools are averaged, so that a small school counts as much as a large one.
# loses: [check_rate_ratio]
# teaches: A school of 60 pupils counts as much as one of 1,000 here. What should be added up first?
# %% rate_ratio
def rate_ratio(schools: pd.DataFrame) -> tuple[float, float, float]:
    known = schools[["exposed", "visits", "pupils"]].dropna()
    sums = known.groupby("exposed")[["visits", "pupils"]].sum().reindex([1, 0], fill_value=0)
    if (sums <= 0).any(axis=None):
        raise ValueError("one group has no visits or no pupils: there is nothing to compare")
    rates = (known["visits"] / known["pupils"]).groupby(known["exposed"]).mean()
    ratio = rates[1] / rates[0]
    factor = math.exp(1.96 * math.sqrt((1 / sums["visits"]).sum()))
    return ratio, ratio / factor, ratio * factor
