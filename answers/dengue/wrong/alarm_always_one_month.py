# shows: "The alarm always looks one month back, whatever k says."
# loses: [check_alarm]
# teaches: "The alarm looks one month back, whatever is asked for. What is k for?"
# %% alarm
def alarm(df, limits, k=1):
    if k < 1:
        raise ValueError("k must be 1 or more")
    above = df[["micro_code", "date"]].assign(above=outbreak(df, limits))
    return make_lags(above, "micro_code", ["above"], 1)["above_lag1"]
