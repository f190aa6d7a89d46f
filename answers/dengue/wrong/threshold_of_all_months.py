# shows: "One threshold a microregion, from all months together, repeated for each month."
# loses: [check_threshold]
# teaches: "All months of the year have the same threshold. Is ten cases as usual in September as in March?"
# %% threshold
def threshold(train, k=2):
    month = train["date"].dt.month.rename("month")
    pairs = pd.MultiIndex.from_tuples(sorted(set(zip(train["micro_code"], month))), names=["micro_code", "month"])
    rates = train.groupby("micro_code")["rate"]
    limit = rates.mean() + k * rates.std()
    return pd.Series(limit.reindex(pairs.get_level_values(0)).to_numpy(), index=pairs)
