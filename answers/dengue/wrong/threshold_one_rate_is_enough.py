# shows: "Where there is one rate only, it becomes the threshold itself."
# loses: [check_threshold]
# teaches: "From a single year a threshold is made. What does one year say about the spread?"
# %% threshold
def threshold(train, k=2):
    month = train["date"].dt.month.rename("month")
    rates = train.groupby(["micro_code", month])["rate"]
    return rates.mean() + k * rates.std().fillna(0)
