# shows: "Where last month is not known the alarm is 0.0."
# loses: [check_alarm]
# teaches: "Where nothing is known of last month the alarm stays silent. Is that the same as no outbreak?"
# %% alarm
def alarm(df, limits, k=1):
    above = df[["micro_code", "date"]].assign(above=outbreak(df, limits))
    return make_lags(above, "micro_code", ["above"], k)[f"above_lag{k}"].fillna(0.0)
