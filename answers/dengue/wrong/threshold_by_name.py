# shows: "Microregions are told apart by their names, and two have the same one."
# loses: [check_threshold]
# teaches: "Microregions are told apart by their names. Two can share a name, and names can be damaged: what is the key?"
# %% threshold
def threshold(train, k=2):
    if "micro_name" not in train:
        train = train.assign(micro_name=train["micro_code"].astype(str))
    month = train["date"].dt.month.rename("month")
    rates = train.groupby(["micro_name", month])["rate"]
    limit = rates.mean() + k * rates.std()
    pairs = sorted(set(zip(train["micro_code"], month)))
    name = dict(zip(train["micro_code"], train["micro_name"]))
    index = pd.MultiIndex.from_tuples(pairs, names=["micro_code", "month"])
    return pd.Series([limit[(name[code], one)] for code, one in pairs], index=index)
