# shows: The less exposed group stands above the line.
# loses: [check_rate_ratio]
# teaches: Which group is compared with which?
# %% rate_ratio
def rate_ratio(schools: pd.DataFrame) -> tuple[float, float, float]:
    known = schools[["exposed", "visits", "pupils"]].dropna()
    sums = known.groupby("exposed")[["visits", "pupils"]].sum().reindex([1, 0], fill_value=0)
    if (sums <= 0).any(axis=None):
        raise ValueError("one group has no visits or no pupils: there is nothing to compare")
    rates = sums["visits"] / sums["pupils"]
    ratio = rates[0] / rates[1]
    factor = math.exp(1.96 * math.sqrt((1 / sums["visits"]).sum()))
    return ratio, ratio / factor, ratio * factor
