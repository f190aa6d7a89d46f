# shows: "Two standard deviations are always added, whatever k says."
# loses: [check_threshold]
# teaches: "Two standard deviations are always added. What is k for?"
# %% threshold
def threshold(train, k=2):
    month = train["date"].dt.month.rename("month")
    rates = train.groupby(["micro_code", month])["rate"]
    return rates.mean() + 2 * rates.std()
