# shows: "The years are kept apart, so each group has one rate."
# loses: [check_threshold]
# teaches: "Each year has a group of its own, so nothing is left to take a mean of. What is the same in all years?"
# %% threshold
def threshold(train, k=2):
    when = train["date"].dt.to_period("M").astype(str).rename("month")
    rates = train.groupby(["micro_code", when])["rate"]
    return rates.mean() + k * rates.std()
