# shows: The function never ends.
# loses: [check_rate_ratio]
# %% rate_ratio
def rate_ratio(schools):
    while True:
        pass
