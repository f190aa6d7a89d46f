# shows: The interval is made from the pupils and not from the visits.
# loses: [check_rate_ratio]
# teaches: "Which counts vary by chance: the visits, or the pupils?"
# %% rate_ratio
def rate_ratio(schools: pd.DataFrame) -> tuple[float, float, float]:
    known = schools[["exposed", "visits", "pupils"]].dropna()
    sums = known.groupby("exposed")[["visits", "pupils"]].sum().reindex([1, 0], fill_value=0)
    if (sums <= 0).any(axis=None):
        raise ValueError("one group has no visits or no pupils: there is nothing to compare")
    rates = sums["visits"] / sums["pupils"]
    ratio = rates[1] / rates[0]
    factor = math.exp(1.96 * math.sqrt((1 / sums["pupils"]).sum()))
    return ratio, ratio / factor, ratio * factor
