# shows: A group without visits or pupils gives a number, or an error of another kind.
# loses: [check_rate_ratio]
# teaches: With whom do you compare if a group is empty?
# %% rate_ratio
def rate_ratio(schools: pd.DataFrame) -> tuple[float, float, float]:
    known = schools[["exposed", "visits", "pupils"]].dropna()
    sums = known.groupby("exposed")[["visits", "pupils"]].sum().reindex([1, 0], fill_value=0)
    rates = sums["visits"] / sums["pupils"]
    ratio = rates[1] / rates[0]
    factor = float(np.exp(1.96 * np.sqrt((1 / sums["visits"]).sum())))
    return ratio, ratio / factor, ratio * factor
