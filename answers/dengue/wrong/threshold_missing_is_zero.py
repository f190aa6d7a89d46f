# shows: "A missing rate is filled with 0, as the whole year 2000 would be."
# loses: [check_threshold]
# teaches: "A missing rate counts as 0. Did anybody say that there was no dengue?"
# %% threshold
def threshold(train, k=2):
    month = train["date"].dt.month.rename("month")
    rates = train.fillna({"rate": 0}).groupby(["micro_code", month])["rate"]
    return rates.mean() + k * rates.std()
