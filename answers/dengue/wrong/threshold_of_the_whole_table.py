# shows: "The threshold comes from the table of all years of Brazil, not from the training years that are given."
# loses: [check_threshold]
# teaches: "The threshold does not come from the rows that the function is given. Which years may it know?"
# %% threshold
def threshold(train, k=2):
    month = brazil["date"].dt.month.rename("month")
    rates = brazil.groupby(["micro_code", month])["rate"]
    return rates.mean() + k * rates.std()
