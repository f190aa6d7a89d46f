# shows: "The standard deviation of a whole population: divided by n."
# loses: [check_threshold]
# teaches: "The sum of squares is divided by the number of years. What do a few years stand for, and what is it divided by then?"
# %% threshold
def threshold(train, k=2):
    month = train["date"].dt.month.rename("month")
    rates = train.groupby(["micro_code", month])["rate"]
    return (rates.mean() + k * rates.std(ddof=0)).where(rates.count() >= 2)
