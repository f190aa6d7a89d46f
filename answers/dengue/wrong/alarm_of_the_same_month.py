# shows: "The alarm rings in the outbreak month itself."
# loses: [check_alarm]
# teaches: "The alarm rings when the outbreak is there. When do the teams have to know?"
# %% alarm
def alarm(df, limits, k=1):
    if k < 1:
        raise ValueError("k must be 1 or more")
    return outbreak(df, limits)
