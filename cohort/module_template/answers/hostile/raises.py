# shows: The function raises an error of its own as soon as it is called.
# loses: [check_weekly_visits]
# %% weekly_visits
def weekly_visits(df):
    raise RuntimeError("not today")
