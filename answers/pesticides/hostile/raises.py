# shows: The function raises an error of its own as soon as it is called.
# loses: [check_rate_ratio]
# %% rate_ratio
def rate_ratio(schools):
    raise RuntimeError("not today")
