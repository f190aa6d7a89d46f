# shows: "Last month's rate is compared with the threshold of this month."
# loses: [check_alarm]
# teaches: "Last month is compared with the threshold of this month. Is February's usual the same as March's?"
# %% alarm
def alarm(df, limits, k=1):
    late = make_lags(df[["micro_code", "date", "rate"]], "micro_code", ["rate"], k)
    return outbreak(late.assign(rate=late[f"rate_lag{k}"]), limits)
