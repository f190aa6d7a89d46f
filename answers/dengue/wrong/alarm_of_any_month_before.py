# shows: "The alarm rings if any of the last k months was an outbreak."
# loses: [check_alarm]
# teaches: "The alarm rings for any outbreak of the last months. Which one month does the task name?"
# %% alarm
def alarm(df, limits, k=1):
    if k < 1:
        raise ValueError("k must be 1 or more")
    above = df[["micro_code", "date"]].assign(above=outbreak(df, limits))
    each = [make_lags(above, "micro_code", ["above"], one)[f"above_lag{one}"] for one in range(1, k + 1)]
    return pd.concat(each, axis=1).max(axis=1)
