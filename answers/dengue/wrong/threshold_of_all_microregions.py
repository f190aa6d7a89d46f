# shows: "One threshold a calendar month, from all microregions together."
# loses: [check_threshold]
# teaches: "All microregions have the same threshold. Is the usual of one place that of another?"
# %% threshold
def threshold(train, k=2):
    month = train["date"].dt.month.rename("month")
    pairs = pd.MultiIndex.from_tuples(sorted(set(zip(train["micro_code"], month))), names=["micro_code", "month"])
    rates = train.groupby(month)["rate"]
    limit = rates.mean() + k * rates.std()
    return pd.Series(limit.reindex(pairs.get_level_values(1)).to_numpy(), index=pairs)
