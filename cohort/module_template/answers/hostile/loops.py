# shows: The function never ends.
# loses: [check_weekly_visits]
# %% weekly_visits
def weekly_visits(df):
    while True:
        pass
