# shows: Visits and pupils are added up each by itself, so that a school with only one of them still counts.
# loses: [check_rate_ratio]
# teaches: A school without visits still brings its pupils here. What does that do to the rate?
# %% rate_ratio
def rate_ratio(schools: pd.DataFrame) -> tuple[float, float, float]:
    known = schools.dropna(subset=["exposed"])
    sums = known.groupby("exposed")[["visits", "pupils"]].sum().reindex([1, 0], fill_value=0)
    if (sums <= 0).any(axis=None):
        raise ValueError("one group has no visits or no pupils: there is nothing to compare")
    rates = sums["visits"] / sums["pupils"]
    ratio = rates[1] / rates[0]
    factor = math.exp(1.96 * math.sqrt((1 / sums["visits"]).sum()))
    return ratio, ratio / factor, ratio * factor
