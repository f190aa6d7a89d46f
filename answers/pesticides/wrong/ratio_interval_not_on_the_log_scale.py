# shows: The interval goes as far down as up.
# loses: [check_rate_ratio]
# teaches: "Your interval is symmetric around the ratio. Half as often and twice as often: are they equally far from 1?"
# %% rate_ratio
def rate_ratio(schools: pd.DataFrame) -> tuple[float, float, float]:
    known = schools[["exposed", "visits", "pupils"]].dropna()
    sums = known.groupby("exposed")[["visits", "pupils"]].sum().reindex([1, 0], fill_value=0)
    if (sums <= 0).any(axis=None):
        raise ValueError("one group has no visits or no pupils: there is nothing to compare")
    rates = sums["visits"] / sums["pupils"]
    ratio = rates[1] / rates[0]
    factor = math.exp(1.96 * math.sqrt((1 / sums["visits"]).sum()))
    return ratio, ratio - (ratio * math.log(factor)), ratio + ratio * math.log(factor)
