# shows: A school of which nobody knows the exposure counts as not exposed.
# loses: [check_rate_ratio]
# teaches: A comparison with a missing number is False in Python. Into which group do these schools fall here?
# %% rate_ratio
def rate_ratio(schools: pd.DataFrame) -> tuple[float, float, float]:
    known = schools.dropna(subset=["visits", "pupils"]).fillna({"exposed": 0})
    sums = known.groupby("exposed")[["visits", "pupils"]].sum().reindex([1, 0], fill_value=0)
    if (sums <= 0).any(axis=None):
        raise ValueError("one group has no visits or no pupils: there is nothing to compare")
    rates = sums["visits"] / sums["pupils"]
    ratio = rates[1] / rates[0]
    factor = math.exp(1.96 * math.sqrt((1 / sums["visits"]).sum()))
    return ratio, ratio / factor, ratio * factor
